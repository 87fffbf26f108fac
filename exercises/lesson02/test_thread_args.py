"""What you can check yourself in lesson 02. Run it with: pytest exercises/lesson02"""

import pytest

from threadlings.checks import Broken, always, ended_well
from threadlings.engine import search, simulate
from threadlings.language import said


@pytest.mark.task(1)
def test_every_thread_has_its_own_number(lesson):
    """Two threads call the target with 0 and 1, however late they begin."""

    def program():
        numbers = []
        for thread in lesson.start_numbered(numbers.append, 2):
            thread.join()
        return sorted(numbers)

    always(
        search(program, max_runs=50),
        [0, 1],
        lambda numbers: said(
            "the target should be called with 0 and with 1, it was called with {numbers}\n"
            "  which number does a thread see that begins late?",
            numbers=numbers,
        ),
    )


@pytest.mark.task(1)
def test_start_numbered_does_not_wait(lesson):
    """start_numbered() returns the started threads at once."""

    def program():
        import time

        threads = lesson.start_numbered(lambda number: time.sleep(60), 3)
        return [len(threads), time.monotonic()]

    count, returned_s = ended_well(simulate(program))
    if count != 3:
        raise Broken(
            "start_numbered(target, 3) should return 3 threads, it returned {count}", count=count
        )
    if returned_s > 0:
        raise Broken(
            "start_numbered() should return at once; it returned after {returned_s} s",
            returned_s=returned_s,
        )


@pytest.mark.task(1)
def test_a_negative_count_is_refused(lesson):
    """A negative count raises ValueError with the value in the message."""

    def program():
        try:
            lesson.start_numbered(print, -1)
        except ValueError as error:
            return str(error)
        return None

    message = ended_well(simulate(program))
    if message is None:
        raise Broken("start_numbered(target, -1) should raise ValueError; it raised nothing")
    if "-1" not in message:
        raise Broken(
            "the message of the ValueError should have the value -1; it is {message!r}",
            message=message,
        )


@pytest.mark.task(2)
def test_each_call_has_its_arguments(lesson):
    """Positional and keyword arguments arrive as they were given."""

    def program():
        seen = []

        def target(*args, **kwargs):
            seen.append([list(args), kwargs])

        calls = [((1, 2), {}), ((), {"loud": True}), ((3,), {"loud": False})]
        for thread in lesson.start_calls(target, calls):
            thread.join()
        return seen

    wanted = [[[1, 2], {}], [[], {"loud": True}], [[3], {"loud": False}]]
    seen = ended_well(simulate(program))
    if sorted(seen, key=repr) != sorted(wanted, key=repr):
        raise Broken(
            "the target should be called with {wanted}\n  it was called with {seen}",
            wanted=wanted,
            seen=seen,
        )


@pytest.mark.task(2)
def test_later_changes_have_no_effect(lesson):
    """What the caller changes after start_calls() does not reach the threads."""

    def program():
        seen, args, kwargs = [], [1], {"loud": True}

        def target(*args, **kwargs):
            seen.append([list(args), dict(kwargs)])

        threads = lesson.start_calls(target, [(args, kwargs)])
        args[0] = 99
        kwargs["loud"] = False
        for thread in threads:
            thread.join()
        return seen

    always(
        search(program, max_runs=50),
        [[[1], {"loud": True}]],
        lambda seen: said(
            "the caller changed its list and dict after start_calls(), and the thread saw it\n"
            "  it was called with {seen} and {seen_2}, not with [1] and loud=True",
            seen=seen[0][0],
            seen_2=seen[0][1],
        ),
    )


@pytest.mark.task(3)
def test_a_pair_is_printed_by_its_own_thread(lesson):
    """PairThread(args=(50, 30)).start() prints: 50 30: This is a thread"""

    def program():
        thread = lesson.PairThread(args=(50, 30))
        thread.start()
        thread.join()

    run = simulate(program)
    ended_well(run)
    line = "50 30: This is a thread"
    if line not in run.lines("A"):
        raise Broken(
            "the started thread should print {line!r}\n  printed in all: {lines}",
            line=line,
            lines=run.lines(),
        )


@pytest.mark.task(3)
def test_name_and_daemon_work_as_on_thread(lesson):
    """name= and daemon= of a PairThread work as on Thread."""

    def program():
        thread = lesson.PairThread(args=(1, 2), name="pair", daemon=True)
        return [thread.name, thread.daemon]

    found = ended_well(simulate(program))
    if found != ["pair", True]:
        raise Broken(
            "PairThread(args=(1, 2), name='pair', daemon=True) should have that name and be a "
            "daemon\n"
            "  its name is {found!r}, its daemon is {found_2}",
            found=found[0],
            found_2=found[1],
        )
