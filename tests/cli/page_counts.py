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


def main(root, names):
    warnings.simplefilter("ignore")
    for name in names:
        try:
            tree = ast.parse(pathlib.Path(root, name).read_bytes())
        except (SyntaxError, ValueError, RecursionError):
            continue
        print(json.dumps({"file": name, "counts": counts(tree)}))


if __name__ == "__main__":
    main(sys.argv[1], sys.stdin.read().splitlines())
