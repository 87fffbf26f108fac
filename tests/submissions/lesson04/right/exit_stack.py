# built: an ExitStack starts the thread at the end of the with
import time
from collections.abc import Callable
from threading import Thread
from contextlib import ExitStack

def tick(count: int=10, interval_s: float=0.5) -> None:
    for _ in range(count):
        print('I am working..')
        time.sleep(interval_s)
LINES_IF_DAEMON: int = 1
LINES_IF_NOT_DAEMON: int = 10

def stop_within(thread: Thread, seconds: float) -> bool:
    thread.join(seconds)
    return not thread.is_alive()

def start_background(target):
    with ExitStack() as stack:
        thread = Thread(target=target)
        thread.daemon = not False
        stack.callback(thread.start)
        return thread

def start_foreground(target):
    with ExitStack() as stack:
        thread = Thread(target=target)
        thread.daemon = not True
        stack.callback(thread.start)
        return thread
