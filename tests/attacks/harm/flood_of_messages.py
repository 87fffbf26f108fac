"""Well formed messages without an end on the private channel."""

# told: \w
import json
import os

DATA = json.dumps({"kind": "loaded"}).encode()
FRAME = (len(DATA).to_bytes(4, "big") + DATA) * 1000


def double(number):
    while True:
        for descriptor in range(3, 10):
            try:
                os.write(descriptor, FRAME)
            except OSError:
                pass
