"""The working folder is filled to the last byte, with files of the largest size."""

# points: 4
# sandbox: yes
import os


def double(number):
    for name in range(10_000):
        try:
            with open(str(name), "wb") as file:
                os.posix_fallocate(file.fileno(), 0, 32 * 2**20)
        except OSError:
            break
    return 2 * number
