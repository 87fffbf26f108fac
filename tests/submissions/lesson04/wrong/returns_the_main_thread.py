# task: 2; reason: is not the one that runs the target
from concurrent.futures import ThreadPoolExecutor
from queue import Queue
from threading import Thread, current_thread
import threading as _threading_


def start_background(target):
    thread = Thread(target=target, daemon=True)
    thread.start()
    return thread


def start_foreground(target):
    worker = Queue()

    def run():
        worker.put(_threading_.main_thread())
        target()
    ThreadPoolExecutor(1).submit(run)
    return worker.get()


LINES_IF_DAEMON = 1


LINES_IF_NOT_DAEMON = 10


def stop_within(thread, seconds):
    thread.join(seconds)
    return not thread.is_alive()
