"""The programs that ``threadlings show 02`` draws.

A function with the parameter ``lesson`` is a program over your file. If its name begins with
``timed_`` it is run once, in virtual time; else under every schedule. Add your own.
"""

import time

from threadlings.language import said


def timed_numbers(lesson):
    """Three threads; each sleeps as many seconds as its number.

    thread 세 개가 각자 자기 번호만큼의 초를 잡니다.
    """

    def work(number):
        time.sleep(number)
        print(number)

    for thread in lesson.start_numbered(work, 3):
        thread.join()


def numbers(lesson):
    """Two threads note their numbers, however late they begin.

    thread 두 개가 아무리 늦게 시작해도 자기 번호를 적습니다.
    """
    noted = []
    for thread in lesson.start_numbered(noted.append, 2):
        thread.join()
    assert sorted(noted) == [0, 1], said(
        "the numbers should be 0 and 1, they are {noted}", noted=noted
    )


def calls(lesson):
    """The caller changes its list after the call.

    호출한 쪽이 호출한 뒤에 자기 list를 바꿉니다.
    """
    noted, args = [], ["first"]
    threads = lesson.start_calls(noted.append, [(args, {})])
    args[0] = "changed"
    for thread in threads:
        thread.join()
    assert noted == ["first"], said("the thread should get 'first', it got {noted}", noted=noted)
