"""The core 🚀."""

from __future__ import annotations

import logging
import os.path as p
import re
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy
from garden._generated import é

from . import beds

if TYPE_CHECKING:  # é
    from .tools import Tool
else:
    Tool = None

if not TYPE_CHECKING:
    import builtins

try:
    import yaml
except ImportError:
    import json as yaml

try:
    # 🚀
    import tomllib

    try:
        import zlib
    except OSError:
        pass
except (ValueError, ModuleNotFoundError):
    tomllib = None

if (
    p.sep == "/"
):
    import posix

log = logging.getLogger(__name__)
WORDS = {
    "é": re.compile("🚀"),
}
_seen: dict[str, int] = {}
_found = defaultdict(list)
limit = 3
WORD = re.compile("é")


class Lazy:
    import enum


def compute(x):
    """Compute it."""
    global limit, _count
    import decimal

    limit = _count = decimal.Decimal(x)


@log.wrapped()
def other(x=len(WORDS)):
    log.info("é")


if __name__ == "__main__":
    compute(3)
