# built: the attribute daemon, set before start(); one helper for both; predictions computed
import threading
import time


def tick(count=10, interval_s=0.5):
    for _ in range(count):
        print("I am working..")
        time.sleep(interval_s)


def _start(target, daemon):
    t = threading.Thread(target=target)
    t.daemon = daemon
    t.start()
    return t


def start_background(target):
    return _start(target, True)


def start_foreground(target):
    return _start(target, False)


LINES_IF_DAEMON = sum(1 for second in range(10) if second * 0.5 <= 0)
LINES_IF_NOT_DAEMON = len(range(10))


def stop_within(thread, seconds):
    thread.join(timeout=seconds)
    if thread.is_alive():
        return False
    return True
