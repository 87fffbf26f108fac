# built: one Pipe for all, written under a Lock, read until its end; a demo under __main__
import multiprocessing
import queue
import threading
from operator import itemgetter
from time import perf_counter


def divisors(number):
    return [*filter(lambda i: number % i == 0, range(1, number + 1))]


def run_sequential(task, numbers):
    return [*map(task, numbers)]


def run_threads(task, numbers):
    box = queue.SimpleQueue()
    for pair in enumerate(numbers):
        threading.Thread(target=lambda p: box.put((p[0], task(p[1]))), args=(pair,)).start()
    answers = [box.get() for _ in numbers]
    return [answer for _place, answer in sorted(answers, key=itemgetter(0))]


def tell(task, place, number, pipe, lock):
    try:
        message = place, "ok", task(number)
    except BaseException as error:
        message = place, "error", str(error)
    with lock:
        pipe.send(message)


def run_processes(task, numbers):
    ours, theirs = multiprocessing.Pipe(False)
    lock = multiprocessing.Lock()
    children = [
        multiprocessing.Process(target=tell, args=(task, place, number, theirs, lock))
        for place, number in enumerate(numbers)
    ]
    for child in children:
        child.start()
    theirs.close()
    messages = {}
    try:
        while True:
            place, kind, value = ours.recv()
            messages[place] = kind, value
    except EOFError:
        pass
    for child in children:
        child.join()
    results = []
    for place, number in enumerate(numbers):
        kind, value = messages.get(place, ("error", "died"))
        if kind == "error":
            raise RuntimeError("number " + str(number) + ": " + value)
        results.append(value)
    return results


def compare(task, numbers):
    seconds = {}
    seconds["sequential"] = -perf_counter()
    run_sequential(task, numbers)
    seconds["sequential"] += perf_counter()
    seconds["threads"] = -perf_counter()
    run_threads(task, numbers)
    seconds["threads"] += perf_counter()
    seconds["processes"] = -perf_counter()
    run_processes(task, numbers)
    seconds["processes"] += perf_counter()
    return seconds


FASTEST_FOR_CPU = "processes"
FASTEST_FOR_IO = "threads"

if __name__ == "__main__":
    print(compare(divisors, [10**6] * 4))
