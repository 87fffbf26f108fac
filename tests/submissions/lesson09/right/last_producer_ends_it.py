# built: counts producers with a lock, the last one says so; a sentinel is handed on; closures
from queue import Empty, Queue
from threading import Lock, Thread

DONE = ("done",)


def drain(queue):
    taken = []
    while not queue.empty():
        try:
            item = queue.get_nowait()
        except Empty:
            continue
        taken.append(item)
        queue.task_done()
    return taken


def process_all(items, handle, workers):
    if not workers >= 1:
        raise ValueError(workers)
    jobs, answers = Queue(), Queue()

    def work():
        while True:
            job = jobs.get()
            if job is DONE:
                jobs.put(DONE)
                return
            index, item = job
            try:
                answers.put((index, handle(item), None))
            except BaseException as error:
                answers.put((index, None, error))

    for job in enumerate(items):
        jobs.put(job)
    jobs.put(DONE)
    threads = [Thread(target=work, name=f"worker {n}") for n in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ordered = sorted(drain(answers), key=lambda answer: answer[0])
    for _, _, error in ordered:
        if error is not None:
            raise error
    return [value for _, value, _ in ordered]


def fan(sources, consume, consumers, maxsize):
    if consumers < 1:
        raise ValueError(consumers)
    if maxsize < 1:
        raise ValueError(maxsize)
    if not sources:
        return None
    queue, lock = Queue(maxsize), Lock()
    running, problems = [len(sources)], []

    def produce(source):
        try:
            for item in source:
                queue.put((item,))
        except Exception as problem:
            problems.append(problem)
        finally:
            with lock:
                running[0] -= 1
                is_last = running[0] == 0
            if is_last:
                queue.put(DONE)

    def take():
        while True:
            packet = queue.get()
            if packet is DONE:
                queue.put(DONE)
                break
            try:
                consume(packet[0])
            except Exception as problem:
                problems.append(problem)

    threads = [Thread(target=produce, args=(source,)) for source in sources]
    threads += [Thread(target=take) for _ in range(consumers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[-1]
