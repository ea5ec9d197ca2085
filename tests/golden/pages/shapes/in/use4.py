"""Uses fields: é 🚀."""

from fields import sow


def use4():
    sow(1)
    sow("🚀")
