# task: 1; reason: should know nothing of an earlier one
import copy
from threading import Thread


_shared = []


def work(number):
    print(f'{number} : I am working..')


def start_numbered(target, count):
    if count < 0:
        raise ValueError('negative: ' + repr(count))
    result = _shared
    for i in range(count):
        print('starting', i)
        t = Thread(target=lambda i=i: target(i), daemon=True)
        t.start()
        result += [t]
    return result


def start_calls(target, calls):
    mine = [(copy.copy(list(args)), copy.copy(dict(kwargs))) for args, kwargs in calls]
    threads = [Thread(None, target, None, args, kwargs) for args, kwargs in mine]
    for thread in threads:
        thread.start()
    return threads


class PairThread(Thread):

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None) -> None:
        Thread.__init__(self, group, target, name, args, kwargs, daemon=daemon)
        self.first, self.second = args

    def run(self) -> None:
        print(str(self.first) + ' ' + str(self.second) + ': This is a thread')
