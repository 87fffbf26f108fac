"""The programs that ``threadlings show 06`` draws, each run once in virtual time.

A function with the parameter ``lesson`` is a program over your file. If its name begins with
``timed_`` it is run once, in virtual time; else under every schedule. Add your own.
"""

import time
from threading import Event, Thread


def timed_signal(lesson):
    """One thread waits, another sets the event after 5 s.

    한 thread는 기다리고, 다른 thread는 5초 뒤에 event를 set합니다.
    """
    event, log = Event(), []
    waiting = Thread(target=lesson.wait_for_signal, args=(event, log))
    waiting.start()
    time.sleep(5)
    event.set()
    waiting.join()


def timed_patience(lesson):
    """One waits for 2 s at most, one for 8 s; the event is set after 5 s.

    최대 2초와 8초 기다리는 두 thread, event는 5초 뒤에 set.
    """
    event = Event()

    def wait(seconds):
        print(lesson.wait_briefly(event, seconds))

    threads = [Thread(target=wait, args=(seconds,)) for seconds in (2, 8)]
    for thread in threads:
        thread.start()
    time.sleep(5)
    event.set()
    for thread in threads:
        thread.join()


def timed_gate(lesson):
    """Three runners start at the gate after 3 s.

    출발선의 세 주자가 3초 뒤에 출발.
    """

    def runner(seconds):
        return lambda: time.sleep(seconds)

    threads, gate = lesson.start_gate([runner(seconds) for seconds in (4, 2, 6)])
    time.sleep(3)
    gate.set()
    for thread in threads:
        thread.join()


def timed_worker(lesson):
    """A worker is paused, resumed and stopped.

    worker를 pause하고, resume하고, stop합니다.
    """

    def step(number):
        print("step", number)
        time.sleep(3)

    worker = lesson.PausableWorker(step, 10)
    worker.start()
    time.sleep(20)
    worker.pause()
    time.sleep(25)
    worker.resume()
    time.sleep(10)
    worker.stop()
