# task: 3; reason: know nothing of the first
from threading import Thread

threads = []


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
    for thread in threads:
        thread.join()
    for error in errors:
        if error is not None:
            raise error
    return results


def wait_at_most(thread, seconds):
    thread.join(seconds)
    return not thread.is_alive()


def run_both(work, sleep, report):
    if not threads:
        threads.extend([Thread(target=work), Thread(target=sleep)])
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join()
    report("main thread finished")
