# task: 2; reason: each result had 1 MB
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


def child(task, place, number, queue):
    try:
        queue.put((place, "result", task(number)))
    except Exception as error:
        queue.put((place, "error", repr(error)))


def run_processes(task, numbers):
    queue = multiprocessing.Queue()
    processes = [
        multiprocessing.Process(target=child, args=(task, place, number, queue))
        for place, number in enumerate(numbers)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    results = [None] * len(numbers)
    while not queue.empty():
        place, kind, value = queue.get()
        if kind == "error":
            raise RuntimeError(f"{numbers[place]}: {value}")
        results[place] = value
    for process, number in zip(processes, numbers):
        if process.exitcode != 0:
            raise RuntimeError(f"the process of {number} died")
    return results


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
