"""The name of the number's class is not a name."""

# told: \w+
class Meta(type):
    @property
    def __name__(cls):
        raise MemoryError

    @property
    def __class__(cls):
        raise KeyboardInterrupt


class Number(metaclass=Meta):
    pass


class Counter:
    def __init__(self, n=0):
        self.n = Number()

    def increment(self):
        pass
