"""The programs that ``threadlings show 03`` draws.

A function with the parameter ``lesson`` is a program over your file. If its name begins with
``timed_`` it is run once, in virtual time; else under every schedule. Add your own.
"""

import time

from threadlings.language import said


def timed_named(lesson):
    """Two threads with names, one with a name of Python's.

    이름을 준 thread 두 개와, Python이 이름을 지은 thread 한 개.
    """

    def work():
        lesson.report()
        time.sleep(2)

    threads = lesson.start_named(work, ["west", None, "east"])
    lesson.report()
    for thread in threads:
        thread.join()


def timed_names_in_use(lesson):
    """The names in use while a thread of 3 s runs, and after it.

    3초 걸리는 thread가 도는 동안과 끝난 뒤에 쓰이고 있는 이름.
    """
    (thread,) = lesson.start_named(lambda: time.sleep(3), ["west"])
    time.sleep(1)
    print(sorted(lesson.names_in_use()))
    thread.join()
    print(sorted(lesson.names_in_use()))


def notes(lesson):
    """Two threads note their names.

    thread 두 개가 자기 이름을 적습니다.
    """
    notes = lesson.who_worked(["west", "east"])
    assert notes == ["west", "east"], said(
        "the notes should be ['west', 'east'], they are {notes}", notes=notes
    )
