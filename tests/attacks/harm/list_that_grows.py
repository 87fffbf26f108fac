"""Memory bit by bit, each failure swallowed."""

# told: memory|without an end|scheduler|very many steps|MemoryError|does not end|process


def double(number):
    kept = []
    while True:
        try:
            kept.append(bytearray(10**8))
        except MemoryError:
            kept.append(kept[:])
