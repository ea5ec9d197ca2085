"""What all trees have in common."""

import abc
import functools

from ..basket import Fruit


class Tree(abc.ABC):
    """A tree that bears fruit.

    Parameters
    ----------
    age : int
        In years. Trees younger than ``bears_from`` bear nothing.
    name : str, optional
        What the people of the orchard call it.

    See Also
    --------
    orchard.harvest.harvest : picks many trees at once
    """

    bears_from = 3

    def __init__(self, age, name=None):
        self.age = age
        self.name = name

    @abc.abstractmethod
    def bear(self) -> list[Fruit]:
        """Return this year's fruit."""

    @functools.lru_cache(maxsize=None)
    def rings(self) -> int:
        """Count the rings: one a year."""
        return self.age

    @staticmethod
    def is_season(month: int) -> bool:
        return month in (8, 9, 10)
