# task: 3; reason: one source takes 12 s
# wrong: the end marks come when a source was too slow
from queue import Empty, Queue
from threading import Thread


def drain(queue):
    items = []
    while True:
        try:
            items.append(queue.get_nowait())
        except Empty:
            return items
        queue.task_done()


def process_all(items, handle, workers):
    if workers < 1:
        raise ValueError(f"workers: {workers}")
    jobs = Queue()
    for job in enumerate(items):
        jobs.put(job)
    for _ in range(workers):
        jobs.put(None)
    results, errors = [None] * len(items), {}

    def work():
        while (job := jobs.get()) is not None:
            place, item = job
            try:
                results[place] = handle(item)
            except Exception as error:
                errors[place] = error

    threads = [Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[min(errors)]
    return results


def fan(sources, consume, consumers, maxsize):
    if consumers < 1 or maxsize < 1:
        raise ValueError(f"consumers={consumers}, maxsize={maxsize}")
    queue, end, errors = Queue(maxsize), object(), []

    def produce(source):
        try:
            for item in source:
                queue.put(item)
        except Exception as error:
            errors.append(error)

    def work():
        while (item := queue.get()) is not end:
            try:
                consume(item)
            except Exception as error:
                errors.append(error)

    makers = [Thread(target=produce, args=(source,)) for source in sources]
    takers = [Thread(target=work) for _ in range(consumers)]
    for thread in makers + takers:
        thread.start()
    for thread in makers:
        thread.join(5)
    for _ in takers:
        queue.put(end)
    for thread in takers:
        thread.join()
    if errors:
        raise errors[0]
