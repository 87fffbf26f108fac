# built: one Queue for all, taken with a timeout; between, a look at who has died
import multiprocessing
import queue as queues
import time
from multiprocessing import Process, Queue
from threading import Thread
from time import perf_counter


def divisors(number):
    return [i for i in range(1, number + 1) if number % i == 0]


def run_sequential(task, numbers):
    return [task(number) for number in numbers]


def run_threads(task, numbers):
    results = [None] * len(numbers)

    def work(place):
        results[place] = task(numbers[place])

    threads = [Thread(target=work, args=(place,)) for place in range(len(numbers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def _child(task, place, number, queue):
    print("calculating", number)
    try:
        queue.put((place, True, task(number)))
    except BaseException as error:
        queue.put((place, False, repr(error)))
        raise


def run_processes(task, numbers):
    queue = Queue()
    children = []
    for place, number in enumerate(numbers):
        children.append(Process(target=_child, args=(task, place, number, queue), daemon=True))
        children[-1].start()
    answers = {}
    while len(answers) < len(numbers):
        # Who has ended before the look has put all that it will ever put.
        ended = [place for place, child in enumerate(children) if not child.is_alive()]
        try:
            place, good, value = queue.get(timeout=0.3)
            answers[place] = (good, value)
        except queues.Empty:
            for place in ended:
                answers.setdefault(place, (False, "died"))
    for child in children:
        child.join()
    bad = [(numbers[place], answers[place][1]) for place in sorted(answers) if not answers[place][0]]
    if bad:
        number, why = bad[0]
        raise RuntimeError("number %d: %s" % (number, why))
    return [answers[place][1] for place in range(len(numbers))]


def compare(task, numbers):
    def measure(run):
        begin = time.time()
        run(task, numbers)
        return time.time() - begin

    return {
        "processes": measure(run_processes),
        "threads": measure(run_threads),
        "sequential": measure(run_sequential),
    }


FASTEST_FOR_CPU = "processes"
FASTEST_FOR_IO = "threads"
