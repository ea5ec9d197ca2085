"""Baskets and what lies in them."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Iterator, overload

LARGEST = 40  #: how many fruits a basket holds
café_tables: int = 3


class Ripeness(enum.Enum):
    """How far a fruit is."""

    GREEN = "green"
    RIPE = "ripe"
    OVERRIPE = "overripe 🚀"


class BasketFull(Exception):
    """Raised by :meth:`Basket.add` when nothing more fits."""


@dataclass(frozen=True)
class Fruit:
    """One fruit.

    Attributes:
        kind: What it is, for instance ``"apple"``.
        grams (float): Its weight.
        ripeness: How far it is.
    """

    kind: str
    grams: float = 150.0
    ripeness: Ripeness = Ripeness.GREEN


class Basket:
    """A basket of fruit, also a context manager: leaving it empties the basket.

    >>> with Basket() as basket:
    ...     basket.add(Fruit("quince"))
    ...     len(basket)
    1
    """

    __slots__ = ("_fruits", "label")

    def __init__(self, label: str = "é") -> None:
        self._fruits: list[Fruit] = []
        self.label = label

    def __enter__(self) -> Basket:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._fruits.clear()

    def __len__(self) -> int:
        return len(self._fruits)

    def __iter__(self) -> Iterator[Fruit]:
        return iter(self._fruits)

    @overload
    def __getitem__(self, key: int) -> Fruit: ...
    @overload
    def __getitem__(self, key: slice) -> list[Fruit]: ...
    def __getitem__(self, key):
        return self._fruits[key]

    def add(self, fruit: Fruit, *, force: bool = False) -> None:
        """Put a fruit into the basket.

        :param fruit: What to add.
        :param force: Press it in even when the basket is full.
        :raises BasketFull: if there is no room.
        """
        if len(self) >= LARGEST and not force:
            raise BasketFull(self.label)
        self._fruits.append(fruit)

    @property
    def grams(self) -> float:
        """What all of it weighs."""
        return sum(fruit.grams for fruit in self)
