"""What Python itself says of Python files: one JSON object a line, for comparison with `headword facts`.

The root is the argument, the files below it come on standard input, one a line. Those that this Python cannot parse are left out. Each fact is a
list of plain values: ["class", "A.B", line], ["function", "A.f", line, async], ["parameter", "A.f", kind, name,
annotated, has a default], ["doc", "A.f", text], ["import", line, level, module, name, alias], ["variable", "A", name,
line]; lines count from 0. Variables are the names that plain and annotated assignments bind in modules and classes.
"""
import ast
import json
import pathlib
import sys
import warnings

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def parameters(arguments):
    defaults = [None] * (len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults))
    defaults += arguments.defaults
    for number, (argument, default) in enumerate(zip(arguments.posonlyargs + arguments.args, defaults)):
        yield ("posonly" if number < len(arguments.posonlyargs) else "pos"), argument, default
    if arguments.vararg:
        yield "*", arguments.vararg, None
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
        yield "kwonly", argument, default
    if arguments.kwarg:
        yield "**", arguments.kwarg, None


def definition(node, name):
    if isinstance(node, ast.ClassDef):
        yield ["class", name, node.lineno - 1]
    else:
        yield ["function", name, node.lineno - 1, isinstance(node, ast.AsyncFunctionDef)]
        for kind, argument, default in parameters(node.args):
            yield ["parameter", name, kind, argument.arg, argument.annotation is not None, default is not None]
    yield from docstring(node, name)


def docstring(node, name):
    text = ast.get_docstring(node)
    if text:
        yield ["doc", name, text]


def imports(node):
    level, module = getattr(node, "level", 0), getattr(node, "module", None)
    for alias in node.names:
        yield ["import", node.lineno - 1, level, module, alias.name, alias.asname]


def variables(node, scope):
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        if isinstance(target, ast.Name):
            yield ["variable", scope, target.id, target.lineno - 1]


def below(node, scope, in_function):
    """The facts of a node's statements; definitions open a scope, all other statements do not."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, FUNCTIONS + (ast.ClassDef,)):
            name = f"{scope}.{child.name}" if scope else child.name
            yield from definition(child, name)
            yield from below(child, name, isinstance(child, FUNCTIONS))
        elif isinstance(child, (ast.Import, ast.ImportFrom)):
            yield from imports(child)
        elif isinstance(child, (ast.Assign, ast.AnnAssign)):
            if not in_function:
                yield from variables(child, scope)
        elif not isinstance(child, ast.expr):
            yield from below(child, scope, in_function)


def main(root, names):
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20000)
    for name in names:
        try:
            tree = ast.parse(pathlib.Path(root, name).read_bytes())
        except (SyntaxError, ValueError, RecursionError):
            continue
        facts = [*docstring(tree, ""), *below(tree, "", False)]
        print(json.dumps({"file": name, "facts": facts}))


if __name__ == "__main__":
    main(sys.argv[1], sys.stdin.read().splitlines())
