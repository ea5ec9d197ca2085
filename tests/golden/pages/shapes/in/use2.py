"""Uses fields: é 🚀."""

from fields import sow


def use2():
    sow(1)
    sow("🚀")
