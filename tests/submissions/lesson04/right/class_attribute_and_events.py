# built: daemon as an attribute of subclasses; stop_within asks every 0.02 s with an Event
import time
from collections.abc import Callable
from threading import Thread
from threading import Event


def tick(count: int=10, interval_s: float=0.5) -> None:
    for _ in range(count):
        print('I am working..')
        time.sleep(interval_s)


class _Worker(Thread):
    kind = None

    def __init__(self, target):
        super().__init__(target=target, daemon=self.kind)


class _Behind(_Worker):
    kind = True


class _InFront(_Worker):
    kind = False


def _begin(worker):
    worker.start()
    return worker


def start_background(target):
    return _begin(_Behind(target))


def start_foreground(target):
    return _begin(_InFront(target))


LINES_IF_DAEMON: int = 1


LINES_IF_NOT_DAEMON: int = 10


def stop_within(thread, seconds):
    end, pause = (time.monotonic() + seconds, Event())
    while thread.is_alive():
        left = end - time.monotonic()
        if left <= 0:
            return False
        pause.wait(min(0.02, left))
    return True
