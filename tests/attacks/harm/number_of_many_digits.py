"""A number with more digits than JSON readers take."""

# told: \w


def double(number):
    return int("9" * 4000) ** 40
