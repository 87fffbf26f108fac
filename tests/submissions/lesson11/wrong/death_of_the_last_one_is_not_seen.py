# task: 2; reason: waited for ever
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


def child(task, number, connection):
    try:
        connection.send(("result", task(number)))
    except Exception as error:
        connection.send(("error", repr(error)))


def run_processes(task, numbers):
    started = []
    for number in numbers:
        ours, theirs = multiprocessing.Pipe(False)
        process = multiprocessing.Process(target=child, args=(task, number, theirs))
        process.start()
        started.append((number, process, ours))
    results, failed = [], []
    for number, process, ours in started:
        try:
            kind, value = ours.recv()
        except EOFError:
            kind, value = "error", "the process died"
        process.join()
        results.append(value)
        if kind == "error":
            failed.append((number, value))
    for number, why in failed:
        raise RuntimeError(f"{number}: {why}")
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
