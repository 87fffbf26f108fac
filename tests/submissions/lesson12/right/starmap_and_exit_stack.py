# built: starmap with a function at the top; Workers with an ExitStack and a flag
from contextlib import AbstractContextManager, ExitStack
from multiprocessing import get_context


def call(task, number):
    """Call the task; return whether it raised, and its result or error."""
    try:
        return False, task(number)
    except Exception as error:
        return True, error


def map_in_pool(task, numbers, processes=4):
    outcomes = []
    with Workers(processes) as workers:
        outcomes = workers.starmap(task, numbers)
    for raised, outcome in outcomes:
        if raised:
            raise outcome
    return [outcome for raised, outcome in outcomes]


class Workers(AbstractContextManager):
    def __init__(self, processes):
        if processes < 1:
            raise ValueError(f"I got {processes!r} processes")
        self.count = processes
        self.stack = ExitStack()
        self.ended = False
        self.pool = None

    def starmap(self, task, numbers):
        if self.ended:
            raise ValueError("too late: the workers have gone home")
        if self.pool is None:
            self.pool = self.stack.enter_context(get_context().Pool(self.count))
        return self.pool.starmap(call, [(task, number) for number in numbers])

    def map(self, task, numbers):
        results = []
        for raised, outcome in self.starmap(task, numbers):
            if raised:
                raise outcome
            results.append(outcome)
        return results

    def __exit__(self, kind, error, traceback):
        self.ended = True
        self.stack.close()


def choose_processes(tasks, cpus):
    return max(1, min(tasks, cpus))


def map_with_errors(task, numbers, processes=4):
    with Workers(processes) as workers:
        return [outcome for raised, outcome in workers.starmap(task, numbers)]
