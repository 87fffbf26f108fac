# built: the caller empties the queue when consumers have died; drain locks the queue
import queue
from threading import Thread, active_count


def drain(queue):
    with queue.mutex:
        items = [queue._get() for _ in range(queue._qsize())]
        queue.unfinished_tasks -= len(items)
        if queue.unfinished_tasks == 0:
            queue.all_tasks_done.notify_all()
        queue.not_full.notify_all()
    return items


def process_all(items, handle, workers):
    if workers < 1:
        raise ValueError(f"workers should be 1 or more, not {workers}")
    work = queue.PriorityQueue()
    for number, _item in enumerate(items):
        work.put(number)
    results, errors = {}, {}

    def worker():
        while True:
            try:
                number = work.get_nowait()
            except queue.Empty:
                return
            try:
                results[number] = handle(items[number])
            except Exception as e:
                errors[number] = e

    threads = []
    for _ in range(workers):
        threads.append(Thread(target=worker))
        threads[-1].start()
    for t in threads:
        t.join()
    for number in range(len(items)):
        if number in errors:
            raise errors[number]
    return list(map(results.get, range(len(items))))


def fan(sources, consume, consumers, maxsize):
    if consumers < 1:
        raise ValueError("consumers must be positive, got %r" % consumers)
    if maxsize < 1:
        raise ValueError("maxsize must be positive, got %r" % maxsize)
    q = queue.Queue(maxsize)
    end = object()
    errors = []

    def producer(source):
        try:
            for item in source:
                q.put(item)
        except Exception as e:
            errors.append(e)

    def consumer():
        while True:
            item = q.get()
            if item is end:
                break
            try:
                consume(item)
            except Exception as e:
                errors.append(e)
                break

    producers = [Thread(target=producer, args=(s,), daemon=True) for s in sources]
    takers = [Thread(target=consumer, daemon=True) for _ in range(consumers)]
    for t in producers + takers:
        t.start()

    def finish(threads):
        for t in threads:
            while t.is_alive():
                t.join(0.05)
                if not any(taker.is_alive() for taker in takers):
                    drain(q)

    finish(producers)
    for _ in takers:
        while any(t.is_alive() for t in takers):
            try:
                q.put(end, timeout=0.05)
                break
            except queue.Full:
                pass
    finish(takers)
    if errors:
        raise errors[0]
