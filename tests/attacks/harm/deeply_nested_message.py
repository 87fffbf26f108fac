"""A message that is as deeply nested as it may be long."""

# told: cannot be read|not plain data
import os


def double(number):
    text = b"[" * 1_000_000 + b"]" * 1_000_000
    for descriptor in range(3, 10):
        try:
            os.write(descriptor, len(text).to_bytes(4, "big") + text)
        except OSError:
            pass
    os._exit(0)
