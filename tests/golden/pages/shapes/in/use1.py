"""Uses fields: é 🚀."""

from fields import sow


def use1():
    sow(1)
    sow("🚀")
