"""What you can check yourself in lesson 03. Run it with: pytest exercises/lesson03"""

import re

import pytest

from threadlings.checks import Broken, always, ended_well
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
    """The target finds the name, however early it looks."""

    def program():
        from threading import current_thread

        found = []
        for thread in lesson.start_named(lambda: found.append(current_thread().name), ["east"]):
            thread.join()
        return found

    always(
        search(program, max_runs=100, max_decisions=300),
        ["east"],
        lambda found: said("the target should find the name 'east'; it found {found}", found=found),
    )


@pytest.mark.task(3)
def test_the_notes_are_in_the_order_of_the_names(lesson):
    """The notes are complete and in the order of the names, whatever order the threads run in."""
    always(
        search(lambda: lesson.who_worked(["west", "east"]), max_runs=60, max_decisions=300),
        ["west", "east"],
        lambda found: said(
            "the notes are not those of the threads in the order of the names\n"
            "  they should be ['west', 'east'], they are {found}",
            found=found,
        ),
    )


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
