# built: a partial of Thread; an Event tells stop_within that the watched thread is over
import time
from collections.abc import Callable
from threading import Thread
from functools import partial
from threading import Event


def tick(count: int=10, interval_s: float=0.5) -> None:
    for _ in range(count):
        print('I am working..')
        time.sleep(interval_s)


_made = partial(Thread, None)


def start_background(target):
    t = _made(target, 'background')
    t.setDaemon if False else None
    t.daemon = True
    t.start()
    return t


def start_foreground(target):
    t = _made(target, 'foreground')
    t.daemon = False
    t.start()
    return t


LINES_IF_DAEMON: int = 1


LINES_IF_NOT_DAEMON: int = 10


def stop_within(thread, seconds):
    over = Event()

    def watch():
        thread.join()
        over.set()
    Thread(target=watch, daemon=True).start()
    return over.wait(seconds)
