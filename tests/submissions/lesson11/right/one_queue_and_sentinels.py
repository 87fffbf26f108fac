# built: one SimpleQueue drained by a thread; wait for sentinels without a limit; as_completed
import multiprocessing
from concurrent.futures import ThreadPoolExecutor, as_completed
from multiprocessing.connection import wait
from threading import Thread
from time import perf_counter


def divisors(number):
    return [i for i in range(1, number + 1) if number % i == 0]


def run_sequential(task, numbers):
    return [task(number) for number in numbers]


def run_threads(task, numbers):
    results = [None] * len(numbers)
    with ThreadPoolExecutor(max_workers=len(numbers) + 1) as pool:
        places = {pool.submit(task, number): place for place, number in enumerate(numbers)}
        for future in as_completed(places):
            results[places[future]] = future.result()
    return results


def put(queue, place, task, number):
    try:
        queue.put((place, task(number)))
    except Exception:
        pass  # Who puts nothing has failed.


def run_processes(task, numbers):
    queue, results = multiprocessing.SimpleQueue(), {}

    def drain():
        for place, result in iter(queue.get, None):
            results[place] = result

    drainer = Thread(target=drain)
    children = [
        multiprocessing.Process(target=put, args=(queue, place, task, number))
        for place, number in enumerate(numbers)
    ]
    for child in children:
        child.start()
    drainer.start()
    open_sentinels = {child.sentinel for child in children}
    while open_sentinels:
        open_sentinels -= set(wait(open_sentinels))
    for child in children:
        child.join()
    queue.put(None)
    drainer.join()
    missing = [number for place, number in enumerate(numbers) if place not in results]
    if missing:
        raise RuntimeError("no result of " + ", ".join(map(str, missing)))
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
