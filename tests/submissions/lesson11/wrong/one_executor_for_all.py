# task: 2; reason: does not name the number
from concurrent.futures import ProcessPoolExecutor
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


def run_processes(task, numbers):
    results = []
    with ProcessPoolExecutor(max(1, len(numbers))) as pool:
        futures = [pool.submit(task, number) for number in numbers]
    for number, future in zip(numbers, futures):
        try:
            results.append(future.result())
        except Exception as error:
            raise RuntimeError(f"{number}: {error}") from error
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
