"""The programs that ``threadlings show 01`` draws.

A function with the parameter ``lesson`` is a program over your file. If its name begins with
``timed_`` it is run once, in virtual time; else under every schedule. Add your own.
"""

import time

from threadlings.language import said


def timed_workers(lesson):
    """Three workers of 3 s each, and who starts them.

    3초 걸리는 worker 세 개와, 그것을 start하는 쪽.
    """

    def work():
        print("working")
        time.sleep(3)

    threads = lesson.start_workers(work, 3)
    print("all started")
    for thread in threads:
        thread.join()


def timed_announcers(lesson):
    """Two announcers.

    announcer 두 개.
    """
    for announcer in lesson.start_announcers(2):
        announcer.join()


def names(lesson):
    """Who runs run(), and who runs start()?

    run()은 누가 실행하고, start()는 누가 실행할까요?
    """
    names = tuple(lesson.run_and_start())
    wanted = ("MainThread", "started")
    assert names == wanted, said(
        "the names should be {wanted}, they are {names}", wanted=wanted, names=names
    )
