# built: a Queue filled with all tasks, a worker for each, task_done and join
from queue import Queue
from threading import Thread


def run_all(tasks):
    queue, outcomes = Queue(), [None] * len(tasks)

    def worker():
        place, task = queue.get()
        try:
            outcomes[place] = (task(), None)
        except Exception as error:
            outcomes[place] = (None, error)
        finally:
            queue.task_done()

    for pair in enumerate(tasks):
        queue.put(pair)
    for _ in tasks:
        Thread(target=worker, daemon=True).start()
    queue.join()
    for _, error in outcomes:
        if error:
            raise error
    return [value for value, _ in outcomes]


def wait_at_most(thread, seconds):
    thread.join(seconds)
    return not thread.is_alive()


def run_both(work, sleep, report):
    worker = Thread(target=work)
    sleeper = Thread(target=sleep)
    worker.start()
    sleeper.start()
    worker.join()
    sleeper.join()
    report("main thread finished")
