"""What `__all__` becomes, é🚀: the facts have it as the last plain list says."""
__all__ = ["old"]
__all__ = ["é", r'raw', "joi" "ned", u"🚀"]
__all__ += ["added"]
__all__ += ("two", "three")
__all__.extend(["extended"])
__all__.append("appended")
__all__.remove("added")
__all__ = ["sum"] + other.__all__
if True:
    __all__ = ["conditional"]
copy = __all__ = ["chained"]
other.__all__ += ["foreign"]


class Shape:
    __all__ = ["of a class"]
