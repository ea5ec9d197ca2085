"""Trees: é 🚀."""


class Tree:
    """A tree."""

    def water(self):
        """Water it."""


def plant():
    """Plant é 🚀."""
    return Tree()


def run():
    """Run."""
