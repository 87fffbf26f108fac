# built: a dataclass for each job; match on what came; a Condition counts the threads that are done
import multiprocessing
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from math import isqrt
from time import perf_counter_ns
from typing import Any


def divisors(number):
    small = {i for i in range(1, isqrt(number) + 1) if not number % i}
    return sorted(small | {number // i for i in small})


def run_sequential(task, numbers):
    results = []
    for number in numbers:
        results += [task(number)]
    return results


def run_threads(task, numbers):
    results, changed, left = {}, threading.Condition(), len(numbers)

    def work(place, number):
        nonlocal left
        result = task(number)
        with changed:
            results[place] = result
            left -= 1
            changed.notify()

    for pair in enumerate(numbers):
        threading.Thread(target=work, args=pair).start()
    with changed:
        changed.wait_for(lambda: left == 0)
    return [results[place] for place in range(len(numbers))]


@dataclass
class Job:
    number: int
    process: Any
    pipe: Any

    @classmethod
    def begin(cls, task, number):
        ours, theirs = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(target=do, args=(task, number, theirs))
        process.start()
        theirs.close()
        return cls(number, process, ours)

    def outcome(self):
        try:
            return self.pipe.recv()
        except EOFError:
            return ("died",)
        finally:
            self.process.join()
            self.pipe.close()


def do(task, number, pipe):
    try:
        result = task(number)
    except Exception as error:
        pipe.send(("raised", repr(error)))
    else:
        pipe.send(("returned", result))


def run_processes(task, numbers):
    jobs = [Job.begin(task, number) for number in numbers]
    outcomes = [(job.number, job.outcome()) for job in jobs]
    results = []
    for number, outcome in outcomes:
        match outcome:
            case ("returned", result):
                results.append(result)
            case ("raised", text):
                raise RuntimeError(f"task({number}) raised {text}")
            case ("died",):
                raise RuntimeError(f"the process of {number} died")
    return results


@contextmanager
def stopwatch(times, name):
    begin = perf_counter_ns()
    yield
    times[name] = (perf_counter_ns() - begin) * 1e-9


def compare(task, numbers):
    times = {}
    with stopwatch(times, "sequential"):
        run_sequential(task, numbers)
    with stopwatch(times, "threads"):
        run_threads(task, numbers)
    with stopwatch(times, "processes"):
        run_processes(task, numbers)
    return times


FASTEST_FOR_CPU = "processes"
FASTEST_FOR_IO = "threads"
