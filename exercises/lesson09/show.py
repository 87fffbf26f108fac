"""The programs that ``threadlings show 09`` draws, under every schedule that can matter.

A function with the parameter ``lesson`` is such a program over your file; it goes wrong where an
assert fails, or where it cannot end. If its name begins with ``timed_`` it is run once, in
virtual time. Add your own.
"""

import time
from queue import Queue
from threading import Thread

from threadlings.language import said


def at_once(*calls):
    """Do each call in a thread of its own, and wait for all."""
    threads = [Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def drain(lesson):
    """Two threads drain a queue of one item.

    항목이 하나인 queue를 두 thread가 비우기.
    """
    queue, got = Queue(), []
    queue.put("a")
    at_once(lambda: got.extend(lesson.drain(queue)), lambda: got.extend(lesson.drain(queue)))
    assert got == ["a"], said("a should be taken once; the threads got {got}", got=got)


def process(lesson):
    """Two workers, two items.

    worker 둘, 항목 둘.
    """
    results = lesson.process_all([1, 2], str, 2)
    assert results == ["1", "2"], said(
        "the results should be '1' and '2', they are {results}", results=results
    )


def fan(lesson):
    """One source with one item, two consumers.

    항목 하나를 내는 생산자와 소비자 둘.
    """
    consumed = []
    lesson.fan([["a"]], consumed.append, 2, 1)
    assert consumed == ["a"], said(
        "a should be consumed once; consume() got {consumed}", consumed=consumed
    )


def timed_process(lesson):
    """Three workers share six items of one second.

    worker 셋이 1초씩 걸리는 항목 여섯 개를 나눠 처리.
    """

    def handle(item):
        time.sleep(1)
        return item * 10

    lesson.process_all([1, 2, 3, 4, 5, 6], handle, 3)


def timed_fan(lesson):
    """A quick source and a slow consumer, with room for two.

    빠른 생산자와 느린 소비자, 자리는 둘.
    """

    def consume(item):
        time.sleep(2)
        print(item)

    lesson.fan([["a", "b", "c", "d", "e"]], consume, 1, 2)
