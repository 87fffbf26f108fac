# task: 1; reason: earlier call
from threading import Thread

results = {}


def run_all(tasks):
    errors = {}

    def run(place, task):
        try:
            results[place] = task()
        except Exception as error:
            errors[place] = error

    threads = [Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[min(errors)]
    return [results[place] for place in sorted(results)]


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
