# task: 1; reason: did not run at the same time
from threading import Thread


def run_all(tasks):
    results, errors = [], []

    def call(task):
        try:
            results.append(task())
        except BaseException as error:
            errors.append(error)

    threads = []
    for task in tasks:
        thread = Thread(target=call(task))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
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
