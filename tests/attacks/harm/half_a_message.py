"""A message is announced and never comes."""

# told: cannot be read|\w
import os


def double(number):
    for descriptor in range(3, 10):
        try:
            os.write(descriptor, (1000).to_bytes(4, "big") + b"{")
        except OSError:
            pass
    os._exit(0)
