"""Broken é🚀."""
good = 1


def fine(a): "é🚀"


def broken(a, :
    pass


class StillThere:
    """é🚀"""
