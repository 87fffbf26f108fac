"""Hidden checks of lesson 01: thread creation."""

import pytest

from threadlings.checks import always, describe, ended_well
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import said

LINE = "This is a thread"


@scenario
def workers(lesson, durations_s, meet=False):
    """Start workers, look at them at once, and again after they have all ended.

    Each call of the target takes the next of ``durations_s``. With ``meet``, each waits first
    until all of them are there, or 100 s have gone by.
    """

    def program():
        import time
        from threading import Barrier, BrokenBarrierError, Thread, get_ident

        everybody, caller = Barrier(len(durations_s) or 1), get_ident()
        callers, apart, left_s = [], [], list(durations_s)

        def target():
            callers.append(get_ident())
            mine_s = left_s.pop(0) if left_s else 0
            if meet:
                try:
                    everybody.wait(100)
                except BrokenBarrierError:
                    apart.append(1)
            time.sleep(mine_s)

        before = lesson.start_workers(lambda: None, 1) if durations_s else []
        threads = lesson.start_workers(target, len(durations_s))
        end = {"returned_s": time.monotonic(), "type": type(threads).__name__}
        if isinstance(threads, list):
            end["threads"] = [isinstance(thread, Thread) for thread in threads]
            end["distinct"] = len({id(thread) for thread in threads})
            end["again"] = [thread in threads for thread in before].count(True)
            if all(end["threads"]):
                end["started"] = [thread.ident is not None for thread in threads]
                end["names"] = [thread.name for thread in threads]
                for thread in threads:
                    if thread.ident is not None:
                        thread.join()
        end["over_s"] = time.monotonic()
        time.sleep(1000)
        in_caller = callers.count(caller)
        return {**end, "calls": len(callers), "in_caller": in_caller, "apart": len(apart)}

    return simulate(program)


def _workers(submission, durations_s, **arguments):
    """Return what was seen of workers that were made and started as they should be."""
    run = submission.run(workers, durations_s=durations_s, **arguments)
    end, count = ended_well(run), len(durations_s)
    asked = f"start_workers(target, {count})"
    if end["in_caller"]:
        raise Broken(
            "the target ran in the thread that called start_workers(), not in a new one\n"
            "  target() and run() are calls of your own; start() lets the new thread call it",
            shown_by=run,
        )
    if end["type"] != "list":
        raise Broken(
            "{asked} should return a list of threads, it returned a {type}",
            shown_by=run,
            asked=asked,
            type=end["type"],
        )
    if not all(end["threads"]) or len(end["threads"]) != count:
        found = sum(end["threads"])
        raise Broken(
            "{asked} should return {count} threads; its list has {found} of them",
            shown_by=run,
            asked=asked,
            count=count,
            found=found,
        )
    if end["distinct"] != count:
        raise Broken(
            "{asked} should return {count} different threads, not {distinct}",
            shown_by=run,
            asked=asked,
            count=count,
            distinct=end["distinct"],
        )
    if end["again"]:
        raise Broken(
            "{asked} returned a thread of an earlier call: each call starts its own",
            shown_by=run,
            asked=asked,
        )
    if end["returned_s"] > 0:
        raise Broken(
            "start_workers() waited for its threads\n"
            "  it returned after {returned_s:.1f} s; it should only start them",
            shown_by=run,
            returned_s=end["returned_s"],
        )
    if not all(end["started"]):
        late = end["started"].count(False)
        raise Broken(
            "a thread was not started when start_workers() returned\n"
            "  {late} of {count} threads had not been started; what is not started does nothing",
            shown_by=run,
            late=late,
            count=count,
        )
    if end["calls"] != count:
        raise Broken(
            "{count} threads called the target {calls} times; once each is right",
            shown_by=run,
            count=count,
            calls=end["calls"],
        )
    return end


@pytest.mark.task(1)
def test_the_threads_are_started_and_not_waited_for(submission):
    """start_workers() starts every thread and returns at once."""
    _workers(submission, [5, 5, 5])


@pytest.mark.task(1)
def test_the_threads_run_at_the_same_time(submission):
    """Threads that wait end together after the longest of them, not after the sum."""
    if _workers(submission, [1, 1, 1, 1], meet=True)["apart"]:
        raise Broken("the threads did not run at the same time: one ended before another began")
    over_s = _workers(submission, [3, 1, 2])["over_s"]
    if over_s > 3:
        raise Broken(
            "threads of 3, 1 and 2 s took {over_s:.1f} s together; 3.0 s is possible", over_s=over_s
        )


@pytest.mark.task(1)
def test_the_threads_are_in_the_order_in_which_they_were_made(submission):
    """The list has the threads in the order in which they were made."""
    names = _workers(submission, [1] * 4)["names"]
    numbers = [name.removeprefix("Thread-").split(" ")[0] for name in names]
    if all(number.isdecimal() for number in numbers):
        numbers = [int(number) for number in numbers]
        if numbers != sorted(numbers):
            raise Broken(
                "the threads are not in the order in which they were made: {names}", names=names
            )


@pytest.mark.task(1)
def test_no_workers_are_an_empty_list(submission):
    """A count of 0 gives an empty list."""
    _workers(submission, [])


@scenario
def two_workers(lesson):
    def program():
        calls = []
        threads = lesson.start_workers(lambda: calls.append(1), 2)
        started = sum(thread.ident is not None for thread in threads)
        for thread in threads:
            if thread.ident is not None:
                thread.join()
        return [started, len(calls)]

    return search(program, max_runs=50)


@pytest.mark.task(1)
def test_every_thread_is_started_under_every_schedule(submission):
    """Whoever comes first: both threads are started, and each calls the target once."""
    always(
        submission.run(two_workers),
        [2, 2],
        lambda seen: said(
            "{seen} of 2 threads had been started when start_workers() returned\n"
            "  the target was called {seen_2} times; once in each thread is right",
            seen=seen[0],
            seen_2=seen[1],
        ),
    )


@scenario
def refusal(lesson, function, arguments):
    """Call a function with a count that is not possible; tell what it raised."""

    def program():
        given = [print if argument == "target" else argument for argument in arguments]
        try:
            getattr(lesson, function)(*given)
        except ValueError as error:
            return str(error)
        return None

    return simulate(program)


def _refused(submission, function, *arguments):
    run = submission.run(refusal, function=function, arguments=[*arguments, -3])
    if run.error is not None:
        raise Broken(
            "{function}() with count -3 should raise ValueError; it raised {type_name}",
            function=function,
            type_name=run.error.type_name,
        )
    message = ended_well(run)
    if message is None:
        raise Broken(
            "{function}() with count -3 should raise ValueError; it raised nothing",
            function=function,
        )
    if "-3" not in message:
        raise Broken(
            "the message of the ValueError should have the value -3: {message!r}", message=message
        )
    if len(run.threads) > 1:
        raise Broken("{function}() started a thread before it refused count -3", function=function)


@pytest.mark.task(1)
def test_a_negative_count_of_workers_is_refused(submission):
    """A negative count raises ValueError with the value, and nothing is started."""
    _refused(submission, "start_workers", "target")


@scenario
def announcers(lesson, count):
    def program():
        from threading import Thread

        made = lesson.start_announcers(count)
        end = {"type": type(made).__name__, "is_thread": issubclass(lesson.Announcer, Thread)}
        if isinstance(made, list):
            end["announcers"] = sum(isinstance(one, lesson.Announcer) for one in made)
            end["distinct"] = len({id(one) for one in made})
            if end["is_thread"] and end["announcers"] == len(made):
                end["started"] = sum(one.ident is not None for one in made)
                for one in made:
                    if one.ident is not None:
                        one.join()
        return end

    return simulate(program)


@scenario
def one_announcer(lesson):
    def program():
        announcer = lesson.Announcer()
        announcer.start()
        announcer.join()

    return simulate(program)


def _lines_by_thread(run):
    """Return how often each thread printed the line: its letter and a number."""
    counts = {thread.letter: run.lines(thread.letter).count(LINE) for thread in run.threads}
    return {letter: count for letter, count in counts.items() if count}


@pytest.mark.task(2)
def test_an_announcer_prints_its_line_in_its_own_thread(submission):
    """An Announcer that is started prints its line, in the new thread."""
    run = submission.run(one_announcer)
    ended_well(run)
    _printed_once_by(run, 1)


def _printed_once_by(run, count):
    printed = _lines_by_thread(run)
    if "m" in printed:
        raise Broken(
            "the line {line!r} was printed by the thread that made the announcer\n"
            "  __init__ and run() run where they are called; start() lets the new thread call run",
            line=LINE,
        )
    if sorted(printed.values()) != [1] * count:
        raise Broken(
            "the line {line!r} should be printed once by each of {count} announcers\n"
            "  printed in all: {lines}",
            line=LINE,
            count=count,
            lines=run.lines()[:10],
        )


@pytest.mark.task(2)
def test_every_announcer_is_started(submission):
    """start_announcers() returns as many announcers as it was asked for, all started."""
    run = submission.run(announcers, count=3)
    end = ended_well(run)
    if not end["is_thread"]:
        raise Broken("Announcer is not a subclass of Thread", shown_by=run)
    if end["type"] != "list":
        raise Broken(
            "start_announcers(3) should return a list, it returned a {type}",
            shown_by=run,
            type=end["type"],
        )
    if end["announcers"] != 3 or end["distinct"] != 3:
        raise Broken(
            "start_announcers(3) should return 3 different announcers\n"
            "  its list has {distinct} different things, {announcers} of them are announcers",
            shown_by=run,
            distinct=end["distinct"],
            announcers=end["announcers"],
        )
    if end["started"] != 3:
        raise Broken(
            "start_announcers(3) had started {started} announcers, not 3",
            shown_by=run,
            started=end["started"],
        )
    _printed_once_by(run, 3)


@pytest.mark.task(2)
def test_no_announcers_are_an_empty_list(submission):
    """A count of 0 gives an empty list, and nothing is printed."""
    run = submission.run(announcers, count=0)
    end = ended_well(run)
    if end["type"] != "list" or end["distinct"]:
        raise Broken("start_announcers(0) should return an empty list", shown_by=run)
    _printed_once_by(run, 0)


@pytest.mark.task(2)
def test_a_negative_count_of_announcers_is_refused(submission):
    """A negative count raises ValueError with the value, and nothing is started."""
    _refused(submission, "start_announcers")


@scenario
def called_from(lesson, name, every_schedule):
    """Call run_and_start in a thread of this name."""

    def program():
        from threading import Thread

        seen = []
        caller = Thread(target=lambda: seen.append(lesson.run_and_start()), name=name)
        caller.start()
        caller.join()
        return [list(pair) if isinstance(pair, tuple) else pair for pair in seen]

    return search(program, max_runs=50) if every_schedule else simulate(program)


def _wrong_pair(seen, name):
    """Return what is wrong with what run_and_start returned in a thread of this name."""
    if not seen:
        return said("run_and_start() did not return")
    if not isinstance(seen[0], list) or len(seen[0]) != 2:
        return said(
            "run_and_start() should return a pair of names, it returned {seen!r}", seen=seen[0]
        )
    ran, started = seen[0]
    told = said("  in a thread called {name!r} it returned {ran}", name=name, ran=(ran, started))
    if [started, ran] == [name, "started"]:
        return said(
            "the names are in the wrong order: first that of run(), then of start()\n{told}",
            told=told,
        )
    if ran != name:
        return said(
            "run() runs in the thread that calls it: its name comes first\n{told}", told=told
        )
    return said(
        "the second name should be 'started': the name of the thread that start() began, as "
        "it noted it itself\n"
        "{told}",
        told=told,
    )


@pytest.mark.task(3)
def test_run_stays_and_start_goes_elsewhere(submission):
    """run() runs in the thread that calls it, start() in the new one."""
    run = submission.run(called_from, name="my caller", every_schedule=False)
    failed = describe(run)
    if failed:
        raise Broken(failed)
    if run.value != [["my caller", "started"]]:
        raise Broken(_wrong_pair(run.value, "my caller"))
    if "started" not in [thread.name for thread in run.threads]:
        raise Broken("no thread with the name 'started' was started")


@pytest.mark.task(3)
def test_the_names_are_there_under_every_schedule(submission):
    """The names are looked at after both witnesses have noted them."""
    seen = submission.run(called_from, name="my caller", every_schedule=True)
    wanted = [["my caller", "started"]]
    for outcome in seen.outcomes:
        if any("ran_in" in failure.message for failure in outcome.run.uncaught.values()):
            raise Broken(
                "run_and_start() looked for ran_in before the started witness had stored it\n"
                "  {describe}\n"
                "  what tells you that a thread has ended?",
                describe=describe(outcome.run),
            )
    always(seen, wanted, lambda names: _wrong_pair(names, "my caller"))
