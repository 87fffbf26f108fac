# task: 1; reason: task order
from threading import Lock, Thread


def run_all(tasks):
    results, errors, lock = [], {}, Lock()

    def run(place, task):
        try:
            result = task()
        except Exception as error:
            errors[place] = error
            return
        with lock:
            results.insert(place, result)  # Behind all that are there, if those are fewer.

    threads = [Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[min(errors)]
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
