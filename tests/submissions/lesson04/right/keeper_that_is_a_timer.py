# built: the foreground thread is a daemon that a Timer, no daemon, joins; answers by ident
import time
from collections.abc import Callable
from threading import Thread
from threading import Timer, enumerate as enumerate_threads


def tick(count: int=10, interval_s: float=0.5) -> None:
    for _ in range(count):
        print('I am working..')
        time.sleep(interval_s)


def start_background(target: Callable[[], object]) -> Thread:
    thread = Thread(target=target, daemon=True)
    thread.start()
    return thread


def start_foreground(target):
    thread = Thread(target=target, daemon=True)
    thread.start()
    keeper = Timer(0, thread.join)
    keeper.daemon = False
    keeper.start()
    return thread


LINES_IF_DAEMON: int = 1


LINES_IF_NOT_DAEMON: int = 10


def stop_within(thread, seconds):
    thread.join(seconds)
    return thread.ident not in [each.ident for each in enumerate_threads()]
