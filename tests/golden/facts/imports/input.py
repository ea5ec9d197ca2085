"é🚀"
import os
import os.path, sys as system
from collections import OrderedDict
from collections.abc import Mapping as M, Sequence  # é🚀
from os import (
    path as p,
    sep,
)
from . import sibling
from .. import parent as up
from .package.module import *
try:
    import fast as json
except ImportError:
    import slow as json


def lazy():
    "é🚀"; from late import thing
    return thing


class Holder:
    import inside
