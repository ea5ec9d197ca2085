r"""Setext é 🚀
===========

Look-alike
---
# not a heading
> not a quote
```
never closed {{ liquid }} {% raw %} $$x$$ <script>alert("é")</script>
"""

import os, pickle as p
from yaml import load as eval_yaml


def pipes(a: "int | str" = "`|`", *, b="``", c='<b>|</b>'):
    """A | B | C
    | --- | --- |
    <!-- headword:keep x -->
    <a id="pipes"></a> [link](javascript:alert) ![image](x) &lt;
    * unclosed *emphasis, __strong and ~~strike

        1. deep
           - deeper
              + deepest ````
    """
    return os.environ["É|`x`"]


class Setext(dict[str, int]):
    """
    -----
    Args:
        *args, **kwargs: both | at once
        `x` (`y`): <i>html</i>
    """

    def eval(self, model):
        """Not the builtin: `model.eval()` is a method. exec("x")"""
        model.eval()
        return p.loads(b"")

    def eval(self):  # TODO: <b>|` again
        """Second of that name.

        ```
        fence
        ~~~
        """


def compile():
    return compile()


MARKS = "````"
"""
```
# Heading in a string
"""
