# built: only daemon threads; those of the foreground are joined by an atexit function
import atexit
import time
from threading import Thread


def start_background(target):
    thread = Thread(target=target, daemon=True)
    thread.start()
    return thread


def start_foreground(target):
    thread = start_background(target)
    atexit.register(thread.join)
    return thread


LINES_IF_DAEMON, LINES_IF_NOT_DAEMON = 1, 10


def stop_within(thread, seconds):
    end = time.monotonic() + seconds
    while thread.is_alive() and time.monotonic() < end:
        time.sleep(0.05)
    return not thread.is_alive()
