# built: imap, taken one by one with next(); a pool of the class inherited by Workers
import contextlib
import multiprocessing
import multiprocessing.pool


def checked(processes):
    if processes < 1:
        raise ValueError("%d processes cannot compute" % processes)
    return processes


def map_in_pool(task, numbers, processes=4):
    with contextlib.closing(multiprocessing.Pool(checked(processes))) as pool:
        results = [*pool.imap(task, numbers)]
    pool.join()
    return results


class Workers(multiprocessing.pool.Pool):
    def __init__(self, processes):
        super().__init__(checked(processes), context=multiprocessing.get_context())

    def __exit__(self, *error):
        self.close()
        self.join()


def choose_processes(tasks, cpus):
    return sorted([1, tasks, cpus])[1] if tasks and cpus else 1


def map_with_errors(task, numbers, processes=4):
    pool = multiprocessing.Pool(checked(processes))
    answers, results = pool.imap(task, numbers), []
    for _ in numbers:
        try:
            results.append(next(answers))
        except Exception as error:
            results.append(error)
    pool.close()
    pool.join()
    return results
