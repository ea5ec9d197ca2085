"""Uses fields: é 🚀."""

from fields import sow


def use7():
    sow(1)
    sow("🚀")
