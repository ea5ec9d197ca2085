"""Broken source: é 🚀."""

def whole(x):
    """Fine."""


def half(a, b:
    return (


class After:
    x = 1
