# built: connection.wait on pipes and sentinels with a timeout; the worst is terminated
import multiprocessing
from multiprocessing import connection
from threading import Thread
from time import perf_counter


def divisors(number):
    return [i for i in range(1, number + 1) if number % i == 0]


def run_sequential(task, numbers):
    return [task(number) for number in numbers]


def run_threads(task, numbers):
    results = [None] * len(numbers)

    def work(place):
        results[place] = task(numbers[place])

    threads = [Thread(target=work, args=(place,)) for place in range(len(numbers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def _answer(task, number, pipe):
    with pipe:
        try:
            pipe.send((None, task(number)))
        except BaseException as error:
            pipe.send((type(error).__name__, None))


def run_processes(task, numbers):
    open_pipes, children = {}, []
    for place, number in enumerate(numbers):
        ours, theirs = multiprocessing.Pipe(duplex=False)
        child = multiprocessing.Process(target=_answer, args=(task, number, theirs))
        child.start()
        theirs.close()
        children.append(child)
        open_pipes[ours] = place
    results = [None] * len(numbers)
    try:
        while open_pipes:
            for pipe in connection.wait(list(open_pipes), timeout=5):
                place = open_pipes.pop(pipe)
                try:
                    error, results[place] = pipe.recv()
                except (EOFError, OSError):
                    error = "death"
                finally:
                    pipe.close()
                if error:
                    raise RuntimeError(f"{error} at number {numbers[place]}")
    except RuntimeError:
        for child in children:
            child.terminate()
        raise
    finally:
        for child in children:
            child.join()
    return results


def compare(task, numbers):
    seconds = {}
    for name, run in (
        ("sequential", run_sequential),
        ("threads", run_threads),
        ("processes", run_processes),
    ):
        begin = perf_counter()
        run(task, numbers)
        seconds[name] = perf_counter() - begin
    return seconds


FASTEST_FOR_CPU = "processes"
FASTEST_FOR_IO = "threads"
