# task: 3; reason: Empty('in consume') was raised, but fan() did not raise it
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
        raise ValueError(f"workers must be at least 1: {workers}")
    jobs = Queue()
    for job in enumerate(items):
        jobs.put(job)
    results, errors = {}, {}

    def work():
        while True:
            try:
                place, item = jobs.get_nowait()
            except Empty:
                return
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
    return [results[place] for place in range(len(items))]


def fan(sources, consume, consumers, maxsize):
    for number in (consumers, maxsize):
        if number < 1:
            raise ValueError(f"should be at least 1: {number}")
    box, errors, end = Queue(maxsize), [], object()

    def produce(source):
        try:
            for item in source:
                box.put(item)
        except Exception as error:
            errors.append(error)

    def work():
        while True:
            try:
                item = box.get(timeout=0.1)
                if item is end:
                    return
                consume(item)
            except Empty:
                continue
            except Exception as error:
                errors.append(error)

    producers = [Thread(target=produce, args=(source,)) for source in sources]
    workers = [Thread(target=work) for _ in range(consumers)]
    for thread in producers + workers:
        thread.start()
    for thread in producers:
        thread.join()
    for _ in workers:
        box.put(end)
    for thread in workers:
        thread.join()
    if errors:
        raise errors[0]
