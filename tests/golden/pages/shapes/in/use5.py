"""Uses fields: é 🚀."""

from fields import sow


def use5():
    sow(1)
    sow("🚀")
