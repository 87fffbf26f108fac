"""sys.exit(0) in the middle of a check."""

# told: SystemExit
import sys


class Counter:
    def __init__(self, n=0):
        self.n = n

    def increment(self):
        sys.exit(0)
