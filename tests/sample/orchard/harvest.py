"""Bringing the harvest in."""

import asyncio
import hashlib
import os
import subprocess as sp
from typing import Iterable

from .basket import Basket, Fruit, Ripeness
from .trees import Tree

# TODO: weigh the baskets at the gate
CREW = int(os.environ.get("ORCHARD_CREW", "2"))


def pick_ripe(tree: Tree, limit: int | None = None) -> list[Fruit]:
    """Pick the ripe fruit of one tree.

    Args:
        tree: Where to pick.
        limit: At most so many; `None` means all of them.

    Returns:
        The fruit, in the order in which the tree bears it.

    Example:
        >>> from orchard import AppleTree
        >>> len(pick_ripe(AppleTree(5), limit=2))
        2
    """
    ripe = [fruit for fruit in tree.bear() if fruit.ripeness is Ripeness.RIPE]
    return ripe[:limit]


def harvest(trees: Iterable[Tree], basket: Basket | None = None, /, *labels: str, strict: bool = False, **notes: str) -> Basket:
    """Harvest many trees into one basket.

    The label is taken from ``labels``; names like snake_case_name and 2 * 3 stay as they are, and so do
    <angle brackets>, pipes | and `stray backticks.

    Raises:
        ValueError: if ``strict`` and there is nothing to pick.
    """
    basket = basket or Basket(labels[0] if labels else "harvest")
    for tree in trees:
        for fruit in pick_ripe(tree):
            basket.add(fruit, force=not strict)
    if strict and not len(basket):
        raise ValueError("nothing to pick")
    return basket


async def deliver(basket: Basket, seconds: float = 0.0) -> str:
    """Bring the basket to the café and return the receipt.

    @param basket: what to bring
    @return: a receipt
    """
    await asyncio.sleep(seconds)
    return hashlib.md5(basket.label.encode()).hexdigest()


def weigh(path: str) -> str:
    return sp.run(f"scales {path}", shell=True, capture_output=True, text=True).stdout
