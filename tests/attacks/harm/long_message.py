"""An error with a text of seven million characters, for the gradebook."""

# told: x{100}


def double(number):
    raise ValueError("x" * 7_000_000)
