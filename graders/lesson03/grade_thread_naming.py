"""Hidden checks of lesson 03: names."""

import re
from collections import Counter

import pytest

from threadlings.checks import always, ended_well
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import joined, said

POLLING_S = 0.1
"""How much later than possible threads may end: starting them one by one takes no time."""

MADE_BEFORE = 7
"""So many threads are made before the call: the numbers in Python's own names go on from here."""

MOST_SHOWN = 8

_OWN_NAME = re.compile(r"Thread-(\d+)( \(.*\))?")


def _is_from_python(name):
    """Return True if Python itself gave a thread this name, after those made before."""
    found = _OWN_NAME.fullmatch(name) if isinstance(name, str) else None
    return found is not None and int(found[1]) > MADE_BEFORE


def _kind(type_name):
    return (
        "None"
        if type_name == "NoneType"
        else said("an object of class {type_name}", type_name=type_name)
    )


def _shown(texts):
    more = ", ..." if len(texts) > MOST_SHOWN else ""
    return (", ".join(map(repr, texts[:MOST_SHOWN])) or "nothing") + more


@scenario
def reports(lesson):
    """Call report in the main thread and in two others, one of which is renamed meanwhile."""

    def program():
        from threading import Thread, current_thread

        def twice():
            lesson.report()
            lesson.report()

        def renamed():
            lesson.report()
            current_thread().name = "evening"
            lesson.report()

        lesson.report()
        for work, name in ((twice, "a b"), (renamed, "morning")):
            thread = Thread(target=work, name=name)
            thread.start()
            thread.join()

    return simulate(program)


@pytest.mark.task(1)
def test_report_prints_the_name_of_its_thread(submission):
    """report() prints the name of the thread that calls it, and : I am working.."""
    run = submission.run(reports)
    ended_well(run)
    calls = {"m": ["MainThread"], "A": ["a b", "a b"], "B": ["morning", "evening"]}
    for thread, names in calls.items():
        wanted = [f"{name} : I am working.." for name in names]
        lines = [line.rstrip() for line in run.lines(thread)]
        printed = [line for line in lines if line in wanted]
        if printed != wanted:
            raise Broken(
                "report() does not print the line of the thread that calls it\n"
                "  names at its calls: {shown}\n"
                "  it should print {shown_2}\n"
                "  it printed {shown_3}",
                shown=_shown(names),
                shown_2=_shown(wanted),
                shown_3=_shown(lines),
            )


@scenario
def starts(lesson, names, made_before):
    """Call start_named, and tell which thread ran the target, under which name."""

    def program():
        from threading import Thread, current_thread, main_thread

        def target(*arguments, **keywords):
            me = current_thread()
            calls.append((me, me is main_thread(), me.name, len(arguments) + len(keywords)))

        calls = []
        for _ in range(made_before):
            Thread()
        threads = lesson.start_named(target, list(names))
        if not isinstance(threads, list):
            return {"returned": type(threads).__name__}
        strange = [type(thread).__name__ for thread in threads if not isinstance(thread, Thread)]
        if strange:
            return {"returned": f"list, with {strange[0]} in it"}
        at_return = [thread.name for thread in threads]
        is_started = [thread.ident is not None for thread in threads]
        for thread in threads:
            if thread.ident is not None:
                thread.join()
        return {
            "names": at_return,
            "is_started": is_started,
            "calls": [
                {
                    "place": next((i for i, t in enumerate(threads) if t is thread), None),
                    "in_main": in_main,
                    "name": name,
                    "given": given,
                }
                for thread, in_main, name, given in calls
            ],
        }

    return simulate(program)


def _started(submission, names):
    """Return what a call of start_named did, if it started one thread per name."""
    run = submission.run(starts, names=names, made_before=MADE_BEFORE)
    end = run.value if run.returned and not run.error else None
    for call in (end or {}).get("calls", []):
        if call["given"]:
            raise Broken(
                "the target got an argument, but it takes none\n"
                "  the name belongs to the thread; the target can ask for it"
            )
    end = ended_well(run)
    asked = f"start_named(target, {names!r})"
    if "returned" in end:
        raise Broken(
            "{asked} should return a list of threads; it returned {kind}",
            asked=asked,
            kind=_kind(end["returned"]),
        )
    if any(call["in_main"] for call in end["calls"]):
        raise Broken(
            "{asked} ran the target in MainThread\n  each name should have a thread of its own",
            asked=asked,
        )
    if len(end["names"]) != len(names):
        raise Broken(
            "{asked} should return one thread per name\n"
            "  names: {count}; threads: {count_2}, called {shown}",
            asked=asked,
            count=len(names),
            count_2=len(end["names"]),
            shown=_shown(end["names"]),
        )
    for place, is_started in enumerate(end["is_started"]):
        if not is_started:
            raise Broken(
                "{asked} did not start the thread of names[{place}]", asked=asked, place=place
            )
    ran = [call["place"] for call in end["calls"]]
    if sorted(ran, key=str) != sorted(range(len(names)), key=str):
        raise Broken(
            "{asked}: each of the returned threads should run the target once\n"
            "  the target was called {count} times, {count_2} threads were returned",
            asked=asked,
            count=len(ran),
            count_2=len(names),
        )
    return end


@pytest.mark.task(2)
def test_each_thread_has_its_name(submission):
    """There is one started thread per name, in the order of the names; a name may come twice."""
    names = ["west", "east", "north", "east"]
    end = _started(submission, names)
    if end["names"] != names:
        raise Broken(
            "the threads are not those of the names, in their order\n"
            "  they should be {shown}, they are {shown_2}",
            shown=_shown(names),
            shown_2=_shown(end["names"]),
        )
    for call in end["calls"]:
        if call["name"] != names[call["place"]]:
            raise Broken(
                "the target did not find the name {names!r}\n"
                "  when it ran, its thread was called {name!r}",
                names=names[call["place"]],
                name=call["name"],
            )
    _started(submission, [])


@pytest.mark.task(2)
def test_none_leaves_the_name_that_python_gives(submission):
    """None leaves the name that Python gives to a thread."""
    names = ["east", None, None]
    end = _started(submission, names)
    for place in (1, 2):
        if not _is_from_python(end["names"][place]):
            raise Broken(
                "names[{place}] is None: the thread should keep the name that Python gives it\n"
                "  it is called {names!r}, and Python did not choose that for it",
                place=place,
                names=end["names"][place],
            )


@scenario
def named_from_the_beginning(lesson):
    def program():
        from threading import Thread, current_thread

        inside = []
        threads = lesson.start_named(
            lambda *_arguments: inside.append(current_thread().name), ["east"]
        )
        threads = threads if isinstance(threads, list) else []
        threads = [thread for thread in threads if isinstance(thread, Thread)]
        outside = [thread.name for thread in threads]
        for thread in threads:
            if thread.ident is not None:
                thread.join()
        return {"inside": inside, "outside": outside}

    return search(program, max_runs=100, max_decisions=300)


@pytest.mark.task(2)
def test_a_thread_has_its_name_from_its_beginning(submission):
    """A thread has its name before it starts: nobody ever sees it without."""

    def told(end):
        if end["inside"] != ["east"]:
            who, found = said("the target"), end["inside"]
        else:
            who, found = said("who looks at the returned thread"), end["outside"]
        return said(
            "the thread did not have its name from its beginning\n"
            "  {who} should find 'east', and found {shown}",
            who=who,
            shown=_shown(found),
        )

    seen = submission.run(named_from_the_beginning)
    always(seen, {"inside": ["east"], "outside": ["east"]}, told)


@scenario
def blocking_targets(lesson, names):
    def program():
        import time

        lesson.start_named(lambda *_arguments: time.sleep(1), list(names))

    return simulate(program)


@pytest.mark.task(2)
def test_the_threads_run_at_the_same_time(submission):
    """Four targets that block for one second are done together after one second."""
    run = submission.run(blocking_targets, names=["a", "b", "c", "d"])
    ended_well(run)
    if run.ended_s > 1 + POLLING_S:
        raise Broken(
            "the threads did not run at the same time\n"
            "  four targets of 1 s took {ended_s:.1f} s together; 1.0 s is possible",
            ended_s=run.ended_s,
        )


@scenario
def notes(lesson, names, made_before):
    def program():
        from threading import Thread

        for _ in range(made_before):
            Thread()
        answer = lesson.who_worked(list(names))
        if isinstance(answer, list):
            return list(answer)
        return type(answer).__name__

    return simulate(program)


def _noted(submission, names):
    """Return what who_worked returned, and the names of the threads that there were."""
    run = submission.run(notes, names=names, made_before=MADE_BEFORE)
    found = ended_well(run)
    asked = f"who_worked({names!r})"
    if not isinstance(found, list):
        raise Broken(
            "{asked} should return a list of names; it returned {kind}",
            asked=asked,
            kind=_kind(found),
        )
    there = [thread.name for thread in run.threads[1:]]
    if len(there) < len(names):
        raise Broken(
            "{asked} should start one thread per name\n"
            "  names: {count}; threads that ran: {count_2}",
            asked=asked,
            count=len(names),
            count_2=len(there),
        )
    if len(found) != len(names):
        raise Broken(
            "{asked} should return one note per name\n  names: {count}; notes: {count_2}, {shown}",
            asked=asked,
            count=len(names),
            count_2=len(found),
            shown=_shown(found),
        )
    return found, there


@pytest.mark.task(3)
def test_the_notes_are_in_the_order_of_the_names(submission):
    """The notes are in the order of the names; a name may come twice."""
    names = ["west", "east", "north", "east"]
    found, there = _noted(submission, names)
    if found != names:
        raise Broken(_what_is_wrong_with_notes(names, found))
    if Counter(names) - Counter(there):
        raise Broken(
            "the threads do not have the names themselves\n"
            "  for {names!r} the threads were called {shown}\n"
            "  a name that is only handed to the target is not the thread's name",
            names=names,
            shown=_shown(there),
        )
    _noted(submission, [])


def _what_is_wrong_with_notes(names, found):
    if sorted(map(str, found)) == sorted(names):
        headline = said("the notes are not in the order of the names")
    elif all(note in names for note in found if note):
        headline = said("who_worked() returned before every thread had noted its name")
    else:
        headline = said("a thread noted a name that is not its own")
    return said(
        "{headline}\n  they should be {shown}, they are {shown_2}",
        headline=headline,
        shown=_shown(names),
        shown_2=_shown(found),
    )


@pytest.mark.task(3)
def test_a_thread_without_a_name_notes_the_one_that_python_gave(submission):
    """For None, the note is the name that Python gave to that thread."""
    names = [None, "east", None]
    found, there = _noted(submission, names)
    for place in (0, 2):
        note = found[place]
        if not _is_from_python(note) or note not in there:
            raise Broken(
                "names[{place}] is None: its thread should note the name that Python gave it\n"
                "  the note is {note!r}; the threads were called {shown}",
                place=place,
                note=note,
                shown=_shown(there),
            )
    if found[0] == found[2]:
        raise Broken(
            "two threads without a name of yours noted the same name\n"
            "  Python gives each its own; the notes are {shown}",
            shown=_shown(found),
        )
    if found[1] != "east":
        raise Broken("names[1] is 'east'; its thread noted {found!r}", found=found[1])


@scenario
def notes_under_every_schedule(lesson, names):
    def program():
        answer = lesson.who_worked(list(names))
        return list(answer) if isinstance(answer, list) else []

    return search(program, max_runs=80, max_decisions=300)


@pytest.mark.task(3)
def test_the_notes_are_the_same_whatever_order_the_threads_run_in(submission):
    """The notes are complete and in order, whatever order the threads run in."""
    names = ["west", "east"]
    seen = submission.run(notes_under_every_schedule, names=names)
    always(seen, names, lambda found: _what_is_wrong_with_notes(names, found))


@scenario
def lives(lesson):
    """Ask for the names while threads live, have ended, and have not been started."""

    def program():
        import time
        from collections.abc import Set
        from threading import Event, Thread, current_thread

        def asked():
            names = lesson.names_in_use()
            if isinstance(names, Set):
                return sorted(map(str, names))
            return type(names).__name__

        def from_inside():
            current_thread().name = "renamed"
            seen["inside"] = asked()

        seen = {"alone": asked()}
        release = Event()
        waiting = Thread(target=release.wait, name="waiting")
        waiting.start()
        Thread(target=time.sleep, args=(100,), name="daemon", daemon=True).start()
        twins = [Thread(target=release.wait, name="twin") for _ in range(2)]
        for thread in twins:
            thread.start()
        not_started = Thread(name="not started")
        asking = Thread(target=from_inside, name="asking")
        asking.start()
        asking.join()
        seen["busy"] = asked()
        release.set()
        for thread in (waiting, *twins):
            thread.join()
        seen["later"] = asked()
        seen["not_started"] = not_started.name
        return seen

    return simulate(program)


@pytest.mark.task(4)
def test_the_names_are_those_of_the_threads_that_live_now(submission):
    """The names are those of all threads alive now, whoever started them."""
    run = submission.run(lives)
    seen = ended_well(run)
    busy = {"MainThread", "daemon", "twin", "waiting"}
    moments = {
        "alone": ({"MainThread"}, said("only the main thread is alive")),
        "inside": (busy | {"renamed"}, said("six threads are alive, and one of them asks")),
        "busy": (busy, said("'daemon', 'waiting' and two called 'twin' are alive")),
        "later": ({"MainThread", "daemon"}, said("'waiting' and both called 'twin' have ended")),
    }
    for moment, (wanted, story) in moments.items():
        found = seen[moment]
        if not isinstance(found, list):
            raise Broken(
                "names_in_use() should return a set of names; it returned {kind}", kind=_kind(found)
            )
        missing, extra = sorted(wanted - set(found)), sorted(set(found) - wanted)
        if missing or extra:
            parts = [said("{shown} is missing", shown=_shown(missing))] if missing else []
            parts += (
                [said("{shown} is not the name of a living thread", shown=_shown(extra))]
                if extra
                else []
            )
            raise Broken(
                "names_in_use() does not tell who is alive now\n  {story}: {parts}",
                story=story,
                parts=joined("; ", parts),
            )


@scenario
def names_while_one_ends(lesson):
    """Ask while a thread may be at work or have ended already, and when it certainly has."""

    def program():
        from collections.abc import Set
        from threading import Event, Thread

        def asked():
            names = lesson.names_in_use()
            return sorted(map(str, names)) if isinstance(names, Set | list) else []

        release, begun = Event(), []
        worker = Thread(target=lambda: begun.append("worker"), name="worker")
        waiting = Thread(target=release.wait, name="Thread-7 (wait)", daemon=True)
        waiting.start()
        worker.start()
        meanwhile = asked()
        worker.join()
        after = asked()
        release.set()
        return [[name for name in meanwhile if name != "worker"], after]

    return search(program, max_runs=100, max_decisions=300)


@pytest.mark.task(4)
def test_the_names_are_right_while_threads_come_and_go(submission):
    """Who lives is in the names, and who has ended is not, under every schedule."""
    alive = ["MainThread", "Thread-7 (wait)"]

    def told(found):
        meanwhile, after = found
        ended = said(", 'worker' has ended") if meanwhile == alive else ""
        returned = after if meanwhile == alive else meanwhile
        return said(
            "names_in_use() does not tell who is alive now\n"
            "  {shown} live{ended}; it returned {shown_2}",
            shown=_shown(alive),
            ended=ended,
            shown_2=_shown(returned),
        )

    always(submission.run(names_while_one_ends), [alive, alive], told)
