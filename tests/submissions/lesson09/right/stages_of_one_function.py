# built: process_all and fan by one pipeline with tagged tuples; a consumer puts the end back for the next
from queue import Empty, Queue
from threading import Lock, Thread

ITEM, END = "item", "end"


def drain(q):
    def one():
        try:
            item = q.get_nowait()
        except Empty:
            return END, None
        q.task_done()
        return ITEM, item

    out = []
    tag, item = one()
    while tag is ITEM:
        out.append(item)
        tag, item = one()
    return out


def pipeline(sources, consume, consumers, maxsize):
    """Return the errors of sources, and of consume by what it got."""
    q, lock, errors = Queue(maxsize), Lock(), []

    def producer(source):
        try:
            for item in source:
                q.put((ITEM, item))
        except BaseException as error:
            with lock:
                errors.append((0, error))

    def consumer():
        while True:
            tag, item = q.get()
            if tag == END:
                break
            try:
                consume(item)
            except BaseException as error:
                with lock:
                    errors.append((item, error))
        if item > 1:
            q.put((END, item - 1))

    makers = [Thread(target=producer, args=(s,), daemon=True) for s in sources]
    takers = [Thread(target=consumer, daemon=True) for _ in range(consumers)]
    for t in makers + takers:
        t.start()
    for t in makers:
        t.join()
    q.put((END, consumers))
    for t in takers:
        t.join()
    return errors


def process_all(items, handle, workers):
    if not workers >= 1:
        raise ValueError(f"{workers} workers")
    results = [None] * len(items)

    def do(place):
        results[place] = handle(items[place])

    errors = pipeline([range(len(items))], do, workers, 0)
    if errors:
        raise min(errors, key=lambda pair: pair[0])[1]
    return results


def fan(sources, consume, consumers, maxsize):
    if min(consumers, maxsize) < 1:
        raise ValueError(f"{min(consumers, maxsize)} is less than 1")
    errors = pipeline(sources, consume, consumers, maxsize)
    if errors:
        raise errors[0][1]
