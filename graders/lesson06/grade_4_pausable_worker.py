"""Hidden checks of lesson 06, task 4: PausableWorker."""

import pytest

from threadlings.checks import (
    EXACT_S,
    busy_waits,
    describe,
    ended_well,
    errors_first,
    others_alive,
    told_s,
    waits_of_students,
    wakings,
)
from threadlings.engine import simulate
from threadlings.grading import Broken, scenario_with
from threadlings.language import lines, said

MOST_STEPS = 150
"""More than the laps of a loop that was thought to be long enough."""


@scenario_with(others_alive, wakings)
def lives(lesson, plans, most_steps):
    """Lead a worker through each plan, in virtual time.

    A plan has the interval, how long each step takes (the last of the list, and all after it,
    take as long as the last), [method, at_s] for each call, and whether the calls are made apart,
    each in a thread of its own.
    """

    def life(interval_s, steps_s, calls, apart):
        steps, answers = [], []

        def program():
            import time
            from threading import Thread, current_thread

            class InCallerError(BaseException):
                pass

            caller = current_thread()

            def step(*arguments):
                if len(steps) >= most_steps:
                    raise SystemExit
                if steps and current_thread() is caller:
                    raise InCallerError
                mine = [list(arguments), time.monotonic(), None]
                takes_s = steps_s[min(len(steps), len(steps_s) - 1)]
                steps.append(mine)
                if takes_s:
                    time.sleep(takes_s)
                mine[2] = time.monotonic()
                return len(steps) % 2 == 0  # Which says nothing.

            step.__qualname__ = "step"  # An error of the call names it.
            worker = lesson.PausableWorker(step, interval_s)
            for method, at_s in calls:
                if at_s > time.monotonic():
                    time.sleep(at_s - time.monotonic())
                mine = {"method": method, "called_s": time.monotonic(), "returned_s": None}
                answers.append(mine)
                try:
                    if apart:
                        thread = Thread(
                            target=getattr(worker, method), name=f"caller of {method}()"
                        )
                        thread.start()
                        thread.join()
                    else:
                        getattr(worker, method)()
                except InCallerError:
                    mine["in_caller"] = True
                    return
                mine["returned_s"] = time.monotonic()
                mine["alive"] = others_alive()
            time.sleep(5.3 * interval_s)

        run = simulate(program, max_decisions=20_000)
        woken, woken_at = wakings(run)
        run.timeline.clear()
        return {"run": run, "steps": steps, "calls": answers, "woken": woken, "woken_at": woken_at}

    return [life(**plan) for plan in plans]


class Life:
    """What a worker did under one plan, and what is wrong with it.

    Args:
        plan: The interval, the length of the steps, and the calls.
        begins_s: When each step should begin, in the order of the numbers.
        data: What was seen.
    """

    def __init__(self, plan, begins_s, data):
        self.plan, self.begins_s, self.run = plan, begins_s, data["run"]
        self.steps, self.calls = data["steps"], data["calls"]
        self.woken, self.woken_at = data["woken"], data["woken_at"]

    def refuse(self, wrong, evidence=""):
        """Raise what is wrong, if anything is, with what was done with the worker."""
        calls = ", ".join(f"{name}() at {told_s(at_s)}" for name, at_s in self.plan["calls"])
        lasts = ", ".join(f"{takes_s:g}" for takes_s in self.plan["steps_s"])
        each = said("each step takes" if len(self.plan["steps_s"]) == 1 else "the steps take")
        story = f"  interval_s={self.plan['interval_s']}, {each} {lasts} s\n  {calls}"
        if wrong:
            raise Broken(lines(*filter(None, [wrong, story, evidence])))

    def require_an_orderly_life(self):
        """Require that no TODO is left, that all calls returned and nobody raised an error."""
        if self.run.error or self.run.uncaught:
            ended_well(errors_first(self.run))
        if self.run.exhausted:
            self.require_no_polling()
        for call in self.calls:
            if call.get("in_caller"):
                self.refuse(
                    said(
                        "the steps are taken in the thread that called {method}()\n"
                        "  the worker needs a thread of its own",
                        method=call["method"],
                    )
                )
            if call["returned_s"] is None:
                why = waits_of_students(self.run) if self.run.deadlock else describe(self.run)
                self.refuse(said("{method}() never returned", method=call["method"]), why)
        if not self.calls:
            never = said("PausableWorker(step, interval_s) never returned")
            self.refuse(never, describe(self.run))

    def require_the_steps(self):
        """Require the right numbers at the right times."""
        for place, (arguments, begin_s, _end_s) in enumerate(self.steps):
            self.refuse(self._wrong_number(place, arguments))
            self.refuse(self._wrong_time(place, begin_s))
        missing = len(self.steps)
        if missing < len(self.begins_s):
            headline = said(
                "step({missing}) never began; it should begin at {begin_s}",
                missing=missing,
                begin_s=told_s(self.begins_s[missing]),
            )
            self.refuse(headline, describe(self.run))
        ended_well(self.run)

    def require_the_end(self):
        """Require that stop() returned in time, and after the thread had ended."""
        for call in self.calls:
            if call["method"] == "stop":
                self.refuse(self._wrong_stop(call))

    def require_no_polling(self):
        """Require that nobody woke up much more often than there was something to do."""
        if self.run.busy_waits:
            self.refuse(said("it waits by burning time"), busy_waits(self.run))
        count = len(self.steps) + len(self.calls)
        if self.woken > 20 + 5 * count:
            self.refuse(
                said(
                    "it wakes up again and again to look whether something has changed\n"
                    "  steps and calls: {count}; it woke up {woken} times, most often at "
                    "{woken_at}",
                    count=count,
                    woken=self.woken,
                    woken_at=self.woken_at,
                )
            )
        ended_well(self.run)

    def _wrong_stop(self, call):
        called_s, returned_s = call["called_s"], call["returned_s"]
        for _arguments, begin_s, end_s in self.steps:
            is_begun = begin_s <= returned_s + EXACT_S
            if is_begun and (end_s is None or end_s > returned_s + EXACT_S):
                return said("stop() returned before the thread had ended: a step was under way")
        if call["alive"]:
            return said(
                "stop() returned before the thread had ended\n  still alive: {alive}",
                alive=", ".join(call["alive"]),
            )
        ends_s = [end_s for _arguments, begin_s, end_s in self.steps if begin_s < called_s < end_s]
        latest_s = max(ends_s, default=called_s) + self.plan["interval_s"]
        if returned_s > latest_s + EXACT_S:
            return said(
                "stop() took longer than one interval\n"
                "  called at {seconds}, returned at {seconds_2}",
                seconds=told_s(called_s),
                seconds_2=told_s(returned_s),
            )
        return ""

    def _wrong_number(self, place, arguments):
        if arguments == [place]:
            return ""
        called = f"step({', '.join(map(repr, arguments))})"
        if arguments in [before for before, _begin_s, _end_s in self.steps[:place]]:
            return said(
                "{called} came twice; step({place}) should come then", called=called, place=place
            )
        if len(arguments) == 1 and isinstance(arguments[0], int) and arguments[0] > place:
            return said(
                "step({place}) was left out; {called} came in its place", place=place, called=called
            )
        return said("step({place}) should come, but {called} came", place=place, called=called)

    def _wrong_time(self, place, begin_s):
        right_s = self.begins_s[place] if place < len(self.begins_s) else None
        if right_s is not None and abs(begin_s - right_s) <= EXACT_S:
            return ""
        begun = said("step({place}) began at {seconds}", place=place, seconds=told_s(begin_s))
        stopped_s = next((c["called_s"] for c in self.calls if c["method"] == "stop"), None)
        if right_s is None and stopped_s is not None and begin_s >= stopped_s - EXACT_S:
            return said(
                "step({place}) began when stop() was called{held}: {when}",
                place=place,
                held=said(" although a pause held it") if self._is_paused(stopped_s) else "",
                when=said(
                    "at {seconds}; stop() was called at {seconds_2}",
                    seconds=told_s(begin_s),
                    seconds_2=told_s(stopped_s),
                ),
            )
        if (right_s is None or begin_s < right_s) and self._is_paused(begin_s):
            return said("{told}, while the worker was paused", told=begun)
        if right_s is None:
            return said("{told}, and should not begin at all", told=begun)
        how = said("too early") if begin_s < right_s else said("too late")
        right = told_s(right_s)
        return said("{told}, {how}: {seconds} is right", told=begun, how=how, seconds=right)

    def _is_paused(self, moment_s):
        """Return True if the worker had been paused before that moment, and not resumed by then."""
        paused = False
        for call in self.calls:
            if call["method"] == "pause" and call["called_s"] < moment_s - EXACT_S:
                paused = True
            if call["method"] == "resume" and call["called_s"] < moment_s + EXACT_S:
                paused = False
        return paused


def _lives(submission, *plans, apart=False):
    """Lead a worker through each plan; require that nothing went wrong but for the steps.

    A plan has the interval, how long the steps take, the calls after start(), and when each
    step should begin.
    """
    asked = []
    for interval_s, steps_s, calls, _begins_s in plans:
        pairs = [call.split() for call in f"start 0, {calls}".split(", ")]
        called = [[method, float(at_s)] for method, at_s in pairs]
        plan = {"interval_s": interval_s, "steps_s": steps_s, "calls": called, "apart": apart}
        asked.append(plan)
    answers = submission.run(lives, plans=asked, most_steps=MOST_STEPS)
    seen = zip(asked, (begins_s for *_plan, begins_s in plans), answers, strict=True)
    every = [Life(*each) for each in seen]
    for life in every:
        life.require_an_orderly_life()
    return every


@pytest.mark.task(4)
def test_steps_come_one_interval_after_each_other(submission):
    """step(0) comes at once, each next one interval_s after the one before returned."""
    for life in _lives(
        submission,
        (10, [3], "stop 31.5", [0, 13, 26]),
        (0.5, [0, 1.25, 0.0625], "stop 4.03125", [0, 0.5, 2.25, 2.8125, 3.375, 3.9375]),
        (1, [0], "stop 120.5", [*range(121)]),
    ):
        life.require_the_steps()


@pytest.mark.task(4)
def test_a_pause_holds_the_worker_before_its_next_step(submission):
    """A pause holds the worker; resumed, it goes on with the same number, at the right time."""
    notebook = "pause 3.1, resume 8.2, pause 10.1, resume 15.3, stop 16.9"
    for life in _lives(
        submission,
        # Resumed long after the next step was due; and in the middle of the interval.
        (10, [3], "pause 4, resume 47.25, stop 64.5", [0, 47.25, 60.25]),
        (10, [3], "pause 4, resume 6.5, stop 14.5", [0, 13]),
        # Paused twice, resumed once.
        (10, [3], "pause 4, pause 5, resume 47.25, stop 64.5", [0, 47.25, 60.25]),
        (10, [3], "pause 4, pause 20, resume 47.25, stop 64.5", [0, 47.25, 60.25]),
        # Paused in a step; resumed in the same, in the interval after it, and much later.
        (10, [3], "pause 1, resume 2, stop 17.5", [0, 13]),
        (10, [3], "pause 1, resume 5.5, stop 17.5", [0, 13]),
        (10, [3], "pause 1, resume 30.5, stop 45", [0, 30.5, 43.5]),
        # The notebook's set, clear, set, twice over.
        (1, [0.25], notebook, [0, 1.25, 2.5, 8.2, 9.45, 15.3, 16.55]),
    ):
        life.require_the_steps()


@pytest.mark.task(4)
def test_stop_ends_the_thread(submission):
    """stop() ends the thread, also when paused, in time, and returns after it has ended."""
    for life in _lives(
        submission,
        (10, [3], "stop 31.5, stop 33.1, stop 60.7", [0, 13, 26]),
        (10, [3], "pause 4, stop 25.3, stop 60.7", [0]),
        (10, [3], "pause 4, stop 5.7", [0]),
        (10, [3], "pause 4, pause 20, stop 25.3", [0]),
        (10, [3, 55], "stop 14.2", [0, 13]),
        (10, [3, 55], "pause 14.2, stop 21.4", [0, 13]),
        (10, [3], "pause 4, resume 20.1, pause 24.3, stop 99.7", [0, 20.1]),
    ):
        life.require_the_end()
        life.require_the_steps()


@pytest.mark.task(4)
def test_the_worker_only_waits(submission):
    """A worker that is paused, or between two steps, neither burns time nor keeps looking."""
    many = [13.5 * number for number in range(30)]
    for life in _lives(
        submission,
        (10, [3], "pause 4, resume 2004.5, stop 2009.1", [0, 2004.5]),
        (5000, [3], "stop 5010.1", [0, 5003]),
        (10, [3.5], "stop 397.3", many),
        (10, [3, 700], "stop 14.2", [0, 13]),
    ):
        life.require_no_polling()


@pytest.mark.task(4)
def test_any_thread_may_call(submission):
    """Any thread may call any of the four: not only the one that started or paused the worker."""
    plan = (10, [3], "pause 4, resume 47.25, pause 50.5, stop 55", [0, 47.25])
    try:
        for life in _lives(submission, plan, apart=True):
            life.require_the_end()
            life.require_the_steps()
    except Broken as error:
        raise error.within("each call comes from another thread: {told}") from None
