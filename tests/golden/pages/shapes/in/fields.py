"""Fields, values and options: é 🚀."""

import argparse
from dataclasses import dataclass, field
from typing import ClassVar, overload


@dataclass(frozen=True)
class Bed:
    """A bed."""

    name: str
    plants: list[str] = field(default_factory=list)
    count: ClassVar[int] = 0
    other = "é"


class Row:
    length: int = 3

    def __init__(self, é):
        self.seeds = {"🚀": é}
        self.long: list[int] = [
            1,
        ]
        self.a, self.b = é


@overload
def sow(x: int): ...
@overload
def sow(x: str): ...
def sow(x):
    """Sow it."""


def main():
    parser = argparse.ArgumentParser("é")
    parser.add_argument("-v", "--verbose", action="store_true", help="-x")
    parser.add_argument("--count", "-c", default="-1", type=int)
    parser.add_argument("path", "--no-such")
