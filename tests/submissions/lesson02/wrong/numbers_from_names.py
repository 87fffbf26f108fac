# task: 1; reason: should call the target once, with i
from collections.abc import Callable, Mapping, Sequence
from threading import Thread
from typing import Any
from threading import current_thread

def work(number: int) -> None:
    print(f'{number} : I am working..')

def start_calls(target: Callable[..., object], calls: list[tuple[Sequence[Any], Mapping[str, Any]]]) -> list[Thread]:
    threads = [Thread(target=target, args=tuple(args), kwargs=dict(kwargs)) for args, kwargs in calls]
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

def start_numbered(target, count):
    if count < 0:
        raise ValueError(f'count must be 0 or more, not {count}')

    def run():
        target(int(current_thread().name[-1]))
    threads = [Thread(target=run, name=f'worker {i}') for i in range(count)]
    for thread in threads:
        thread.start()
    return threads
