# built: each child pickles its result into a file; no file is a death; a Semaphore counts threads
import multiprocessing
import pickle
import tempfile
import threading
import time
from pathlib import Path


def divisors(number):
    found, candidate = [], 0
    while candidate < number:
        candidate += 1
        if number % candidate == 0:
            found.append(candidate)
    return found


def run_sequential(task, numbers):
    return list(task(number) for number in numbers)


def run_threads(task, numbers):
    done = threading.Semaphore(0)
    results = [None for _ in numbers]

    def work(place):
        results[place] = task(numbers[place])
        done.release()

    for place, _ in enumerate(numbers):
        threading.Thread(target=work, args=[place], daemon=True).start()
    for _ in numbers:
        done.acquire()
    return results


def write(task, number, path):
    try:
        outcome = {"result": task(number)}
    except Exception as error:
        outcome = {"error": f"{type(error).__name__} {error}"}
    unfinished = path.with_suffix(".new")
    unfinished.write_bytes(pickle.dumps(outcome))
    unfinished.rename(path)


def run_processes(task, numbers):
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, str(place)) for place in range(len(numbers))]
        processes = [
            multiprocessing.Process(target=write, args=(task, number, path))
            for number, path in zip(numbers, paths)
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        outcomes = [pickle.loads(path.read_bytes()) if path.exists() else {} for path in paths]
    for number, outcome in zip(numbers, outcomes):
        if "result" not in outcome:
            raise RuntimeError(f"{number}: {outcome.get('error', 'died')}")
    return [outcome["result"] for outcome in outcomes]


def compare(task, numbers):
    times = [time.monotonic()]
    for run in (run_sequential, run_threads, run_processes):
        run(task, numbers)
        times.append(time.monotonic())
    return {
        "sequential": times[1] - times[0],
        "threads": times[2] - times[1],
        "processes": times[3] - times[2],
    }


FASTEST_FOR_CPU = "processes"
FASTEST_FOR_IO = "threads"
