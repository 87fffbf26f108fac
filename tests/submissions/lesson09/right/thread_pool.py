# built: ThreadPool.map, and apply_async with error_callback; multiprocessing.dummy
import queue
from multiprocessing.dummy import Pool
from multiprocessing.pool import ThreadPool
from threading import Event


def drain(queue_):
    items = []
    try:
        while True:
            items.append(queue_.get(block=False))
            queue_.task_done()
    except queue.Empty:
        return items


def process_all(items, handle, workers):
    if workers < 1:
        raise ValueError(f"workers: {workers}")

    def attempt(item):
        try:
            return handle(item), None
        except Exception as error:
            return None, error

    pool = ThreadPool(workers)
    try:
        pairs = pool.map(attempt, items, chunksize=1)
    finally:
        pool.close()
        pool.join()
    for _result, error in pairs:
        if error is not None:
            raise error
    return [result for result, _error in pairs]


def fan(sources, consume, consumers, maxsize):
    if consumers < 1:
        raise ValueError(f"consumers: {consumers}")
    if maxsize < 1:
        raise ValueError(f"maxsize: {maxsize}")
    shelf, failed, end = queue.Queue(maxsize), Event(), object()

    def produce(source):
        for item in source:
            shelf.put(item)
            if failed.is_set():
                return

    def work():
        error = None
        while (item := shelf.get()) is not end:
            if error is None:
                try:
                    consume(item)
                except Exception as raised:
                    error = raised
                    failed.set()
        if error is not None:
            raise error

    pool = Pool(len(sources) + consumers)
    taking = [pool.apply_async(work) for _ in range(consumers)]
    making = [pool.apply_async(produce, (source,)) for source in sources]
    for result in making:
        result.wait()
    for _ in range(consumers):
        shelf.put(end)
    pool.close()
    pool.join()
    for result in making + taking:
        result.get()
