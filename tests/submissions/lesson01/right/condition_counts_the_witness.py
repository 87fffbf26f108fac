# built: a Condition and wait_for until ran_in is there
from collections.abc import Callable
from threading import Thread, current_thread
from threading import Condition

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
    noted = Condition()

    class Telling(Witness):

        def run(self):
            with noted:
                Witness.run(self)
                noted.notify_all()
    first = Telling()
    first.run()
    second = Telling(name='started')
    with noted:
        second.start()
        noted.wait_for(lambda: second.ran_in)
    return (first.ran_in, second.ran_in)
