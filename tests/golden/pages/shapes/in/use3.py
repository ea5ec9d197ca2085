"""Uses fields: é 🚀."""

from fields import sow


def use3():
    sow(1)
    sow("🚀")
