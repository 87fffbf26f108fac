# built: process_all by way of fan; the caller is one of the consumers
from queue import Empty, Queue
from threading import Lock, Thread


def drain(queue):
    def one():
        try:
            return [queue.get_nowait()]
        except Empty:
            return []

    drained = []
    while got := one():
        drained += got
        queue.task_done()
    return drained


def process_all(items, handle, workers):
    if workers < 1:
        raise ValueError(f"workers: {workers}")
    outcomes = {}

    def consume(numbered):
        number, item = numbered
        try:
            outcomes[number] = (handle(item), None)
        except Exception as error:
            outcomes[number] = (None, error)

    fan([enumerate(items)], consume, consumers=workers, maxsize=workers)
    for number in sorted(outcomes):
        if outcomes[number][1] is not None:
            raise outcomes[number][1]
    return [outcomes[number][0] for number in sorted(outcomes)]


def fan(sources, consume, consumers, maxsize):
    for value in (consumers, maxsize):
        if value < 1:
            raise ValueError(f"bad value {value}")
    if not sources:
        return
    queue, errors, lock = Queue(maxsize), [], Lock()
    producing = len(sources)

    def producer(source):
        nonlocal producing
        try:
            for item in source:
                queue.put(("item", item))
        except Exception as error:
            errors.append(error)
        with lock:
            producing -= 1
            was_last = producing == 0
        if was_last:
            for _ in range(consumers):
                queue.put(("end", None))

    def consumer():
        while True:
            kind, item = queue.get()
            if kind == "end":
                return
            try:
                consume(item)
            except Exception as error:
                errors.append(error)

    threads = [Thread(target=producer, args=(source,)) for source in sources]
    threads += [Thread(target=consumer) for _ in range(consumers - 1)]
    for thread in threads:
        thread.start()
    consumer()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
