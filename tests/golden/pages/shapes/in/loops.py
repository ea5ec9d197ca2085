"""Control flow: é 🚀."""


def straight(é=1 if True else 2): ...


def branches(a, b):
    if a and b or not a:  # if and or
        return "if or and 🚀"
    elif [x for x in a if x]:
        return b if a else a
    try:
        assert a
    except ValueError:
        pass
    except (
        KeyError,
        IndexError,
    ):
        pass
    match a:
        case 1 | 2:
            return 1
        case [x] if x:
            return 2
        case _:
            return 3


async def nested(rows, case):
    for row in rows:
        for cell in row:
            x = [
                y
                for y in cell
            ]
        while x: x.pop()
        else:
            for é in x:
                async for deep in é:
                    pass
    for after in rows:
        def inner():
            for one in rows:
                for two in one:
                    for three in two:
                        for four in three:
                            pass
        inner()
    case = 3


def countdown(n):
    return countdown(n - 1) if n else "🚀"


def not_recursive(countdown):
    def helper():
        return not_recursive_at_all()

    return countdown(helper)


class Tree:
    def walk(self):
        for child in self.children:
            child.walk()
            self.walk()

    def grow(self):
        grow()


def shadowed(shadowed):
    return shadowed(1)


def grow(): ...
