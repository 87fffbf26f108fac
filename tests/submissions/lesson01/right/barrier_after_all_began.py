# built: a Barrier lets all workers and the caller meet once all have begun
from collections.abc import Callable
from threading import Thread, current_thread
from threading import Barrier

def work() -> None:
    print('I am working..')

class Witness(Thread):
    ran_in = ''

    def run(self) -> None:
        self.ran_in = current_thread().name

class Announcer(Thread):

    def run(self) -> None:
        print('This is a thread')

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

def start_workers(target, count):
    if count < 0:
        raise ValueError(f'count is {count}')
    gate = Barrier(count + 1)

    def run():
        gate.wait()
        target()
    threads = [Thread(target=run) for _ in range(count)]
    for t in threads:
        t.start()
    gate.wait()
    return threads
