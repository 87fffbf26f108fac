# built: multiprocessing.dummy: processes that are threads; a list of thunks as outcomes
from multiprocessing.dummy import Process
from threading import Thread


def fail(error):
    raise error


def run_all(tasks):
    outcomes = [None for task in tasks]

    def attempt(i):
        try:
            value = tasks[i]()
            outcomes[i] = lambda: value
        except Exception as e:
            outcomes[i] = lambda e=e: fail(e)

    processes = [Process(target=attempt, args=(i,)) for i in range(len(tasks))]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [outcome() for outcome in outcomes]


def wait_at_most(thread, seconds):
    return not (thread.join(seconds) or thread.is_alive())


def run_both(work, sleep, report):
    worker = Thread(target=work)
    sleeper = Thread(target=sleep)
    worker.start()
    sleeper.start()
    worker.join()
    sleeper.join()
    report("main thread finished")
