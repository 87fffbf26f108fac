# task: 2; reason: should know nothing of an earlier one
from collections.abc import Callable
from threading import Thread, current_thread


def work() -> None:
    print('I am working..')


class Witness(Thread):
    ran_in = ''

    def run(self) -> None:
        self.ran_in = current_thread().name


def start_workers(target: Callable[[], object], count: int) -> list[Thread]:
    if count < 0:
        raise ValueError(f'count must be 0 or more, not {count}')
    threads = [Thread(target=target) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads


class Announcer(Thread):
    made = []

    def __init__(self):
        super().__init__()
        self.made.append(self)

    def run(self):
        print('This is a thread')


def start_announcers(count):
    if count < 0:
        raise ValueError(f'count is {count}')
    for _ in range(count):
        Announcer().start()
    return Announcer.made


def run_and_start() -> tuple[str, str]:
    called = Witness()
    called.run()
    started = Witness(name='started')
    started.start()
    started.join()
    return (called.ran_in, started.ran_in)
