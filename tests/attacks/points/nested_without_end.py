"""The number is a list of lists, a hundred thousand deep."""

# told: very many steps|not plain data
class Counter:
    def __init__(self, n=0):
        self.n = []
        for _ in range(100_000):
            self.n = [self.n]

    def increment(self):
        pass
