"""Folders in folders, deeper than Python can recurse when it removes them."""

# points: 4
import os


def double(number):
    for _ in range(3000):
        os.mkdir("x")
        os.chdir("x")
    return 2 * number
