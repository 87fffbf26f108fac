"""More memory than there is."""

# told: MemoryError|memory


def double(number):
    return len(bytearray(10**12)) and 2 * number
