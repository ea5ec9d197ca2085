from orchard import AppleTree, Basket, Fruit
from orchard.harvest import harvest


def test_young_trees_bear_nothing():
    assert len(harvest([AppleTree(1)])) == 0


def test_é_label():
    basket = Basket("é 🚀")
    basket.add(Fruit("pear"))
    assert basket.grams == 150.0
