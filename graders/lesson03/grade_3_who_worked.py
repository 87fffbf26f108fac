"""Hidden checks of lesson 03, task 3: who_worked."""

from collections import Counter

import pytest

from threadlings.checks import (
    an_object,
    ended_well,
    listed,
    never_wrong,
    nothing_wrong,
    number_of_name,
    same_again,
)
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import said

MADE_BEFORE = 7
"""So many threads are made before the call: the numbers in Python's own names go on from here."""

ELSEWHERE_S = 1000
"""How long a thread sleeps that who_worked did not start."""


def _is_from_python(name):
    """Return True if Python itself gave a thread this name, after those made before."""
    return (number_of_name(name) or 0) > MADE_BEFORE


@scenario
def notes(lesson, runs, every_schedule=False, made_before=0, elsewhere_s=0):
    """Call who_worked: in each run, one call after the other, with these names.

    With ``elsewhere_s``, a thread of somebody else, called west, lives so long meanwhile.
    """

    def call(names):
        from threading import Thread

        for _ in range(made_before):
            Thread()
        answer = lesson.who_worked(list(names))
        return list(answer) if isinstance(answer, list) else type(answer).__name__

    def program_of(lists):
        def program():
            import time
            from threading import Thread

            if elsewhere_s:
                Thread(target=time.sleep, args=(elsewhere_s,), name="west", daemon=True).start()
            return [call(names) for names in lists]

        return program

    programs = [program_of(lists) for lists in runs]
    if every_schedule:
        return search(programs[0], max_runs=80, max_decisions=300)
    return [simulate(program) for program in programs]


def _noted(submission, names):
    """Return what who_worked returned, and the names of the threads that there were."""
    (run,) = submission.run(notes, runs=[[names]], made_before=MADE_BEFORE, elsewhere_s=ELSEWHERE_S)
    (found,) = ended_well(run)
    there = [thread.name for thread in run.threads[2:]]
    if run.returned_s >= ELSEWHERE_S:
        raise Broken(
            "who_worked() waited for a thread that it did not start\n"
            "  which threads are yours to wait for?",
            shown_by=run,
        )
    if len(there) < len(names) and isinstance(found, list):
        raise Broken(
            "{asked} should start one thread per name\n"
            "  names: {count}; threads that ran: {count_2}",
            shown_by=run,
            asked=_asked(names),
            count=len(names),
            count_2=len(there),
        )
    nothing_wrong(_wrong_form(found, names), shown_by=run)
    return run, found, there


def _asked(names):
    return f"who_worked({names!r})"


def _wrong_form(found, names):
    """Return what is wrong if who_worked did not return a list with one note per name."""
    if not isinstance(found, list):
        return said(
            "{asked} should return a list of names; it returned {kind}",
            asked=_asked(names),
            kind=an_object(found),
        )
    if len(found) != len(names):
        return said(
            "{asked} should return one note per name\n  names: {count}; notes: {count_2}, {shown}",
            asked=_asked(names),
            count=len(names),
            count_2=len(found),
            shown=listed(found),
        )
    return ""


def _wrong_notes(found, names):
    """Return what is wrong with what who_worked returned; nothing if nothing is."""
    wrong = _wrong_form(found, names)
    if wrong or found == names:
        return wrong
    if sorted(map(str, found)) == sorted(names):
        headline = said("the notes are not in the order of the names")
    elif not all(found) and all(note in names for note in found if note):
        headline = said("who_worked() returned before every thread had noted its name")
    else:
        headline = said("a thread noted a name that is not its own")
    return said(
        "{headline}\n  they should be {shown}, they are {shown_2}",
        headline=headline,
        shown=listed(names),
        shown_2=listed(found),
    )


@pytest.mark.task(3)
def test_the_notes_are_in_the_order_of_the_names(submission):
    """The notes are in the order of the names; a name may come twice."""
    names = ["west", "east", "MainThread", "east"]
    run, found, there = _noted(submission, names)
    nothing_wrong(_wrong_notes(found, names), shown_by=run)
    if Counter(names) - Counter(there):
        raise Broken(
            "the threads do not have the names themselves\n"
            "  for {names!r} the threads were called {shown}\n"
            "  a name that is only handed to the target is not the thread's name",
            shown_by=run,
            names=names,
            shown=listed(there),
        )
    _noted(submission, [])


@pytest.mark.task(3)
def test_a_thread_without_a_name_notes_the_one_that_python_gave(submission):
    """For None, the note is the name that Python gave to that thread."""
    run, found, there = _noted(submission, [None, "east", None])
    for place in (0, 2):
        note = found[place]
        if not _is_from_python(note) or note not in there:
            raise Broken(
                "names[{place}] is None: its thread should note the name that Python gave it\n"
                "  the note is {note!r}; the threads were called {shown}",
                shown_by=run,
                place=place,
                note=note,
                shown=listed(there),
            )
    if found[0] == found[2]:
        raise Broken(
            "two threads without a name of yours noted the same name\n"
            "  Python gives each its own; the notes are {shown}",
            shown_by=run,
            shown=listed(found),
        )
    if found[1] != "east":
        raise Broken("names[1] is 'east'; its thread noted {found!r}", found=found[1])


@scenario
def asked_inside(lesson, names):
    """Return which of these names a thread asked for itself, while who_worked was called."""

    def program():
        from threading import Thread, current_thread

        asked = set()
        plain = Thread.name

        def name(thread):
            found = plain.fget(thread)
            if current_thread() is thread:
                asked.add(found)
            return found

        Thread.name = property(name, plain.fset)
        lesson.who_worked(list(names))
        return sorted(asked & set(names))

    return simulate(program)


@pytest.mark.task(3)
def test_each_thread_asks_for_its_own_name(submission):
    """Each thread notes its name from inside: it asks for it itself."""
    names = ["east", "west"]
    asked = ended_well(submission.run(asked_inside, names=names))
    if asked != names:
        raise Broken(
            "each thread should note its own name from inside\n"
            "  threads called {shown}; those that asked for their name themselves: {shown_2}",
            shown=listed(names),
            shown_2=listed(asked),
        )


@pytest.mark.task(3)
def test_the_notes_are_the_same_whatever_order_the_threads_run_in(submission):
    """The notes are complete and in order, whatever order the threads run in."""
    for names in (["west", "east"], ["west", "east", "north"]):
        seen = submission.run(notes, runs=[[names]], every_schedule=True)
        never_wrong(seen, lambda found, names=names: _wrong_notes(found[0], names))


@pytest.mark.task(3)
def test_a_second_call_returns_notes_of_its_own(submission):
    """A second call returns the notes of its own threads alone."""
    same_again(
        submission.run,
        notes,
        "who_worked",
        first=["west", "east", "north"],
        second=["south", "west"],
        wrong=lambda found: _wrong_notes(found, ["south", "west"]),
    )
