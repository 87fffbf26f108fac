# built: contextmanager and generators; one pool made by one helper for every task
from contextlib import contextmanager
from functools import partial
from multiprocessing import Pool


@contextmanager
def new_pool(processes):
    if processes < 1:
        raise ValueError(f"{processes} < 1")
    pool = Pool(processes)
    try:
        yield pool
    finally:
        pool.close()
        pool.join()


def map_in_pool(task, numbers, processes=4):
    with new_pool(processes) as pool:
        return pool.map(task, numbers)


class Workers:
    def __init__(self, processes):
        self.manager = new_pool(processes)

    def __enter__(self):
        self.pool = self.manager.__enter__()
        self.map = self.pool.map
        return self

    def __exit__(self, *error):
        self.manager.__exit__(*error)


def choose_processes(tasks, cpus):
    return max(1, min(tasks, cpus))


def keep_error(task, number):
    try:
        result = task(number)
    except Exception as error:
        result = error
    return result


def map_with_errors(task, numbers, processes=4):
    return map_in_pool(partial(keep_error, task), numbers, processes)
