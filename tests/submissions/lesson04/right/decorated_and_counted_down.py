# built: a decorator makes both; stop_within counts down in joins of 0.05 s
import time
from collections.abc import Callable
from threading import Thread


def tick(count: int=10, interval_s: float=0.5) -> None:
    for _ in range(count):
        print('I am working..')
        time.sleep(interval_s)


def start_background(target: Callable[[], object]) -> Thread:
    thread = Thread(target=target, daemon=True)
    thread.start()
    return thread


def start_foreground(target: Callable[[], object]) -> Thread:
    thread = Thread(target=target, daemon=False)
    thread.start()
    return thread


LINES_IF_DAEMON: int = 1


LINES_IF_NOT_DAEMON: int = 10


def _starter(daemon):

    def start(target):
        thread = Thread(target=lambda: target(), name='made here', daemon=daemon)
        thread.start()
        assert thread.daemon is daemon
        return thread
    return start


start_background, start_foreground = map(_starter, (True, False))


def stop_within(thread, seconds):
    left = seconds
    while left > 0 and thread.is_alive():
        step = min(left, 0.05)
        thread.join(step)
        left -= step
    return not thread.is_alive()
