"""What you can check yourself in lesson 01. Run it with: pytest exercises/lesson01"""

import pytest

from threadlings.checks import (
    Broken,
    Starts,
    always,
    ended_well,
    nothing_wrong,
    number_of_name,
    refusal,
    refused,
    same_again,
    wrong_afterwards,
    wrong_with_threads,
)
from threadlings.engine import search, simulate
from threadlings.language import said


@pytest.mark.task(1)
def test_start_workers_does_not_wait_for_its_threads(lesson):
    """start_workers() returns at once, with threads that have been started."""

    def program():
        import time
        from threading import current_thread

        places = []

        def target():
            places.append(current_thread().name)
            time.sleep(60)

        threads = lesson.start_workers(target, 3)
        returned_s = time.monotonic()
        time.sleep(1)
        return {
            "returned_s": returned_s,
            "alive": sum(thread.is_alive() for thread in threads),
            "running": len(places),
            "mine": places.count(current_thread().name),
        }

    run = simulate(program)
    seen = ended_well(run)
    if seen["mine"]:
        raise Broken(
            "the target ran {mine} times in the thread that called start_workers()\n"
            "  who calls it: you, or the new thread after start()?",
            shown_by=run,
            mine=seen["mine"],
        )
    if seen["returned_s"] > 0:
        raise Broken(
            "start_workers() waited for its threads\n"
            "  its targets take 60 s; it returned after {returned_s} s, not at once",
            shown_by=run,
            returned_s=seen["returned_s"],
        )
    count = min(seen["alive"], seen["running"])
    if count != 3:
        raise Broken(
            "3 threads should be running the target, {count} are\n"
            "  a thread that was made does nothing until it is started",
            shown_by=run,
            count=count,
        )


@pytest.mark.task(1)
def test_each_worker_calls_the_target_once(lesson):
    """Three workers call the target three times, whoever comes first."""

    def program():
        calls = []
        for thread in lesson.start_workers(lambda: calls.append(1), 3):
            thread.join()
        return len(calls)

    always(
        search(program, max_runs=50),
        3,
        lambda count: said(
            "3 workers should call the target 3 times in all, not {count} times", count=count
        ),
    )


def second_call_stands_alone(function, start, wrong_with):
    """Require of a second call that its threads are its own; it is told what is wrong with them."""

    def called(runs):
        def program_of(counts):
            def program():
                books = [Starts() for _ in counts]
                for starts, count in zip(books, counts, strict=True):
                    starts.begin(start, starts.target, count)
                return [starts.told() for starts in books]

            return program

        return [simulate(program_of(counts)) for counts in runs]

    same_again(
        lambda scenario, runs: scenario(runs),
        called,
        function,
        first=4,
        second=3,
        wrong=lambda seen: wrong_with(seen, 3),
        afterwards=wrong_afterwards,
    )


@pytest.mark.task(1)
def test_a_second_call_starts_workers_of_its_own(lesson):
    """A second call returns a list of its own threads, in the order in which they were made."""

    def wrong_with(seen, count):
        wrong = wrong_with_threads(seen, f"start_workers(target, {count})", count)
        numbers = [number_of_name(name) for name in seen["names"]]
        if not wrong and None not in numbers and numbers != sorted(numbers):
            return said(
                "the threads should be in the order in which they were made, not {names}",
                names=seen["names"],
            )
        return wrong

    def start(target, count):
        return lesson.start_workers(target, count)

    second_call_stands_alone("start_workers", start, wrong_with)


@pytest.mark.task(1)
def test_a_negative_count_is_refused(lesson):
    """A negative count raises ValueError with the value in the message; nothing is started."""
    run = simulate(lambda: refusal(lesson.start_workers, print, -1))
    refused(run, "start_workers(target, -1)", -1)


@pytest.mark.task(2)
def test_each_announcer_prints_its_line_itself(lesson):
    """Two announcers print their line, each in its own thread."""

    def program():
        for announcer in lesson.start_announcers(2):
            announcer.join()

    run = simulate(program)
    ended_well(run)
    lines = [
        thread.letter
        for thread in run.threads
        for line in run.lines(thread.letter)
        if line == "This is a thread"
    ]
    if "m" in lines:
        raise Broken(
            "the line was printed by the main thread\n  run() is called there; start() lets the "
            "new thread call it",
            shown_by=run,
        )
    if lines != ["A", "B"]:
        raise Broken(
            "two announcers should print 'This is a thread' once each\n"
            "  number of such lines: {count}; printed in all: {lines}",
            shown_by=run,
            count=len(lines),
            lines=run.lines(),
        )


@pytest.mark.task(2)
def test_a_second_call_starts_announcers_of_its_own(lesson):
    """A second call returns a list of its own announcers."""

    def wrong_with(seen, count):
        return wrong_with_threads(seen, f"start_announcers({count})", count)

    def start(_target, count):
        return lesson.start_announcers(count)

    second_call_stands_alone("start_announcers", start, wrong_with)


@pytest.mark.task(2)
def test_announcers_are_threads(lesson):
    """Announcer is a subclass of Thread, and start_announcers() returns announcers."""

    def program():
        from threading import Thread

        announcers = lesson.start_announcers(2)
        are_announcers = all(isinstance(each, lesson.Announcer) for each in announcers)
        return [issubclass(lesson.Announcer, Thread), are_announcers]

    is_thread, are_announcers = ended_well(simulate(program))
    if not is_thread:
        raise Broken("Announcer should be a class like this: class Announcer(Thread)")
    if not are_announcers:
        raise Broken("start_announcers(2) should return two announcers, not threads of other kinds")


@pytest.mark.task(2)
def test_a_negative_number_of_announcers_is_refused(lesson):
    """A negative count raises ValueError with the value in the message; nothing is started."""
    run = simulate(lambda: refusal(lesson.start_announcers, -1))
    refused(run, "start_announcers(-1)", -1)


@pytest.mark.task(3)
def test_a_second_pair_comes_from_other_witnesses(lesson):
    """Called again, in a thread called other, run_and_start() returns other and started."""

    def program():
        from threading import Thread

        pairs = [list(lesson.run_and_start())]
        other = Thread(target=lambda: pairs.append(list(lesson.run_and_start())), name="other")
        other.start()
        other.join()
        return pairs

    pairs = ended_well(simulate(program))
    wanted = [["MainThread", "started"], ["other", "started"]]
    nothing_wrong(
        pairs != wanted
        and said(
            "run_and_start(), called by the main thread and then by one called 'other'\n"
            "  should return {wanted}, it returned {pairs}",
            wanted=wanted,
            pairs=pairs,
        )
    )


@pytest.mark.task(3)
def test_run_stays_here_and_start_goes_elsewhere(lesson):
    """run() runs in the thread that calls it, start() in the new one."""
    always(
        search(lambda: list(lesson.run_and_start()), max_runs=50),
        ["MainThread", "started"],
        lambda names: said(
            "run_and_start() should return ('MainThread', 'started'), it returned {names}\n"
            "  has the started thread noted its name before you look?",
            names=names,
        ),
    )
