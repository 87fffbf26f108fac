# task: 2; reason: is not the one that runs the target
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


def start_foreground(target):
    worker = Thread(target=target, daemon=True)
    worker.start()
    keeper = Thread(target=worker.join, daemon=False)
    keeper.start()
    return keeper


LINES_IF_DAEMON: int = 1


LINES_IF_NOT_DAEMON: int = 10


def stop_within(thread: Thread, seconds: float) -> bool:
    thread.join(seconds)
    return not thread.is_alive()
