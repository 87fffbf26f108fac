# task: 3; reason: should call run() on one Witness
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

def start_announcers(count: int) -> list[Announcer]:
    if count < 0:
        raise ValueError(f'count must be 0 or more, not {count}')
    announcers = [Announcer() for _ in range(count)]
    for announcer in announcers:
        announcer.start()
    return announcers

def run_and_start():
    thread = Thread(target=work, name='started')
    thread.start()
    thread.join()
    return (current_thread().name, thread.name)
