"""A small orchard: trees, a harvest, and what the café makes of it. 🚀

This package is the sample that Headword's demo and tests read. Everything in it runs.
"""

from .basket import Basket, Fruit, Ripeness
from .harvest import harvest, pick_ripe
from .trees import AppleTree, Tree

__all__ = ["AppleTree", "Basket", "Fruit", "Ripeness", "Tree", "harvest", "pick_ripe"]
__version__ = "1.2.0"
