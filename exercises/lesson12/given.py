"""Given: what the program of process_pool.py needs besides."""

import time

from threadlings.measured import EQUAL, NOTEBOOK, seconds_of, show_bars, without_gil_too


def wait(_number: int) -> None:
    """Wait, as for an answer from the network."""
    time.sleep(0.2)


def add_up(number: int) -> int:
    """Compute for a while: the larger the number, the longer."""
    total = 0
    for each in range(number):
        total += each
    return total
