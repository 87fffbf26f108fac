# built: apply_async with callbacks that fill a list; a threading.Event tells the end
from multiprocessing import get_context
from threading import Event


def outcomes(pool, task, numbers):
    found, done = {}, Event()

    def keep(place):
        def kept(value):
            found[place] = value
            if len(found) == len(numbers):
                done.set()

        return kept

    for place, number in enumerate(numbers):
        pool.apply_async(task, (number,), callback=keep(place), error_callback=keep(place))
    if numbers:
        done.wait()
    return [found[place] for place in range(len(numbers))]


class Workers:
    def __init__(self, processes):
        if not processes > 0:
            raise ValueError(f"not {processes}")
        self._count, self._pool = processes, None

    def __enter__(self):
        self._pool = get_context().Pool(self._count)
        return self

    def __exit__(self, *_):
        pool, self._pool = self._pool, None
        try:
            pool.close()
        finally:
            pool.join()

    def map(self, task, numbers):
        if self._pool is None:
            raise ValueError("the workers have ended")
        results = [self._pool.apply_async(task, [number]) for number in numbers]
        return [result.get() for result in results]


def map_in_pool(task, numbers, processes=4):
    with Workers(processes) as workers:
        return workers.map(task, numbers)


def choose_processes(tasks, cpus):
    return max(1, min(tasks, cpus))


def map_with_errors(task, numbers, processes=4):
    with Workers(processes) as workers:
        return outcomes(workers._pool, task, numbers)
