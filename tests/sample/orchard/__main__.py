#!/usr/bin/env python3
"""Run a harvest from the command line."""

import argparse

from orchard import AppleTree, harvest


def main(argv=None):
    """Parse the arguments and harvest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trees", type=int, default=3, help="how many apple trees")
    parser.add_argument("--age", type=int, default=7)
    args = parser.parse_args(argv)
    basket = harvest(AppleTree(args.age) for _ in range(args.trees))
    print(f"{len(basket)} fruits, {basket.grams:.0f} g 🚀")


if __name__ == "__main__":
    main()
