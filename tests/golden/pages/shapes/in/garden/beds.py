"""Beds, with é and 🚀."""

from .core import compute


def dig():
    return compute(3)
