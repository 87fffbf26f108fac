# built: a ProcessPoolExecutor with one worker for each number; futures
import concurrent.futures
import contextlib
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from threading import Thread
from timeit import default_timer


def divisors(number):
    return [i for i in range(1, number + 1) if number % i == 0]


def run_sequential(task, numbers):
    return [task(number) for number in numbers]


class Result(Thread):
    def __init__(self, task, number):
        Thread.__init__(self)
        self.task, self.number = task, number

    def run(self):
        self.value = self.task(self.number)


def run_threads(task, numbers):
    threads = [Result(task, number) for number in numbers]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return [thread.value for thread in threads]


def run_processes(task, numbers):
    with contextlib.ExitStack() as stack:
        pools = [stack.enter_context(ProcessPoolExecutor(1)) for _number in numbers]
        futures = [pool.submit(task, number) for pool, number in zip(pools, numbers)]
        concurrent.futures.wait(futures)
    results = []
    for number, future in zip(numbers, futures):
        try:
            results.append(future.result())
        except BrokenProcessPool:
            raise RuntimeError(f"the process for {number} died") from None
        except Exception as error:
            raise RuntimeError(f"task({number}): {error}") from error
    return results


def compare(task, numbers):
    seconds = {}
    for name, run in (
        ("sequential", run_sequential),
        ("threads", run_threads),
        ("processes", run_processes),
    ):
        begin = default_timer()
        run(task, numbers)
        seconds[name] = default_timer() - begin
    return seconds


FASTEST_FOR_CPU = "processes"
FASTEST_FOR_IO = "threads"
