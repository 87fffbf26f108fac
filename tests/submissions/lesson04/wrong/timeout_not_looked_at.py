# task: 4; reason: but the thread had not ended
import time
from threading import Thread


def tick(count=10, interval_s=0.5):
    for _ in range(count):
        print("I am working..")
        time.sleep(interval_s)


def start_background(target):
    thread = Thread(target=target, daemon=True)
    thread.start()
    return thread


def start_foreground(target):
    thread = Thread(target=target, daemon=False)
    thread.start()
    return thread


LINES_IF_DAEMON = 1
LINES_IF_NOT_DAEMON = 10


def stop_within(thread, seconds):
    thread.join(seconds)
    return True
