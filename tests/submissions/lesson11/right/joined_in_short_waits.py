# built: join with a time limit in a loop, terminate at an error; the fastest of two measurements
import multiprocessing
from queue import Empty
from threading import Thread
from time import time_ns


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


def child(task, number, queue):
    try:
        queue.put(("good", task(number)))
    except Exception as error:
        queue.put(("bad", str(error)))


def run_processes(task, numbers):
    jobs = []
    for number in numbers:
        queue = multiprocessing.Queue()
        process = multiprocessing.Process(target=child, args=(task, number, queue), daemon=True)
        process.start()
        jobs.append((number, process, queue))
    try:
        return [take(number, process, queue) for number, process, queue in jobs]
    except RuntimeError:
        for _number, process, _queue in jobs:
            process.terminate()
        raise
    finally:
        for _number, process, _queue in jobs:
            while process.is_alive():
                process.join(timeout=0.2)


def take(number, process, queue):
    while True:
        has_ended = not process.is_alive()
        try:
            kind, value = queue.get(timeout=0.1)
            break
        except Empty:
            if has_ended:
                raise RuntimeError(f"{number}: no answer") from None
    if kind == "bad":
        raise RuntimeError(f"{number}: {value}")
    return value


def compare(task, numbers):
    def fastest_of_two(run):
        times = []
        for _ in range(2):
            begin = time_ns()
            run(task, numbers)
            times.append((time_ns() - begin) / 1e9)
        return min(times)

    ways = dict(sequential=run_sequential, threads=run_threads, processes=run_processes)
    return {name: fastest_of_two(run) for name, run in ways.items()}


FASTEST_FOR_CPU = "processes"
FASTEST_FOR_IO = "threads"
