# task: 1; reason: more processes than that did tasks
from functools import partial
from multiprocessing import Pool, Process, SimpleQueue


def call(task, number, results, place):
    results.put((place, task(number)))


def map_in_pool(task, numbers, processes=4):
    if processes < 1:
        raise ValueError(f"processes={processes} is too few")
    results = SimpleQueue()
    started = []
    for place, number in enumerate(numbers):
        started.append(Process(target=call, args=(task, number, results, place)))
        started[-1].start()
    found = dict(results.get() for _ in started)
    for process in started:
        process.join()
    return [found[place] for place in range(len(numbers))]


class Workers:
    def __init__(self, processes):
        if processes < 1:
            raise ValueError(f"processes={processes} is too few")
        self.processes = processes

    def __enter__(self):
        self.pool = Pool(self.processes)
        return self

    def __exit__(self, *error):
        self.pool.close()
        self.pool.join()

    def map(self, task, numbers):
        return self.pool.map(task, numbers)


def choose_processes(tasks, cpus):
    return max(1, min(tasks, cpus))


def attempt(task, number):
    try:
        return task(number)
    except Exception as error:
        return error


def map_with_errors(task, numbers, processes=4):
    if processes < 1:
        raise ValueError(f"processes={processes} is too few")
    with Pool(processes) as pool:
        return pool.map(partial(attempt, task), numbers)
