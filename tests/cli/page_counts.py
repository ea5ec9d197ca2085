"""What Python itself counts in Python files: one JSON object a line, for comparison with doc pages.

The root is the argument, the files below it come on standard input, one a line. Those that this Python cannot parse are
left out. A function is a method where it stands in a class body, and inner where it stands in another function.
"""
import ast
import json
import pathlib
import sys
import warnings

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.comprehension, ast.match_case)


def counts(tree):
    result = {"class": 0, "function": 0, "method": 0, "inner": 0, "import": 0}
    left = [(tree, "function")]
    while left:
        node, role = left.pop()
        for child in ast.iter_child_nodes(node):
            inside = role
            if isinstance(child, FUNCTIONS):
                result[role] += 1
                inside = "inner"
            elif isinstance(child, ast.ClassDef):
                result["class"] += 1
                inside = "method"
            elif isinstance(child, (ast.Import, ast.ImportFrom)):
                result["import"] += 1
            left.append((child, inside))
    return result


def own_nodes(function):
    """What lies in a function's body, without functions and classes defined in it and without format strings."""
    left = list(function.body)
    while left:
        node = left.pop()
        if isinstance(node, FUNCTIONS + (ast.ClassDef, ast.JoinedStr)):
            continue
        yield node
        left.extend(ast.iter_child_nodes(node))


def complexity(function):
    """Cyclomatic complexity: 1 and each branch; a comprehension's and a case's conditions count too."""
    result = 1
    for node in own_nodes(function):
        result += isinstance(node, BRANCHES)
        result += len(getattr(node, "ifs", ())) + bool(getattr(node, "guard", None))
        result += len(node.values) - 1 if isinstance(node, ast.BoolOp) else 0
    return result


def loops(body, depth=0):
    """How many loops lie in each other at most."""
    most = depth
    for node in body:
        if isinstance(node, FUNCTIONS + (ast.ClassDef,)):
            continue
        inside = depth + isinstance(node, (ast.For, ast.AsyncFor, ast.While))
        most = max(most, loops(getattr(node, "body", ()), inside) if isinstance(node, ast.AST) else 0)
        for field in ("orelse", "finalbody", "handlers", "cases"):
            most = max(most, loops(getattr(node, field, ()), depth))
    return most


def shapes(tree):
    functions = [node for node in ast.walk(tree) if isinstance(node, FUNCTIONS)]
    return {
        "complexity": max(map(complexity, functions), default=1),
        "loops": max((loops(function.body) for function in functions), default=0),
    }


def is_public(name):
    return not name.startswith("_") or (name.startswith("__") and name.endswith("__"))


def decorators(node):
    return {d.id if isinstance(d, ast.Name) else d.attr for d in node.decorator_list if isinstance(d, (ast.Name, ast.Attribute))}


def counted(body):
    """The public definitions of a body that count, each with whether one of its name has a docstring."""
    by_name = {}
    for child in statements(body):
        if isinstance(child, FUNCTIONS + (ast.ClassDef,)) and is_public(child.name) and not {"setter", "deleter", "getter"} & decorators(child):
            by_name.setdefault(child.name, []).append(child)
    for group in by_name.values():
        if any("override" in decorators(node) for node in group):
            continue
        first = next((node for node in group if "overload" not in decorators(node)), group[0])
        yield first, any(has_docstring(node) for node in group)


def has_docstring(node):
    return bool((ast.get_docstring(node) or "").strip())


def statements(body):
    """Those of a body, and of the compound statements in it other than definitions."""
    left = list(reversed(body))
    while left:
        node = left.pop()
        yield node
        if not isinstance(node, FUNCTIONS + (ast.ClassDef,)):
            left.extend(child for child in ast.iter_child_nodes(node) if isinstance(child, (ast.stmt, ast.ExceptHandler, ast.match_case)))


def coverage(tree, name):
    """How many public definitions have a docstring, of how many; None when `__all__` says what is public."""
    if any(isinstance(node, ast.Name) and node.id == "__all__" for node in ast.walk(tree)):
        return None
    module = is_public(pathlib.Path(name).stem)
    documented, total, left = int(module and has_docstring(tree)), int(module), [tree]
    while left:
        node = left.pop()
        bodies = [child for child in statements(node.body) if isinstance(child, ast.ClassDef) and is_public(child.name)]
        for child, has in counted(node.body):
            total += 1
            documented += has
        left.extend(bodies)
    return [documented, total]


def main(root, names):
    warnings.simplefilter("ignore")
    for name in names:
        try:
            tree = ast.parse(pathlib.Path(root, name).read_bytes())
        except (SyntaxError, ValueError, RecursionError):
            continue
        print(json.dumps({"file": name, "counts": counts(tree) | shapes(tree), "coverage": coverage(tree, name)}))


if __name__ == "__main__":
    main(sys.argv[1], sys.stdin.read().splitlines())
