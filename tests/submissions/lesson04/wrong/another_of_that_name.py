# task: 4; reason: but the thread had ended
import time
from collections.abc import Callable
from threading import Thread
import threading

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

def stop_within(thread, seconds):
    thread.join(seconds)
    return thread.name not in {each.name for each in threading.enumerate()}
