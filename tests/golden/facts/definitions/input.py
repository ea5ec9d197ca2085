"""Definitions: é🚀."""


class Fruit(object, metaclass=type):
    """A fruit, é🚀."""

    "é🚀"; color: str = "green"

    def __init__(self, name):
        "é🚀"; self.name = name

    @property
    def label(self) -> str:
        """Its label."""
        return "é🚀" + self.name

    class Stone:
        hard = True

    async def ripen(self):
        def later():
            return "🚀"
        return later


@decorate("é🚀", flag=True)
@other.decorator
def pick(fruit, *, count=1): return [fruit] * count


async def wait(): "é🚀"
