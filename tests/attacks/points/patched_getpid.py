"""The process pretends to be another, and does not fork."""

# told: the code replaces os
import os

os.getpid = lambda: 1
os.getppid = lambda: 1
os.fork = lambda: 0


class Counter:
    def __init__(self, n=0):
        self.n = n

    def increment(self):
        self.n += 1
