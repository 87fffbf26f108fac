"""What you can check yourself in lesson 03. Run it with: pytest exercises/lesson03"""

import re

import pytest

from threadlings.checks import (
    Broken,
    Starts,
    always,
    ended_well,
    nothing_wrong,
    wrong_afterwards,
    wrong_with_calls,
    wrong_with_threads,
)
from threadlings.engine import search, simulate
from threadlings.language import said

# The old getName() and setName() still work; pytest lists their warnings at its end.
pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning")


@pytest.mark.task(1)
def test_report_prints_the_name_of_its_thread(lesson):
    """report() prints the name of the thread that calls it, and : I am working.."""

    def program():
        from threading import Thread

        lesson.report()
        thread = Thread(target=lesson.report, name="test")
        thread.start()
        thread.join()

    run = simulate(program)
    ended_well(run)
    for letter, name in (("m", "MainThread"), ("A", "test")):
        wanted, lines = f"{name} : I am working..", run.lines(letter)
        if wanted not in lines:
            raise Broken(
                "report() should print {wanted!r} in the thread called {name!r}\n"
                "  it printed {value}",
                wanted=wanted,
                name=name,
                value=lines or "nothing",
            )


@pytest.mark.task(2)
def test_each_thread_has_its_name(lesson):
    """There is one thread per name, in the order of the names, and None leaves Python's name."""

    def program():
        from threading import current_thread

        ran = []
        threads = lesson.start_named(
            lambda: ran.append(current_thread().name), ["west", None, "east", "west"]
        )
        names = [thread.name for thread in threads]
        for thread in threads:
            thread.join()
        return [names, sorted(ran)]

    names, ran = ended_well(simulate(program))
    own = names[1] if len(names) == 4 else ""
    if names != ["west", own, "east", "west"] or not re.match(r"Thread-\d+", own):
        raise Broken(
            "the names of the threads are not those that you were given\n"
            "  start_named(target, ['west', None, 'east', 'west']) should return threads called\n"
            "  'west', one of Python's own such as 'Thread-1', 'east', 'west'; it returned "
            "{names}",
            names=names,
        )
    if ran != sorted(names):
        raise Broken(
            "the target should run once in each of the threads, and find its name\n"
            "  the threads are called {names}, the target found {ran}",
            names=sorted(names),
            ran=ran,
        )


@pytest.mark.task(2)
def test_a_thread_has_its_name_from_its_beginning(lesson):
    """The target, and who looks at the returned thread, find the name, however early they look."""

    def program():
        from threading import current_thread

        found = []
        threads = lesson.start_named(lambda: found.append(current_thread().name), ["east"])
        names = [thread.name for thread in threads]
        for thread in threads:
            thread.join()
        return [names, found]

    always(
        search(program, max_runs=100, max_decisions=300),
        [["east"], ["east"]],
        lambda found: said(
            "the thread should be called 'east' from its beginning\n"
            "  who looked at the returned thread saw {names}, the target found {found}",
            names=found[0],
            found=found[1],
        ),
    )


@pytest.mark.task(2)
def test_a_second_call_starts_threads_of_its_own(lesson):
    """All threads run at the same time, and a second call returns its own threads alone."""

    def program():
        books = []
        for names in (["west", "east", "north"], ["south", "west"]):
            starts = Starts([1] * 3)
            starts.begin(lesson.start_named, starts.target, names)
            books.append(starts)
        return [starts.told() for starts in books]

    first, second = ended_well(simulate(program))
    for seen, count in ((first, 3), (second, 2)):
        asked = said("start_named(target, names) with {count} names", count=count)
        nothing_wrong(wrong_with_threads(seen, asked, count) or wrong_with_calls(seen, asked))
    if first["over_s"] > 1.1:
        raise Broken(
            "three threads of 1 s took {over_s:.1f} s: they should run at the same time",
            over_s=first["over_s"],
        )
    nothing_wrong(wrong_afterwards(first))


@pytest.mark.task(3)
def test_the_notes_are_in_the_order_of_the_names(lesson):
    """The notes are complete and in the order of the names, whatever order the threads run in."""
    names = ["west", "east", "north"]
    always(
        search(lambda: list(lesson.who_worked(names)), max_runs=80, max_decisions=300),
        names,
        lambda found: said(
            "the notes are not those of the threads in the order of the names\n"
            "  they should be {names}, they are {found}",
            names=names,
            found=found,
        ),
    )


@pytest.mark.task(3)
def test_a_second_call_returns_notes_of_its_own(lesson):
    """A second call returns the notes of its own threads, and waits for these alone."""

    def program():
        import time
        from threading import Thread

        Thread(target=time.sleep, args=(60,), name="still at work", daemon=True).start()
        first = lesson.who_worked(["west", "east"])
        return [list(lesson.who_worked(["north"])), first]

    run = simulate(program)
    second, first = ended_well(run)
    if [first, second] != [["west", "east"], ["north"]]:
        raise Broken(
            "who_worked(['west', 'east']) and then who_worked(['north']) should return just that\n"
            "  the first answer is {first}, the second {second}",
            first=first,
            second=second,
        )
    if run.returned_s >= 60:
        raise Broken("who_worked() waited for a thread that another one had started", shown_by=run)


@pytest.mark.task(3)
def test_a_name_may_come_twice_or_be_left_to_python(lesson):
    """A name may come twice, and for None the note is the name that Python gave."""

    def program():
        return lesson.who_worked(["west", None, "west", None])

    run = simulate(program)
    found = ended_well(run)
    there = [thread.name for thread in run.threads[1:]]
    if not isinstance(found, list) or len(found) != 4 or found[::2] != ["west", "west"]:
        raise Broken(
            "who_worked(['west', None, 'west', None]) should return four notes\n"
            "  'west', a name of Python's, 'west', another name of Python's; it returned {found}",
            found=found,
        )
    if found[1] == found[3] or not {found[1], found[3]} <= set(there):
        raise Broken(
            "for None, each thread should note the name that Python gave it\n"
            "  the notes are {found}\n"
            "  the threads were called {there}",
            found=found,
            there=there,
        )


@pytest.mark.task(4)
def test_the_names_are_those_of_the_threads_that_live_now(lesson):
    """The main thread and every thread that runs is there; who has ended is not."""

    def program():
        import time
        from threading import Thread

        Thread(target=time.sleep, args=(100,), name="still at work", daemon=True).start()
        ended = Thread(target=time.sleep, args=(1,), name="ended")
        ended.start()
        before = lesson.names_in_use()
        ended.join()
        return [before, lesson.names_in_use()]

    before, after = ended_well(simulate(program))
    alive = {"MainThread", "still at work"}
    for found, wanted in ((before, alive | {"ended"}), (after, alive)):
        if found != wanted:
            raise Broken(
                "names_in_use() should return the names of the threads that are alive now\n"
                "  they are {wanted}; it returned {found}",
                wanted=sorted(wanted),
                found=found,
            )
