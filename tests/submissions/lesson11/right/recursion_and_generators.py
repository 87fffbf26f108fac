# built: generators that start, then yield; a Process in a with block; errors re-raised at the end
import multiprocessing
import timeit
from contextlib import ExitStack, contextmanager
from functools import partial
from threading import Thread


def divisors(number):
    return [i for i in range(1, number + 1) if number % i == 0]


def run_sequential(task, numbers):
    return [task(number) for number in numbers]


def threads_of(task, numbers, results):
    for place, number in enumerate(numbers):
        thread = Thread(target=lambda p=place, n=number: results.__setitem__(p, task(n)))
        thread.start()
        yield thread


def run_threads(task, numbers):
    results = dict.fromkeys(range(len(numbers)))
    for thread in [*threads_of(task, numbers, results)]:
        thread.join()
    return [*results.values()]


def send(connection, task, number):
    with connection:
        try:
            connection.send([task(number)])
        except BaseException as error:
            connection.send(f"{number}: {error!r}")


@contextmanager
def started(task, number):
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=send, args=(theirs, task, number))
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        process.join()
        ours.close()


def answer(connection, number):
    try:
        return connection.recv()
    except EOFError:
        return f"{number}: nothing came"


def run_processes(task, numbers):
    with ExitStack() as stack:
        pipes = [stack.enter_context(started(task, number)) for number in numbers]
        answers = [answer(pipe, number) for pipe, number in zip(pipes, numbers)]
    errors = [each for each in answers if isinstance(each, str)]
    if errors:
        raise RuntimeError("; ".join(errors))
    return [value for (value,) in answers]


def compare(task, numbers):
    return {
        name: timeit.timeit(partial(globals()["run_" + name], task, numbers), number=1)
        for name in ("sequential", "threads", "processes")
    }


FASTEST_FOR_CPU = "processes"
FASTEST_FOR_IO = "threads"
