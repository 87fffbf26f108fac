# built: threads collected in a deque; the names come back through a Queue; Announcer says its line once in a helper
from collections.abc import Callable
from threading import Thread, current_thread
from collections import deque
from itertools import repeat


def work() -> None:
    print('I am working..')


class Witness(Thread):
    ran_in = ''

    def run(self) -> None:
        self.ran_in = current_thread().name


def start_workers(target, count):
    if count < 0:
        raise ValueError(f'{count!r}: must be 0 or more')
    threads = deque()
    for _ in repeat(None, count):
        threads.appendleft(Thread(target=target))
        threads[0].start()
    threads.reverse()
    return list(threads)


class Announcer(Thread):

    def run(self):
        self._say()

    def _say(self, line='This is a thread'):
        print(line, end='\n', flush=True)


def start_announcers(count: int) -> list[Announcer]:
    if count < 0:
        raise ValueError(f'count must be 0 or more, not {count}')
    announcers = [Announcer() for _ in range(count)]
    for announcer in announcers:
        announcer.start()
    return announcers


def run_and_start() -> tuple[str, str]:
    called = Witness()
    called.run()
    started = Witness(name='started')
    started.start()
    started.join()
    return (called.ran_in, started.ran_in)
