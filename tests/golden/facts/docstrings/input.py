r"""A raw docstring: \é 🚀.

    Indented.
  Less.
"""


def single(): 'One line é🚀'
def joined(): "é" "🚀"
def escaped():
    "tab\tquote\"newline\n\u00e9 \x41 \U0001F680"
def none():
    x = 1
    "not a docstring"
def bytes_are_none():
    b"not one"
def formatted_are_none():
    f"not {one}"
def continued():
    """First line \
goes on.

        Deeper é🚀.
    Back.
    """
class Empty:
    ""
