# task: 1; reason: should not wait for that one
import threading
from threading import Thread


def run_all(tasks):
    results = [None] * len(tasks)
    errors = [None] * len(tasks)

    def run(place, task):
        try:
            results[place] = task()
        except BaseException as error:
            errors[place] = error

    threads = [Thread(target=run, args=(place, task)) for place, task in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join()
    for error in errors:
        if error is not None:
            raise error
    return results


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
