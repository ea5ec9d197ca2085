"""Parameters: é🚀."""


def nothing(): pass
def plain(a, b): pass
def defaults(a=1, b="é🚀", c=(1, 2)): pass
def annotated(a: int, b: "é🚀" = None, *rest: str, **options: "dict[str, int]") -> "é": pass
def kinds(first, /, second, *, third, fourth=4): pass
def star(*args, after): pass
def both(a, /, b=2, *args, c, d=4, **kwargs): pass
def spread(
    a: int = 1,  # é🚀
    b: list[
        str
    ] = None,
): pass
def ünïcode(größe, 名前="🚀"): pass
