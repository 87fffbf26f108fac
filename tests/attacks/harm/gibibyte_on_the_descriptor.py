"""One GiB goes to standard output below Python; it leads nowhere, so the answer counts."""

# points: 4
import os


def double(number):
    for _ in range(1024):
        os.write(1, b"x" * 2**20)
        os.write(2, b"x" * 2**20)
    return 2 * number
