"""The programs that ``threadlings show 04`` draws, each run once in virtual time.

A function with the parameter ``lesson`` is a program over your file; its name begins with
``timed_``. Add your own.
"""

import time


def work():
    """Print twice, with four seconds after each."""
    for part in (1, 2):
        print("part", part)
        time.sleep(4)


def timed_background(lesson):
    """A background thread has 8 s of work; the main thread ends after 5 s.

    background thread의 일은 8초, main thread는 5초 뒤에 끝납니다.
    """
    lesson.start_background(work)
    time.sleep(5)


def timed_foreground(lesson):
    """A foreground thread has 8 s of work; the main thread ends after 5 s.

    foreground thread의 일은 8초, main thread는 5초 뒤에 끝납니다.
    """
    lesson.start_foreground(work)
    time.sleep(5)


def timed_stop_within(lesson):
    """The main thread gives a background thread 10 s; it needs 8 s.

    main thread가 background thread에 10초를 줍니다. 필요한 것은 8초입니다.
    """
    thread = lesson.start_background(work)
    print(lesson.stop_within(thread, 10))


def timed_stop_within_too_little(lesson):
    """The main thread gives a background thread 3 s; it needs 8 s.

    main thread가 background thread에 3초를 줍니다. 필요한 것은 8초입니다.
    """
    thread = lesson.start_background(work)
    print(lesson.stop_within(thread, 3))
