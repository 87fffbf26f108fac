# built: results in the dict of a Manager, joined first; a missing key is a death
import multiprocessing
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


def _store(task, place, number, results, errors):
    try:
        results[place] = task(number)
    except Exception as error:
        errors[place] = repr(error)


def run_processes(task, numbers):
    with multiprocessing.Manager() as manager:
        results, errors = manager.dict(), manager.dict()
        processes = []
        for place, number in enumerate(numbers):
            args = (task, place, number, results, errors)
            process = multiprocessing.Process(target=_store, args=args)
            processes.append(process)
            process.start()
        for process in processes:
            process.join()
        results, errors = dict(results), dict(errors)
    for place, number in enumerate(numbers):
        if place not in results:
            why = errors.get(place, f"exit code {processes[place].exitcode}")
            raise RuntimeError(f"number {number} has no result: {why}")
    return [results[place] for place in range(len(numbers))]


def compare(task, numbers):
    seconds = {}
    for name, run in (
        ("sequential", run_sequential),
        ("threads", run_threads),
        ("processes", run_processes),
    ):
        begin = perf_counter()
        run(task, numbers)
        seconds[name] = perf_counter() - begin
    return seconds


FASTEST_FOR_CPU = "processes"
FASTEST_FOR_IO = "threads"
