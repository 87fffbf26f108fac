# built: a subclass of Process with run() and a Pipe each; error objects come back
from __future__ import annotations

import multiprocessing as mp
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable


def divisors(number: int) -> list[int]:
    small = [i for i in range(1, int(number**0.5) + 1) if number % i == 0]
    return small + [number // i for i in reversed(small) if i * i != number]


def run_sequential(task: Callable[[int], Any], numbers: list[int]) -> list[Any]:
    return list(map(task, numbers))


def run_threads(task: Callable[[int], Any], numbers: list[int]) -> list[Any]:
    with ThreadPoolExecutor(max_workers=max(1, len(numbers))) as pool:
        return list(pool.map(task, numbers))


class Died(RuntimeError):
    """A child failed."""


class Worker(mp.Process):
    def __init__(self, task: Callable[[int], Any], number: int) -> None:
        super().__init__(name=f"worker-{number}")
        self.task = task
        self.number = number
        self.parent_end, self.child_end = mp.Pipe()

    def run(self) -> None:
        self.parent_end.close()
        try:
            self.child_end.send([self.task(self.number), None])
        except Exception as error:
            self.child_end.send([None, error])

    def result(self) -> Any:
        self.child_end.close()
        try:
            value, error = self.parent_end.recv()
        except EOFError as ended:
            raise Died(f"no result for {self.number}") from ended
        finally:
            self.parent_end.close()
            self.join()
        if error is not None:
            raise Died(f"task({self.number}) raised {error!r}") from error
        return value


def run_processes(task: Callable[[int], Any], numbers: list[int]) -> list[Any]:
    workers = [Worker(task, number) for number in numbers]
    for worker in workers:
        worker.start()
        worker.child_end.close()
    results: list[Any] = []
    failure = None
    for worker in workers:
        try:
            results.append(worker.result())
        except Died as error:
            failure = failure or error
    if failure:
        raise failure
    return results


def compare(task: Callable[[int], Any], numbers: list[int]) -> dict[str, float]:
    times: dict[str, float] = {}
    for way in "sequential", "threads", "processes":
        begin = time.monotonic()
        globals()[f"run_{way}"](task, numbers)
        times[way] = time.monotonic() - begin
    return times


FASTEST_FOR_CPU: str = "processes"
FASTEST_FOR_IO: str = "threads"
