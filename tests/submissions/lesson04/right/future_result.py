# built: a Future is waited for with a timeout; the TimeoutError tells
import time
from collections.abc import Callable
from threading import Thread
from concurrent.futures import Future, TimeoutError as Late

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
    future = Future()

    def watch():
        thread.join()
        future.set_result(True)
    if not thread.is_alive():
        return True
    Thread(target=watch, daemon=True).start()
    try:
        return future.result(seconds)
    except Late:
        return not thread.is_alive()
