# built: a Semaphore released once per ended task, an Event for run_both; equal error raised anew
from threading import Event, Semaphore, Thread


def run_all(tasks):
    tasks = list(tasks)
    ended = Semaphore(0)
    outcome = [None] * len(tasks)

    def worker(place):
        try:
            outcome[place] = ("value", tasks[place]())
        except BaseException as error:
            outcome[place] = ("error", error)
        finally:
            ended.release()

    for place in range(len(tasks)):
        Thread(target=worker, args=[place]).start()
    for _ in tasks:
        ended.acquire()

    values = []
    for kind, what in outcome:
        if kind == "error":
            raise type(what)(*what.args) from what
        values.append(what)
    return values


def wait_at_most(thread, seconds):
    thread.join(max(seconds, 0))
    return thread.is_alive() is False


def run_both(work, sleep, report):
    work_ended, sleep_ended = Event(), Event()

    def call(function, ended):
        try:
            function()
        finally:
            ended.set()

    Thread(target=call, args=(work, work_ended)).start()
    Thread(target=call, args=(sleep, sleep_ended)).start()
    work_ended.wait()
    sleep_ended.wait()
    report("main thread finished")
