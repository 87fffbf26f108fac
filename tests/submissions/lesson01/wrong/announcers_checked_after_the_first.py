# task: 2; reason: should start nothing
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

    def run(self) -> None:
        print('This is a thread')


def start_announcers(count):
    announcers = []
    first = Announcer()
    first.start()
    announcers.append(first)
    if count < 0:
        raise ValueError(f'count must not be negative: {count}')
    for _ in range(count - 1):
        announcers.append(Announcer())
        announcers[-1].start()
    return announcers[:count]


def run_and_start() -> tuple[str, str]:
    called = Witness()
    called.run()
    started = Witness(name='started')
    started.start()
    started.join()
    return (called.ran_in, started.ran_in)
