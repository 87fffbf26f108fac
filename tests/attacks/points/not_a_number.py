"""The number is NaN, of which comparisons are odd, and JSON that is no JSON."""

# told: does not add one to n


class Counter:
    def __init__(self, n=0):
        self.n = float("nan")

    def increment(self):
        self.n += 1
