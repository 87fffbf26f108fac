# task: 2; reason: a new interpreter knows only
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


queue = multiprocessing.get_context("fork").Queue()


def child(task, place, number):
    try:
        queue.put((place, "result", task(number)))
    except Exception as error:
        queue.put((place, "error", repr(error)))


def run_processes(task, numbers):
    processes = [
        multiprocessing.Process(target=child, args=(task, place, number))
        for place, number in enumerate(numbers)
    ]
    for process in processes:
        process.start()
    answers = {}
    for _ in numbers:
        place, kind, value = queue.get()
        answers[place] = (kind, value)
    for process in processes:
        process.join()
    for place, number in enumerate(numbers):
        if answers[place][0] == "error":
            raise RuntimeError(f"{number}: {answers[place][1]}")
    return [answers[place][1] for place in range(len(numbers))]


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
