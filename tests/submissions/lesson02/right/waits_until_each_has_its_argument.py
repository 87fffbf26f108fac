# built: hands the number over through a queue of each thread's own; a subclass for calls
from collections.abc import Callable, Mapping, Sequence
from threading import Thread
from typing import Any
from queue import SimpleQueue


def work(number: int) -> None:
    print(f'{number} : I am working..')


def start_numbered(target, count):
    if count < 0:
        raise ValueError(count)
    threads = []
    for number in range(count):
        box = SimpleQueue()
        thread = Thread(target=lambda box=box: target(box.get()))
        thread.start()
        box.put(number)
        threads.append(thread)
    return threads


class _Call(Thread):

    def __init__(self, function, args, kwargs):
        Thread.__init__(self, name=None, daemon=None)
        self._function = function
        self._mine = (list(args), kwargs.copy())

    def run(self):
        args, kwargs = self._mine
        return self._function(*args, **kwargs)


def start_calls(target, calls):
    made = [_Call(target, a, k) for a, k in calls]
    for call in made:
        call.start()
    return made


class PairThread(Thread):

    def __init__(self, args=(None, None), kwargs=None, **rest):
        super().__init__(target=self._say, args=args, **{k: v for k, v in rest.items() if k != 'target'})

    def _say(self, first, second):
        print('%s %s: This is a thread' % (first, second))
