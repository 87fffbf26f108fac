# built: a pool of one's own: processes in a loop over one queue, one more for the answers
import multiprocessing


def work(jobs, answers):
    for place, task, number in iter(jobs.get, None):
        try:
            answers.put((place, True, task(number)))
        except Exception as error:
            answers.put((place, False, error))


class Workers:
    def __init__(self, processes):
        if processes < 1:
            raise ValueError("no workers with " + str(processes))
        self.size = processes
        self.crew = None

    def __enter__(self):
        self.jobs, self.answers = multiprocessing.Queue(), multiprocessing.SimpleQueue()
        self.crew = [
            multiprocessing.Process(target=work, args=(self.jobs, self.answers))
            for _ in range(self.size)
        ]
        for worker in self.crew:
            worker.start()
        return self

    def __exit__(self, *error):
        for _ in self.crew:
            self.jobs.put(None)
        for worker in self.crew:
            worker.join()
        self.crew = None

    def outcomes(self, task, numbers):
        if self.crew is None:
            raise ValueError("outside of the block")
        for place, number in enumerate(numbers):
            self.jobs.put((place, task, number))
        found = {}
        while len(found) < len(numbers):
            place, is_good, value = self.answers.get()
            found[place] = is_good, value
        return [found[place] for place in range(len(numbers))]

    def map(self, task, numbers):
        outcomes = self.outcomes(task, numbers)
        for is_good, value in outcomes:
            if not is_good:
                raise value
        return [value for _is_good, value in outcomes]


def map_in_pool(task, numbers, processes=4):
    with Workers(processes) as workers:
        return workers.map(task, numbers)


def choose_processes(tasks, cpus):
    return max(1, min(tasks, cpus))


def map_with_errors(task, numbers, processes=4):
    with Workers(processes) as workers:
        return [value for _is_good, value in workers.outcomes(task, numbers)]
