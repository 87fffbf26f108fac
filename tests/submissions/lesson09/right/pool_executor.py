# built: pool executors; futures; a stop event and put with a timeout; iter() with a sentinel
from concurrent.futures import ThreadPoolExecutor, wait
from queue import Empty, Full, Queue
from threading import Event


def drain(queue):
    def items():
        while True:
            try:
                yield queue.get_nowait()
            except Empty:
                return
            queue.task_done()

    return list(items())


def process_all(items, handle, workers):
    if workers < 1:
        raise ValueError(f"cannot work with {workers} workers")
    with ThreadPoolExecutor(max_workers=workers) as pool:
        futures = [pool.submit(handle, item) for item in items]
        wait(futures)
    return [future.result() for future in futures]


def fan(sources, consume, consumers, maxsize):
    if consumers < 1:
        raise ValueError(f"consumers: {consumers}")
    if maxsize < 1:
        raise ValueError(f"maxsize: {maxsize}")
    box = Queue(maxsize)
    failed = Event()
    last = object()

    def produce(source):
        try:
            for item in source:
                while not failed.is_set():
                    try:
                        box.put(item, timeout=0.5)
                        break
                    except Full:
                        continue
        except Exception:
            failed.set()
            raise

    def take():
        try:
            for item in iter(box.get, last):
                consume(item)
        except Exception:
            failed.set()
            raise

    with ThreadPoolExecutor(len(sources) + consumers) as pool:
        making = [pool.submit(produce, source) for source in sources]
        taking = [pool.submit(take) for _ in range(consumers)]
        wait(making)
        # Those that failed have left nobody to take what is still in the queue.
        pending = sum(not future.done() for future in taking)
        while pending:
            try:
                box.put(last, timeout=0.5)
            except Full:
                if all(future.done() for future in taking):
                    break
            else:
                pending -= 1
    for future in making + taking:
        future.result()
