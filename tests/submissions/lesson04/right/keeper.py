# built: a second thread, no daemon, that waits for the first one; tick() deleted; no annotations
import threading


def start_background(target):
    thread = threading.Thread(target=target, daemon=True)
    thread.start()
    return thread


def start_foreground(target):
    thread = threading.Thread(target=target, daemon=True)
    thread.start()
    keeper = threading.Thread(target=thread.join, daemon=False)
    keeper.start()
    return thread


LINES_IF_NOT_DAEMON = 10
LINES_IF_DAEMON = 1


def stop_within(thread, seconds):
    thread.join(seconds)
    return thread not in threading.enumerate()
