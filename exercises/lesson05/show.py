"""The programs that ``threadlings show 05`` draws, each run once in virtual time.

A function with the parameter ``lesson`` is a program over your file; its name begins with
``timed_``. Add your own.
"""

import time
from threading import Thread


def sleeper(seconds):
    """Return a task that sleeps, and returns how long."""

    def task():
        time.sleep(seconds)
        return seconds

    return task


def timed_tasks(lesson):
    """Three tasks of 4, 2 and 3 s.

    4초, 2초, 3초 걸리는 task 세 개.
    """
    print(lesson.run_all([sleeper(seconds) for seconds in (4, 2, 3)]))


def timed_patience(lesson):
    """A thread of 5 s; the main thread waits for 2 s at most, then for 8 s.

    5초 걸리는 thread. main thread는 최대 2초, 그다음 최대 8초 기다립니다.
    """
    thread = Thread(target=sleeper(5))
    thread.start()
    print(lesson.wait_at_most(thread, 2))
    print(lesson.wait_at_most(thread, 8))


def timed_both(lesson):
    """Work of 5 s and a sleep of 3 s, then the report.

    5초 걸리는 work와 3초 걸리는 sleep, 그다음 report.
    """
    lesson.run_both(sleeper(5), sleeper(3), print)
