"""Apple trees."""

from orchard.basket import Fruit, Ripeness

from .base import Tree


class AppleTree(Tree):
    """An apple tree; its ``yield_per_year`` depends on nothing but its age."""

    yield_per_year: int = 12

    def bear(self) -> list[Fruit]:
        if self.age < self.bears_from:
            return []
        return [Fruit("apple", ripeness=Ripeness.RIPE)] * self.yield_per_year
