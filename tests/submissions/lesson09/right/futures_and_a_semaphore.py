# built: process_all with futures set by threads of a queue; fan stops its producers by an Event at the first error
import queue
import threading
from concurrent.futures import Future


def drain(q):
    items = []
    while True:
        try:
            item = q.get(timeout=0)
        except queue.Empty:
            break
        q.task_done()
        items.append(item)
    return items


def process_all(items, handle, workers):
    if workers < 1:
        raise ValueError("workers: " + str(workers))
    work = queue.SimpleQueue() if False else queue.Queue()
    futures = []
    for item in items:
        future = Future()
        futures.append(future)
        work.put((future, item))
    stop = object()
    for _ in range(workers):
        work.put((stop, None))

    def loop():
        while True:
            future, item = work.get()
            if future is stop:
                return
            try:
                future.set_result(handle(item))
            except BaseException as e:
                future.set_exception(e)

    threads = [threading.Thread(target=loop, name=f"worker-{n}") for n in range(workers)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    return [f.result() for f in futures]


def fan(sources, consume, consumers, maxsize):
    if consumers < 1:
        raise ValueError("consumers: " + str(consumers))
    if maxsize < 1:
        raise ValueError("maxsize: " + str(maxsize))
    q = queue.Queue(maxsize=maxsize)
    failed = threading.Event()
    first = []
    lock = threading.Lock()
    open_sources = len(sources)
    done = object()

    def fail(e):
        with lock:
            if not first:
                first.append(e)
        failed.set()

    def produce(source):
        nonlocal open_sources
        try:
            for item in source:
                if failed.is_set():
                    break
                q.put(item)
        except Exception as e:
            fail(e)
        with lock:
            open_sources -= 1
            last = open_sources == 0
        if last:
            q.put(done)

    def eat():
        while True:
            item = q.get()
            if item is done:
                q.put(done)
                return
            if failed.is_set():
                continue
            try:
                consume(item)
            except Exception as e:
                fail(e)

    makers = [threading.Thread(target=produce, args=[s]) for s in sources]
    eaters = [threading.Thread(target=eat) for _ in range(consumers)]
    if not makers:
        q.put(done)
    for t in eaters:
        t.start()
    for t in makers:
        t.start()
    for t in makers + eaters:
        t.join()
    if first:
        raise first[0]
