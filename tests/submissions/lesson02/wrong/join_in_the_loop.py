# task: 1; reason: should not wait for its threads
from threading import Thread


def work(number):
    print(f"{number} : I am working..")


def start_numbered(target, count):
    if count < 0:
        raise ValueError(f"count must not be negative: {count}")
    threads = []
    for i in range(count):
        threads.append(Thread(target=target, args=(i,)))
        threads[-1].start()
        threads[-1].join()
    return threads


def start_calls(target, calls):
    threads = []
    for args, kwargs in calls:
        thread = Thread(target=target, args=tuple(args), kwargs=dict(kwargs))
        thread.start()
        threads.append(thread)
    return threads


class PairThread(Thread):
    def __init__(self, args=(), **others):
        super().__init__(**others)
        self.pair = args

    def run(self):
        print(f"{self.pair[0]} {self.pair[1]}: This is a thread")
