"""Given: what the program of processes.py needs besides."""

import time

from threadlings.measured import EQUAL, NOTEBOOK, show_bars, without_gil_too


def wait(_number: int) -> None:
    """Wait, as for an answer from the network."""
    time.sleep(0.2)
