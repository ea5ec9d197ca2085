"""Syntax of Python 3.8 to 3.11: é🚀."""
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from é import Only as O

    def checked(x: "🚀") -> None: ...

if (walrus := len("é🚀")) > 2: big = walrus
values = [last := "🚀", f"{(n := 3)!r:>{n}} é", f'{f"{big}"} {big = }']


def positional(a, b="é🚀", /, c=lambda x, /, *y: x, *, d: int = 1, **e: "🚀") -> (yield): return *a, *b


async def wait(*args: *tuple[int]):
    async with a("🚀") as é, b() as (c, d): pass
    async for i in é: yield [j async for j in i if await j]


try:
    first = "é"
except* (ValueError, é.Error) as group:
    second = "🚀"
except* OSError:
    def fallback(): "é🚀"

with (open("é") as left, open("🚀") as right):
    inside = left

match command.split():
    case ["go", ("n" | "s") as way, *_] if way: went = "🚀"
    case {"é": Point(x=0, y=px), **rest}:
        class Seen(Base[px], metaclass=M): "é"
    case -1 | 1 + 2j | None | é.name: ...
match = case = type = _ = "é"; after: int = match
match[case] = type; print(match.x, type(_))
type(after).field = "🚀"; tail = 1


@(lambda f: f)
@decorators["é"][0].get(1)(x := 2)
class Decorated(*bases, **keywords):
    one, *two = "é🚀"; three = one, \
  two
	# a comment that is indented otherwise

    def method(self, first=("é",
"🚀")): self.é, self.b.c, [self.d, *self.e] = first
