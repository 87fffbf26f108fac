# built: map_async; callbacks put results and errors in their places; a callable object
import multiprocessing as mp


class Safely:
    """Calls a task; an instance can be pickled, with the task in it."""

    def __init__(self, task):
        self.task = task

    def __call__(self, pair):
        place, number = pair
        try:
            return place, self.task(number)
        except Exception as error:
            return place, error


def map_in_pool(task, numbers, processes=4):
    if not processes >= 1:
        raise ValueError("no pool of {}".format(processes))
    with mp.Pool(processes) as pool:
        waiting = pool.map_async(task, numbers)
        waiting.wait()
        return waiting.get()


class Workers(object):
    def __init__(self, processes):
        if not processes >= 1:
            raise ValueError("no workers: {}".format(processes))
        self.processes = processes
        self.pool = None

    def __enter__(self):
        self.pool = mp.Pool(self.processes)
        return self

    def __exit__(self, *exc_info):
        pool, self.pool = self.pool, None
        pool.close()
        pool.join()
        return False

    def map(self, task, numbers):
        if self.pool is None:
            raise ValueError("only within the block")
        return self.pool.map(task, numbers)


def choose_processes(tasks, cpus):
    return max(1, min(tasks, cpus))


def map_with_errors(task, numbers, processes=4):
    if not processes >= 1:
        raise ValueError("no pool of {}".format(processes))
    results = {}
    with mp.Pool(processes) as pool:
        for place, result in pool.imap_unordered(Safely(task), enumerate(numbers)):
            results[place] = result
    return [results[place] for place in sorted(results)]
