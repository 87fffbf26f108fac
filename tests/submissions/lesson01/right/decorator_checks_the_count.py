# built: a decorator with wraps refuses; functools.singledispatch nowhere
from collections.abc import Callable
from threading import Thread, current_thread
from functools import wraps

def work() -> None:
    print('I am working..')

class Witness(Thread):
    ran_in = ''

    def run(self) -> None:
        self.ran_in = current_thread().name

class Announcer(Thread):

    def run(self) -> None:
        print('This is a thread')

def run_and_start() -> tuple[str, str]:
    called = Witness()
    called.run()
    started = Witness(name='started')
    started.start()
    started.join()
    return (called.ran_in, started.ran_in)

def counted(function):

    @wraps(function)
    def checked(*args, count=None):
        *others, number = args if count is None else (*args, count)
        if number < 0:
            raise ValueError(f'{function.__name__}: {number}')
        threads = function(*others, number)
        for thread in threads:
            thread.start()
        return threads
    return checked

@counted
def start_workers(target, count):
    return [Thread(target=target) for _ in range(count)]

@counted
def start_announcers(count):
    return [Announcer() for _ in range(count)]
