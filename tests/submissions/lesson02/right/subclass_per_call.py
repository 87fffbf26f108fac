# built: a subclass that holds the call; PairThread hands Thread a target
from threading import Thread


def work(number):
    print(f"{number} : I am working..")


class Call(Thread):
    def __init__(self, function, args, kwargs):
        super().__init__()
        self.function, self.arguments, self.keywords = function, (*args,), {**kwargs}

    def run(self):
        self.function(*self.arguments, **self.keywords)


def start_numbered(target, count):
    if count < 0:
        raise ValueError(count)
    return start_calls(target, [((number,), {}) for number in range(count)])


def start_calls(target, calls):
    threads = [Call(target, *call) for call in calls]
    for thread in threads:
        thread.start()
    return threads


class PairThread(Thread):
    def __init__(self, **options):
        first, second = options.pop("args")
        text = f"{first} {second}: This is a thread"
        super().__init__(**{**options, "target": print, "args": (text,), "kwargs": None})
