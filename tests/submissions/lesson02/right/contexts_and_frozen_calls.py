# built: contexts that run the target; a frozen dataclass as call; PairThread hands Thread nothing but what it got
from collections.abc import Callable, Mapping, Sequence
from threading import Thread
from typing import Any
from contextvars import copy_context
from dataclasses import dataclass


def work(number: int) -> None:
    print(f'{number} : I am working..')


@dataclass(frozen=True)
class _Call:
    function: object
    args: tuple
    kwargs: dict

    def __call__(self):
        return self.function(*self.args, **self.kwargs)


def start_numbered(target, count):
    if count < 0:
        raise ValueError(f'{count} < 0')
    threads = [Thread(target=copy_context().run, args=(target, i)) for i in range(count)]
    for thread in threads:
        thread.start()
    return threads


def start_calls(target, calls):
    threads = [Thread(target=_Call(target, tuple(a), {**k})) for a, k in calls]
    for thread in threads:
        thread.start()
    return threads


class PairThread(Thread):

    def __init__(self, *, args=(None, None), name=None, daemon=None, **others):
        super().__init__(name=name, daemon=daemon)
        self.left, self.right = args

    def run(self):
        print(str(self.left), str(self.right) + ': This is a thread', sep=' ')
