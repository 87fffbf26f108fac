# task: 3; reason: it raised RuntimeError
from queue import Empty, Queue
from threading import Thread


def drain(queue):
    items = []
    while True:
        try:
            item = queue.get_nowait()
        except Empty:
            return items
        items.append(item)
        queue.task_done()


def process_all(items, handle, workers):
    if workers < 1:
        raise ValueError(f"workers must be at least 1: {workers}")
    jobs = Queue()
    for job in enumerate(items):
        jobs.put(job)
    for _ in range(workers):
        jobs.put(None)
    results = [None] * len(items)
    errors = [None] * len(items)

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
    for error in errors:
        if error is not None:
            raise error
    return results


def fan(sources, consume, consumers, maxsize):
    if consumers < 1:
        raise ValueError(f"consumers must be at least 1: {consumers}")
    queue = Queue(maxsize)
    end = object()
    errors = []

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

    producing = [Thread(target=produce, args=(source,)) for source in sources]
    consuming = [Thread(target=work) for _ in range(consumers)]
    for thread in producing + consuming:
        thread.start()
    for thread in producing:
        thread.join()
    for _ in consuming:
        queue.put(end)
    for thread in consuming:
        thread.join()
    if errors:
        raise errors[0]
