"""One GiB is printed."""

# told: too much|without an end|memory|MemoryError|very many steps
LINE = "x" * 2**20


def double(number):
    for _ in range(1024):
        print(LINE)
    return 2 * number
