# built: returns when the thread has really begun; a Condition in stop_within; callable objects
import threading
from threading import Condition, Event, Thread


class _Starter:
    def __init__(self, daemon):
        self.daemon = daemon

    def __call__(self, target):
        begun = Event()

        def work():
            begun.set()
            return target()

        thread = Thread(group=None, target=work, name=None, daemon=self.daemon)
        thread.start()
        begun.wait()
        return thread


start_background = _Starter(True)
start_foreground = _Starter(False)

LINES_IF_DAEMON = 1
LINES_IF_NOT_DAEMON = 10


def stop_within(thread, seconds):
    over = Condition()
    ended = []

    def watch():
        thread.join()
        with over:
            ended.append(thread)
            over.notify()

    with over:
        threading.Thread(target=watch, daemon=True).start()
        return over.wait_for(lambda: bool(ended), seconds) or not thread.is_alive()
