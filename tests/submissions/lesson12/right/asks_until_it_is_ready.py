# built: map_async, asked again and again whether it is ready; get with a time limit
from functools import partial
from multiprocessing import Pool


def _check(processes):
    if processes < 1:
        raise ValueError(f"{processes} processes are too few")


def map_in_pool(task, numbers, processes=4):
    _check(processes)
    with Pool(processes) as pool:
        answer = pool.map_async(task, numbers)
        while not answer.ready():
            pass
        pool.close()
        pool.join()
    return answer.get()


class Workers:
    def __init__(self, processes):
        _check(processes)
        self.pool = Pool(processes, maxtasksperchild=1000)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        self.pool.close()
        self.pool.join()
        return None

    def map(self, task, numbers):
        return self.pool.map_async(task, numbers).get(timeout=600)


def choose_processes(tasks, cpus):
    return max(1, min(tasks, cpus))


def quietly(task, number):
    try:
        return task(number)
    except Exception as error:
        return error


def map_with_errors(task, numbers, processes=4):
    return map_in_pool(partial(quietly, task), numbers, processes)
