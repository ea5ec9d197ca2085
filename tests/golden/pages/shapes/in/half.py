"""Half of it: é 🚀."""

import os


def whole():
    """Fine."""


def broken(:
    """Not read."""
    for é in 🚀:
        for x in é:
            pass


def after():
    return 1
