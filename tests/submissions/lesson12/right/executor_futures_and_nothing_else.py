# built: executors with submit and wait; Workers inherits from an executor
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait


class Workers(ProcessPoolExecutor):
    def __init__(self, processes):
        if processes < 1:
            raise ValueError(f"{processes=}")
        super().__init__(processes)
        self.is_over = False

    def __exit__(self, *error):
        self.is_over = True
        return super().__exit__(*error)

    def map(self, task, numbers):
        if self.is_over:
            raise ValueError("no workers any more")
        return [future.result() for future in [self.submit(task, number) for number in numbers]]


def map_in_pool(task, numbers, processes=4):
    with Workers(processes) as workers:
        return workers.map(task, numbers)


def choose_processes(tasks, cpus):
    return max(1, min(tasks, cpus))


def map_with_errors(task, numbers, processes=4):
    with Workers(processes) as workers:
        futures = [workers.submit(task, number) for number in numbers]
        left = set(futures)
        while left:
            _done, left = wait(left, return_when=FIRST_COMPLETED)
    return [future.result() if future.exception() is None else future.exception() for future in futures]
