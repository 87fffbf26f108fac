# built: a helper thread, no daemon, starts the foreground thread and ends
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
LINES_IF_DAEMON: int = 1
LINES_IF_NOT_DAEMON: int = 10

def stop_within(thread: Thread, seconds: float) -> bool:
    thread.join(seconds)
    return not thread.is_alive()

def start_foreground(target):
    thread = Thread(target=target, daemon=False)
    helper = Thread(target=thread.start, daemon=False)
    helper.start()
    helper.join()
    return thread
