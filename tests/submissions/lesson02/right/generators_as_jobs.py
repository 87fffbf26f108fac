# built: a primed generator holds the call; next() runs it in the thread
from collections.abc import Callable, Mapping, Sequence
from threading import Thread
from typing import Any

def work(number: int) -> None:
    print(f'{number} : I am working..')

def start_numbered(target: Callable[[int], object], count: int) -> list[Thread]:
    if count < 0:
        raise ValueError(f'count must be 0 or more, not {count}')
    threads = [Thread(target=target, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    return threads

class PairThread(Thread):

    def __init__(self, *, args: tuple[Any, Any]=(None, None), **others: Any) -> None:
        super().__init__(**others)
        self.pair = tuple(args)

    def run(self) -> None:
        first, second = self.pair
        print(f'{first} {second}: This is a thread')

def _job(target, args, kwargs):
    args, kwargs = ((*args,), {**kwargs})
    yield
    target(*args, **kwargs)

def start_calls(target, calls):
    threads = []
    for args, kwargs in calls:
        job = _job(target, args, kwargs)
        next(job)
        threads.append(Thread(target=next, args=(job, None)))
    for thread in threads:
        thread.start()
    return threads
