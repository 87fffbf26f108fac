"""Every way to look at the number raises an error that nobody expects."""

# told: \w+
class Evil:
    def __getattribute__(self, name):
        raise KeyboardInterrupt

    def __repr__(self):
        raise SystemExit(0)

    __eq__ = __hash__ = __str__ = __bool__ = __int__ = __repr__


class Counter:
    def __init__(self, n=0):
        self.n = Evil()

    def increment(self):
        self.n = Evil()
