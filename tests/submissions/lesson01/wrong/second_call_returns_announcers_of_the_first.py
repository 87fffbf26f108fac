# task: 2; reason: should know nothing of an earlier one
"""Lesson 01: thread creation."""
from threading import Thread, current_thread
_shared = []

def work() -> None:
    print('I am working..')

class Witness(Thread):

    def run(self) -> None:
        self.ran_in = current_thread().name

def start_workers(target, count: int) -> list[Thread]:
    if count < 0:
        raise ValueError(f'count must be 0 or more, got {count}')
    threads = []
    for _ in range(count):
        thread = Thread(target=target)
        thread.start()
        threads.append(thread)
    return threads

class Announcer(Thread):

    def run(self) -> None:
        print('This is a thread')

def start_announcers(count: int) -> list[Announcer]:
    if count < 0:
        raise ValueError(f'count must be 0 or more, got {count}')
    threads = _shared
    for _ in range(count):
        thread = Announcer()
        thread.start()
        threads.append(thread)
    return threads

def run_and_start() -> tuple[str, str]:
    called = Witness()
    called.run()
    started = Witness(name='started')
    started.start()
    started.join()
    return (called.ran_in, started.ran_in)
if __name__ == '__main__':
    start_workers(work, 3)
    start_announcers(5)
    print(run_and_start())
