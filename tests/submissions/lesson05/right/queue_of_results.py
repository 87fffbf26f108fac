# built: results through a Queue; run_both uses run_all; refuses negative seconds
from queue import Queue
from threading import Thread


def run_all(tasks):
    done = Queue()

    def run(index, task):
        try:
            done.put((index, task(), None))
        except BaseException as error:
            done.put((index, None, error))

    threads = []
    for index, task in enumerate(tasks):
        thread = Thread(target=run, kwargs={"index": index, "task": task}, daemon=True)
        threads.append(thread)
        thread.start()

    collected = [done.get() for _ in threads]
    [thread.join() for thread in threads]
    collected.sort(key=lambda entry: entry[0])
    for _, _, error in collected:
        if error is not None:
            raise error
    return [result for _, result, _ in collected]


def wait_at_most(thread, seconds):
    if seconds < 0:
        raise ValueError(f"seconds must not be negative: {seconds}")
    thread.join(seconds)
    return not thread.is_alive()


def run_both(work, sleep, report):
    run_all([work, sleep])
    report("main thread finished")
