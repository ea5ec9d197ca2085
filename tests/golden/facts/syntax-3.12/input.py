"""Syntax of Python 3.12 to 3.14: é🚀."""
type Pair[A, *B, **C] = dict[A, "é🚀"]; after = 1
type Plain = int


class Box[T: (int, "é"), U](Base[T], metaclass=M):
    """Generic 🚀."""
    type Inner = T

    def put[V](self, item: V = "é🚀") -> T: self.item: V = item


async def nest[*Ts](*args: *Ts) -> f"{'é' + f'{"🚀"}'}": "é🚀"


text = f"{d["é"]} {'\n'.join(x)} {
    x  # 🚀
}"; behind = 2
template = t"é {x!r:>{w}} 🚀"
try: tried = 1
except ValueError, OSError: unbracketed = "🚀"
