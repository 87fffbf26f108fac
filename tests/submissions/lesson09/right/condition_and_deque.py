# built: Conditions and deques behind the same promises; workers as methods; callables for defs
from collections import deque
from functools import partial
from queue import Empty
from threading import Condition, Thread


def _take(queue):
    try:
        item = queue.get(False)
    except Empty:
        return []
    queue.task_done()
    return [item, *_take(queue)]


drain = _take


class Buffer:
    def __init__(self, room=None):
        self.room = room
        self.items = deque()
        self.changed = Condition()
        self.closed = False

    def put(self, item):
        with self.changed:
            self.changed.wait_for(lambda: self.room is None or len(self.items) < self.room)
            self.items.append(item)
            self.changed.notify_all()

    def close(self):
        with self.changed:
            self.closed = True
            self.changed.notify_all()

    def __call__(self):
        """Return the next item in a list, or an empty list at the end."""
        with self.changed:
            self.changed.wait_for(lambda: self.items or self.closed)
            item = [self.items.popleft()] if self.items else []
            self.changed.notify_all()
            return item


class Crew:
    def __init__(self):
        self.threads, self.errors = [], []

    def begin(self, function, *args):
        thread = Thread(target=self._run, args=(function, args))
        self.threads.append(thread)
        thread.start()

    def _run(self, function, args):
        try:
            function(*args)
        except Exception as error:
            self.errors.append(error)

    def end(self):
        while self.threads:
            self.threads.pop().join()


def _check(**numbers):
    for name, number in numbers.items():
        if number < 1:
            raise ValueError(f"{name} must be 1 or more, got {number}")


def process_all(items, handle, workers):
    _check(workers=workers)
    todo, outcomes, crew = Buffer(), [None] * len(items), Crew()
    for pair in enumerate(items):
        todo.put(pair)
    todo.close()

    def work():
        while job := todo():
            ((place, item),) = job
            try:
                outcomes[place] = partial(lambda value: value, handle(item))
            except Exception as error:
                outcomes[place] = partial(_raise, error)

    for _ in range(workers):
        crew.begin(work)
    crew.end()
    return [outcome() for outcome in outcomes]


def _raise(error):
    raise error


def fan(sources, consume, consumers, maxsize):
    _check(consumers=consumers, maxsize=maxsize)
    buffer, producers, takers = Buffer(maxsize), Crew(), Crew()

    def take():
        errors = []
        while item := buffer():
            try:
                consume(*item)
            except Exception as error:
                errors.append(error)
        if errors:
            raise errors[0]

    def produce(source):
        for item in source:
            buffer.put(item)

    for source in sources:
        producers.begin(produce, source)
    for _ in range(consumers):
        takers.begin(take)
    producers.end()
    buffer.close()
    takers.end()
    for error in producers.errors + takers.errors:
        raise error
