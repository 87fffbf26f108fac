"""Recursion to the limit, where no trace function has room, while the counter counts."""

# told: recurses to Python's limit
import sys

sys.setrecursionlimit(120)


class Counter:
    def __init__(self, n=0):
        self.n = n

    def increment(self):
        try:
            self.increment_deeper()
        except RecursionError:
            self.n += 1

    def increment_deeper(self):
        try:
            self.increment_deeper()
        except RecursionError:
            self.n += 1
