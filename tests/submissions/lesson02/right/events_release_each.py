# built: threads are started first and let go by an Event when all have their arguments
from collections.abc import Callable, Mapping, Sequence
from threading import Thread
from typing import Any
from threading import Event

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

def start_calls(target, calls):
    go, slots = (Event(), [])

    def run(slot):
        go.wait()
        args, kwargs = slot
        target(*args, **kwargs)
    threads = []
    for args, kwargs in calls:
        slot = (tuple(args), dict(kwargs))
        threads.append(Thread(target=run, args=(slot,)))
        threads[-1].start()
    go.set()
    return threads
