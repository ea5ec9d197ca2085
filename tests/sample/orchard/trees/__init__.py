"""Trees and their kinds."""

from .apple import AppleTree
from .base import Tree

__all__ = ["AppleTree", "Tree"]
