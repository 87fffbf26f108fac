# built: ProcessPoolExecutor for all; as_completed with places; a flag after the block
from concurrent.futures import ProcessPoolExecutor, as_completed


def _check(processes):
    if processes < 1:
        raise ValueError(f"processes must be 1 or more, got {processes}")


def map_in_pool(task, numbers, processes=4):
    _check(processes)
    with ProcessPoolExecutor(max_workers=processes) as pool:
        return list(pool.map(task, numbers))


class Workers:
    def __init__(self, processes):
        _check(processes)
        self.pool = ProcessPoolExecutor(processes)
        self.over = False

    def __enter__(self):
        self.pool.__enter__()
        return self

    def __exit__(self, *args):
        self.over = True
        return self.pool.__exit__(*args)

    def map(self, task, numbers):
        if self.over:
            raise ValueError("map after the block")
        return list(self.pool.map(task, numbers))


def choose_processes(tasks, cpus):
    return max(1, min(tasks, cpus))


def map_with_errors(task, numbers, processes=4):
    _check(processes)
    results = [None] * len(numbers)
    with ProcessPoolExecutor(processes) as pool:
        places = {pool.submit(task, number): place for place, number in enumerate(numbers)}
        for future in as_completed(places):
            results[places[future]] = future.exception() or future.result()
    return results
