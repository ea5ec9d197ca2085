"""A file whose name needs encoding: é 🚀."""

from hostile import pipes as π

NAME = π
