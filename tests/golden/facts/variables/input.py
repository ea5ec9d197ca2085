"é🚀"
__all__ = ["a", "é"]
a = 1
é = "🚀"; b = c = 2
typed: int
valued: "é🚀" = 3
x, (y, *z) = 1, (2, 3)
a += 1
for item in [1]:
    inside = item
with open("é🚀") as handle:
    pass
long = [
    1,
    2,
]


class Holder:
    """é🚀"""
    __slots__ = ("é",)
    field: int = 0
    first = second = "🚀"

    def method(self):
        local = 1
        self.attribute = self.other = local
        self.pair, self.é = 1, 2


def function():
    hidden = 1
