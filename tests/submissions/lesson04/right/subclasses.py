# built: subclasses of Thread, one with the class attribute daemon; annotations and prints left in
from threading import Thread
from typing import Callable


class Background(Thread):
    daemon = True

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__(name="background")
        self.work = work

    def run(self) -> None:
        print("background: begin")
        self.work()
        print("background: end")


class Foreground(Thread):
    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__(name="foreground", daemon=False)
        self.work = work

    def run(self) -> None:
        print("foreground: begin")
        self.work()
        print("foreground: end")


def start_background(target: Callable[[], object]) -> Thread:
    thread = Background(target)
    thread.start()
    return thread


def start_foreground(target: Callable[[], object]) -> Thread:
    thread = Foreground(target)
    thread.start()
    return thread


LINES_IF_DAEMON: int = 1
LINES_IF_NOT_DAEMON: int = 10


def stop_within(thread: Thread, seconds: float) -> bool:
    thread.join(seconds)
    stopped = not thread.is_alive()
    print("stopped:", stopped)
    return stopped
