"""Hidden checks of lesson 06, task 3: start_gate."""

import pytest

from threadlings.checks import (
    EXACT_S,
    never_wrong,
    nothing_wrong,
    only_waited,
    told_s,
    waits_of_ours,
    waits_of_students,
)
from threadlings.engine import MAIN, search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import said


@scenario
def gates(lesson, counts, set_at_s, every_schedule=False):
    """Start a gate for so many runners, one gate after the other; open the last one first."""

    def program():
        import time
        from threading import Barrier, BrokenBarrierError, Thread, get_ident

        class Gate:
            wrong = ""

            def __init__(self, count):
                self.calls = [[] for _ in range(count)]
                self.together, self.apart = Barrier(max(1, count)), []
                answer = lesson.start_gate([self.make(number) for number in range(count)])
                self.started_s = time.monotonic()
                try:
                    threads, self.event = answer
                    self.threads = list(threads)
                except (TypeError, ValueError):
                    self.wrong = ["answer", repr(answer)]
                    return
                for thread in self.threads:
                    if not isinstance(thread, Thread):
                        self.wrong = ["thread", repr(thread)]
                if not (hasattr(self.event, "set") and hasattr(self.event, "is_set")):
                    self.wrong = ["event", repr(self.event)]

            def make(self, number):
                def runner():
                    self.calls[number].append([time.monotonic(), get_ident()])
                    if every_schedule:
                        return
                    try:
                        self.together.wait(10)
                    except BrokenBarrierError:
                        self.apart.append(number)

                return runner

            def look(self):
                self.was_set = self.event.is_set()
                self.alive = [thread.is_alive() for thread in self.threads]
                self.early = [len(calls) for calls in self.calls]

            def open(self):
                self.opened_s = time.monotonic()
                self.event.set()
                for thread, is_alive in zip(self.threads, self.alive, strict=True):
                    if is_alive:
                        thread.join()

            def told(self):
                theirs = {thread.ident for thread in self.threads}
                begins_s = [calls[0][0] - self.opened_s for calls in self.calls if calls]
                return {
                    "started_s": self.started_s,
                    "was_set": self.was_set,
                    "alive": self.alive,
                    "early": self.early,
                    "calls": [len(calls) for calls in self.calls],
                    "late_s": max(begins_s, default=0),
                    "apart": len(self.apart),
                    "elsewhere": [calls[0][1] not in theirs for calls in self.calls if calls],
                    "own": len({calls[0][1] for calls in self.calls if calls} - {get_ident()}),
                }

        every = []
        for count in counts:
            every.append(Gate(count))
            if every[-1].wrong:
                return {"wrong": every[-1].wrong}
        if set_at_s:
            time.sleep(set_at_s)
        for gate in every:
            gate.look()
        for place, gate in reversed(list(enumerate(every))):
            gate.open()
            for closed in every[:place]:
                closed.look()
        if every_schedule:
            return {"early": every[0].early, "calls": [len(calls) for calls in every[0].calls]}
        return {"wrong": "", "gates": [gate.told() for gate in every]}

    if every_schedule:
        return search(program, max_runs=60, max_decisions=300)
    return simulate(program, max_decisions=5_000)


def _too_early(end):
    for number, calls in enumerate(end["early"]):
        if calls:
            return said("runners[{number}] ran before the event was set", number=number)
    return ""


def _wrong_calls(end):
    """Return what is wrong with how often the runners were called, before and after."""
    for number, calls in enumerate(end["calls"]):
        if calls != 1:
            return _too_early(end) or said(
                "runners[{number}] was called {calls} times; each must be called once",
                number=number,
                calls=calls,
            )
    return _too_early(end)


def _wrong_answer(part, shown):
    if part == "answer":
        return said("it returned {shown}", shown=shown)
    if part == "thread":
        return said("in the list of threads is {shown}", shown=shown)
    return said("in the place of the event is {shown}", shown=shown)


def _gates(submission, *counts, set_at_s=7.123457):
    """Open the gates; require all that is promised of each of them."""
    run = submission.run(gates, counts=counts, set_at_s=set_at_s)
    if run.returned and run.value["wrong"]:
        raise Broken(
            "start_gate() should return two things: the list of threads, and the Event\n  {wrong}",
            wrong=_wrong_answer(*run.value["wrong"]),
        )
    if run.deadlock and not run.returned:
        students = waits_of_students(run)
        if MAIN not in waits_of_ours(run):
            raise Broken("start_gate() should not wait itself\n{students}", students=students)
        raise Broken(
            "not all the threads go on when the event is set\n{students}", students=students
        )
    ends = only_waited(run, said("a thread at the gate"))["gates"]
    for count, end in zip(counts, ends, strict=True):
        nothing_wrong(_wrong_gate(count, end))


def _wrong_gate(count, end):
    """Return what is wrong with a gate that was opened."""
    if end["was_set"]:
        return said("the event that start_gate() returned was set already")
    if _too_early(end):
        return _too_early(end)
    if end["started_s"] > EXACT_S:
        after = told_s(end["started_s"])
        return said("start_gate() should return at once; it returned after {after}", after=after)
    if len(end["alive"]) != count:
        return said(
            "{count} runners make {count} threads; there are {count_2}",
            count=count,
            count_2=len(end["alive"]),
        )
    if not all(end["alive"]):
        return said(
            "threads[{index}] is not alive while the event is not set\n"
            "  it was not started, or did not wait",
            index=end["alive"].index(False),
        )
    if _wrong_calls(end):
        return _wrong_calls(end)
    if end["own"] != count or end["apart"]:
        return said(
            "the runners did not run at the same time, each in a thread of its own\n"
            "  {count} runners ran in {own} threads",
            count=count,
            own=end["own"],
        )
    if any(end["elsewhere"]):
        return said(
            "runners[{number}] did not run in one of the threads that start_gate() returned",
            number=end["elsewhere"].index(True),
        )
    if end["late_s"] > EXACT_S:
        late = f"{end['late_s']:.6g} s"
        return said("a runner began {late} after the event was set, not at once", late=late)
    return ""


@pytest.mark.task(3)
def test_all_are_held_and_then_all_go(submission):
    """All the threads are held until the event is set; then every runner runs at once."""
    _gates(submission, 8)


@pytest.mark.task(3)
def test_the_threads_are_held_for_as_long_as_it_takes(submission):
    """Nobody runs before the event is set, however late that is."""
    _gates(submission, 2, set_at_s=500.123457)


@pytest.mark.task(3)
def test_each_gate_has_an_event_of_its_own(submission):
    """A gate stays closed when another one is opened; no runners make no threads."""
    try:
        _gates(submission, 2, 0, 3)
    except Broken as error:
        raise error.within("three gates, the last one opened first: {told}") from None


@pytest.mark.task(3)
def test_no_schedule_lets_a_runner_through(submission):
    """No runner runs too early or not at all, in whatever order the threads take turns."""
    seen = submission.run(gates, counts=[2], set_at_s=0, every_schedule=True)
    seen.outcomes = [each for each in seen.outcomes if "wrong" not in (each.value or {})]
    if seen.outcomes:
        never_wrong(seen, _wrong_calls)


@scenario
def gate_for_one_runner_twice(lesson):
    def program():
        calls = []
        threads, event = lesson.start_gate([lambda: calls.append(1)] * 2)
        event.set()
        for thread in threads:
            thread.join()
        return [len(threads), len(calls)]

    return simulate(program, max_decisions=5_000)


@pytest.mark.task(3)
def test_a_runner_may_be_in_the_list_twice(submission):
    """A runner that is in the list twice has two threads, and runs twice."""
    run = submission.run(gate_for_one_runner_twice)
    threads, calls = only_waited(run, said("a thread at the gate"))
    if (threads, calls) != (2, 2):
        raise Broken(
            "a function is in the list twice: that makes two runners\n"
            "  number of threads: {threads}; number of calls: {calls}",
            shown_by=run,
            threads=threads,
            calls=calls,
        )
