# built: each thread reports that it has its argument before the next one is made; names and daemons of its own
from collections.abc import Callable, Mapping, Sequence
from threading import Thread
from typing import Any
from threading import Event


def work(number: int) -> None:
    print(f'{number} : I am working..')


def _hand_over(function, args, kwargs, name):
    has_them = Event()

    def run(args=args, kwargs=kwargs):
        mine, named = (tuple(args), dict(kwargs))
        has_them.set()
        function(*mine, **named)
    thread = Thread(target=run, name=name, daemon=True)
    thread.start()
    has_them.wait()
    return thread


def start_numbered(target, count):
    if not count >= 0:
        raise ValueError('count=' + str(count))
    return [_hand_over(target, [i], {}, f'number {i}') for i in range(count)]


def start_calls(target, calls):
    return [_hand_over(target, *call, 'call') for call in list(calls)]


class PairThread(Thread):

    def __init__(self, *, args: tuple[Any, Any]=(None, None), **others: Any) -> None:
        super().__init__(**others)
        self.pair = tuple(args)

    def run(self) -> None:
        first, second = self.pair
        print(f'{first} {second}: This is a thread')
