# built: nobody waits for ever: get with a timeout, flags, sleeps between looks; errors in a queue
import queue
import time
from threading import Event, Lock, Thread


def drain(source):
    result = []
    try:
        while 1:
            result += [source.get(timeout=0)]
            source.task_done()
    except queue.Empty:
        pass
    return result


def process_all(items, handle, workers):
    if workers < 1:
        raise ValueError("not enough workers: " + str(workers))
    q = queue.Queue()
    out = {}
    bad = {}
    lock = Lock()
    for i, item in enumerate(items):
        q.put((i, item))

    def loop():
        while True:
            try:
                i, item = q.get(timeout=0.2)
            except queue.Empty:
                return
            try:
                value = handle(item)
            except Exception as e:
                with lock:
                    bad[i] = e
            else:
                with lock:
                    out[i] = value

    ts = []
    for _ in range(min(workers, len(items))):
        t = Thread(target=loop)
        t.start()
        ts.append(t)
    while any(t.is_alive() for t in ts):
        time.sleep(0.1)
    if bad:
        raise bad[sorted(bad)[0]]
    return [out[i] for i in range(len(items))]


def fan(sources, consume, consumers, maxsize):
    if consumers < 1 or maxsize < 1:
        raise ValueError(f"consumers={consumers}, maxsize={maxsize}")
    q = queue.Queue(maxsize)
    errors = queue.Queue()
    all_put = Event()

    def produce(source):
        try:
            for item in source:
                q.put(item)
        except Exception as e:
            errors.put(e)

    def work():
        while True:
            over = all_put.is_set()
            try:
                item = q.get(timeout=0.1)
            except queue.Empty:
                if over:
                    break
                continue
            try:
                if errors.empty():
                    consume(item)
            except Exception as e:
                errors.put(e)

    producers = [Thread(target=produce, args=[s]) for s in sources]
    workers = [Thread(target=work) for _ in range(consumers)]
    [t.start() for t in producers]
    [t.start() for t in workers]
    [t.join() for t in producers]
    all_put.set()
    [t.join() for t in workers]
    if not errors.empty():
        raise errors.get()
