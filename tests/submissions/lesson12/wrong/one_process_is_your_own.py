# task: 1; reason: in your own process
from functools import partial
from multiprocessing import Pool


def _check(processes):
    if processes < 1:
        raise ValueError(f"{processes} processes are too few")


def map_in_pool(task, numbers, processes=4):
    _check(processes)
    if processes == 1:
        return [task(number) for number in numbers]
    pool = Pool(processes)
    try:
        return pool.map(task, numbers)
    finally:
        pool.close()
        pool.join()


class Workers:
    def __init__(self, processes):
        _check(processes)
        self.processes = processes

    def __enter__(self):
        self.pool = Pool(self.processes)
        return self

    def __exit__(self, kind, error, traceback):
        self.pool.close()
        self.pool.join()

    def map(self, task, numbers):
        return self.pool.map(task, numbers)


def choose_processes(tasks, cpus):
    return max(1, min(tasks, cpus))


def quietly(task, number):
    try:
        return task(number)
    except Exception as error:
        return error


def map_with_errors(task, numbers, processes=4):
    return map_in_pool(partial(quietly, task), numbers, processes)
