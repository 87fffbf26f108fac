# built: an initializer gives each worker its task; the pool for one call knows only numbers
import multiprocessing

_task = None


def _begin(task):
    global _task
    _task = task


def _call(number):
    return _task(number)


def _try(number):
    try:
        return _task(number)
    except Exception as error:
        return error


def _map(function, task, numbers, processes):
    if processes < 1:
        raise ValueError(f"there is no pool of {processes}")
    with multiprocessing.Pool(processes, initializer=_begin, initargs=(task,)) as pool:
        results = pool.map(function, numbers)
        pool.close()
        pool.join()
    return results


def map_in_pool(task, numbers, processes=4):
    return _map(_call, task, numbers, processes)


def map_with_errors(task, numbers, processes=4):
    return _map(_try, task, numbers, processes)


class Workers:
    def __init__(self, processes):
        if processes < 1:
            raise ValueError(f"there are no {processes} workers")
        self._processes = processes

    def __enter__(self):
        self._pool = multiprocessing.Pool(self._processes)
        return self

    def map(self, task, numbers):
        return self._pool.map(task, numbers)

    def __exit__(self, *_args):
        self._pool.terminate()
        self._pool.join()


def choose_processes(tasks, cpus):
    return max(min(cpus, tasks), 1)
