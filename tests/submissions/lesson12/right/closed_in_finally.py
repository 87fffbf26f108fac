# built: terminate or close in finally; apply_async for the errors; type hints
from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from typing import Any


def check(processes: int) -> int:
    if processes <= 0:
        raise ValueError(processes)
    return processes


def map_in_pool(task: Callable[[int], Any], numbers: list[int], processes: int = 4) -> list[Any]:
    pool = multiprocessing.Pool(processes=check(processes))
    try:
        results = pool.map(task, numbers, chunksize=1)
    except BaseException:
        pool.terminate()
        raise
    else:
        pool.close()
    finally:
        pool.join()
    print("pool is gone")
    return results


class Workers:
    _pool: Any = None

    def __init__(self, processes: int) -> None:
        self._pool = multiprocessing.Pool(check(processes))

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.terminate()
        self._pool.join()

    def map(self, task: Callable[[int], Any], numbers: list[int]) -> list[Any]:
        return self._pool.map(task, numbers)


def choose_processes(tasks: int, cpus: int) -> int:
    if tasks <= 1 or cpus <= 1:
        return 1
    return tasks if tasks < cpus else cpus


def map_with_errors(
    task: Callable[[int], Any], numbers: list[int], processes: int = 4
) -> list[Any]:
    results: list[Any] = []
    with multiprocessing.Pool(check(processes)) as pool:
        pending = [pool.apply_async(task, [number]) for number in numbers]
        for one in pending:
            try:
                results.append(one.get())
            except Exception as error:
                results.append(error)
    return results
