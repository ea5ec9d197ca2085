"""Uses fields: é 🚀."""

from fields import sow


def use6():
    sow(1)
    sow("🚀")
