# built: a bounded buffer of two semaphores and a deque; an iterator that the workers share
from collections import deque
from queue import Empty
from threading import Lock, Semaphore, Thread


def drain(queue):
    found = []
    more = True
    while more:
        try:
            found.append(queue.get(block=False))
            queue.task_done()
        except Empty:
            more = False
    return found


class Buffer:
    def __init__(self, size):
        self.room, self.filled, self.items = Semaphore(size), Semaphore(0), deque()

    def put(self, item):
        self.room.acquire()
        self.items.append(item)
        self.filled.release()

    def get(self):
        self.filled.acquire()
        item = self.items.popleft()
        self.room.release()
        return item


class Shared:
    """An iterator for several threads."""

    def __init__(self, things):
        self.things, self.lock = iter(things), Lock()

    def __iter__(self):
        return self

    def __next__(self):
        with self.lock:
            return next(self.things)


def run_together(targets):
    threads = [Thread(target=target) for target in targets]
    for thread in threads:
        thread.start()
    return threads


def process_all(items, handle, workers):
    if workers < 1:
        raise ValueError("workers is %s" % workers)
    todo = Shared(list(enumerate(items)))
    done = {}

    def work():
        for place, item in todo:
            try:
                done[place] = True, handle(item)
            except Exception as error:
                done[place] = False, error

    for thread in run_together([work] * workers):
        thread.join()
    results = []
    for place in range(len(items)):
        is_good, value = done[place]
        if not is_good:
            raise value
        results.append(value)
    return results


def fan(sources, consume, consumers, maxsize):
    if consumers < 1:
        raise ValueError("consumers is %s" % consumers)
    if maxsize < 1:
        raise ValueError("maxsize is %s" % maxsize)
    buffer, end, first_error = Buffer(maxsize), object(), []

    def keep(error):
        if not first_error:
            first_error.append(error)

    def producer(source):
        def produce():
            try:
                for item in source:
                    buffer.put(item)
            except Exception as error:
                keep(error)

        return produce

    def work():
        while True:
            item = buffer.get()
            if item is end:
                return
            try:
                consume(item)
            except Exception as error:
                keep(error)

    takers = run_together([work] * consumers)
    for thread in run_together(map(producer, sources)):
        thread.join()
    for _ in takers:
        buffer.put(end)
    for thread in takers:
        thread.join()
    if first_error:
        raise first_error[0]
