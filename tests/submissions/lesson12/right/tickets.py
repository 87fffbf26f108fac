# built: processes by hand; a shared Value is the next place; each child has all numbers
import multiprocessing
import pickle


def work(task, numbers, ticket, answers):
    while True:
        with ticket.get_lock():
            place = ticket.value
            ticket.value += 1
        if place >= len(numbers):
            return
        try:
            answers.put((place, True, task(numbers[place])))
        except Exception as error:
            answers.put((place, False, pickle.dumps(error)))


def check(processes):
    if processes < 1:
        raise ValueError("processes: " + repr(processes))


def outcomes(task, numbers, processes):
    check(processes)
    ticket, answers = multiprocessing.Value("i", 0), multiprocessing.SimpleQueue()
    children = [
        multiprocessing.Process(target=work, args=(task, numbers, ticket, answers))
        for _ in range(processes)
    ]
    for child in children:
        child.start()
    found = [None] * len(numbers)
    for _ in numbers:
        place, good, value = answers.get()
        found[place] = good, value if good else pickle.loads(value)
    for child in children:
        child.join()
    return found


def map_in_pool(task, numbers, processes=4):
    found = outcomes(task, numbers, processes)
    for good, value in found:
        if not good:
            raise value
    return [value for _, value in found]


def map_with_errors(task, numbers, processes=4):
    return [value for _, value in outcomes(task, numbers, processes)]


class Workers:
    def __init__(self, processes):
        check(processes)
        self.make = lambda: multiprocessing.Pool(processes)
        self.pool = None

    def __enter__(self):
        self.pool = self.make()
        return self

    def __exit__(self, *error):
        self.pool.close()
        self.pool.join()

    def map(self, task, numbers):
        return self.pool.map(task, numbers)


def choose_processes(tasks, cpus):
    return 1 if not tasks else min(tasks, cpus)
