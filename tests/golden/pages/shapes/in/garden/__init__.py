"""A garden é 🚀."""

from . import beds, tools as kit
from .core import compute as calc
from .core import *
from .missing import nothing

__all__ = ["calc", "beds", "é", "nothing"]
