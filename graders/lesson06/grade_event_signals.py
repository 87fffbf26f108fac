"""Hidden checks of lesson 06: Event."""

from dataclasses import replace

import pytest

from threadlings.checks import always, busy_waits, describe, ended_well
from threadlings.engine import MAIN, Ending, Outcome, Search, search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import Text, lines, said

EXACT_S = 1e-6
"""Virtual time is exact but for rounding: who looks every so often is later than this."""

CHECK = "<check>"
"""What the lines of a scenario are called in a run."""


def _seconds(moment_s):
    return f"{round(moment_s, 3):g} s"


MOST_NAMED = 3
"""How many threads that do the same are named in a message."""


def _errors_first(run):
    """Return the run without what is only the consequence of an error in it."""
    if run.error or run.uncaught:
        return replace(run, deadlock=[], livelock=[], exhausted=False)
    return replace(run, livelock=run.livelock[:MOST_NAMED], busy_waits=run.busy_waits[:MOST_NAMED])


def _only_waited(run, name):
    """Require that a program ended well and that nobody burnt time in it; return its value."""
    run = _errors_first(run)
    if run.exhausted:
        raise Broken(
            "{name} still went round and round after very many turns\n"
            "  who waits need not look again and again\n"
            "{describe}",
            name=name,
            describe=describe(run),
        )
    value = ended_well(run)
    if run.busy_waits:
        raise Broken(
            "{name} waits by burning time\n{busy_waits}",
            shown_by=run,
            name=name,
            busy_waits=busy_waits(run),
        )
    return value


def _students(run):
    """Return who waits for whom; what our own lines wait for is none of a student's business."""
    waits = [w for w in run.deadlock if w.place is None or w.place.file != CHECK]
    return describe(replace(run, deadlock=waits[:MOST_NAMED])) if waits else ""


def _place_of_main(run):
    """Return the file of the line at which the main thread waits for ever; None if it does not."""
    places = [wait.place for wait in run.deadlock if wait.thread == MAIN]
    return places[0].file if places and places[0] else None


# -- task 1: wait_for_signal ------------------------------------------------------------------


@scenario
def waits_for_signals(lesson, waits, every_schedule=False):
    """Let threads call wait_for_signal; set the event after a while, or before all.

    Each wait says how many threads there are, and after how many seconds the event is set.
    """

    def wait(count, set_at_s):
        def program():
            import time
            from threading import Event, Thread

            event, wait_for_signal = Event(), lesson.wait_for_signal
            logs, ended_s = [["begin"] for _ in range(count)], [None] * count

            def work(number):
                wait_for_signal(event, logs[number])
                ended_s[number] = time.monotonic()

            threads = [Thread(target=work, args=(number,)) for number in range(count)]
            if not set_at_s:
                event.set()
            for thread in threads:
                thread.start()
            if not every_schedule:
                time.sleep(set_at_s)
            before = [list(log) for log in logs]
            event.set()
            for thread in threads:
                thread.join()
            story = {"logs": [list(log) for log in logs], "is_set": event.is_set()}
            if every_schedule:  # The first line may be there before the event is set, or later.
                return {**story, "early": [len(log) > 2 for log in before]}
            return {**story, "before": before, "ended_s": ended_s}

        if every_schedule:
            return search(program, max_runs=60, max_decisions=300)
        return simulate(program, max_decisions=20_000)

    return [wait(*plan) for plan in waits]


LOG_BEFORE = ["begin", "wait for the event"]
LOG_AFTER = [*LOG_BEFORE, "event set : True"]
NOT_WAITED = said("wait_for_signal() did not wait: the event was not set yet")
CLEARED = said(
    "wait_for_signal() cleared the event\n"
    "  it belongs to whoever sets it: others may be waiting for it too"
)


def _wrong_log(log, expected):
    if log[:1] != ["begin"]:
        return said("the log lost what was in it: it had ['begin'], it has {log}", log=log)
    if log != expected:
        return said(
            "the log should have {expected}, it has {log}", expected=expected[1:], log=log[1:]
        )
    return ""


def _signalled(submission, *waits):
    """Require that all the waits go as they should."""
    for run, (_count, set_at_s) in zip(
        submission.run(waits_for_signals, waits=waits), waits, strict=True
    ):
        end = _only_waited(run, "wait_for_signal()")
        for log in end["before"] if set_at_s else []:
            if log == LOG_AFTER:
                raise Broken(NOT_WAITED)
            wrong = _wrong_log(log, LOG_BEFORE)
            if wrong:
                raise Broken("while the event is not set, {wrong}", wrong=wrong)
        for log in end["logs"]:
            wrong = _wrong_log(log, LOG_AFTER)
            if wrong:
                raise Broken("after the event was set, {wrong}", wrong=wrong)
        if not end["is_set"]:
            raise Broken(CLEARED)
        for ended_s in end["ended_s"]:
            if ended_s > set_at_s + EXACT_S:
                raise Broken(
                    "wait_for_signal() went on later than the event was set\n"
                    "  set after {set_at_s} s, went on after {ended_s:.9g} s: who looks "
                    "every so often "
                    "comes late",
                    set_at_s=set_at_s,
                    ended_s=ended_s,
                )


@pytest.mark.task(1)
def test_it_waits_until_the_event_is_set(submission):
    """The first line comes at once, the second as soon as the event is set."""
    _signalled(submission, [1, 7.123457], [1, 500.123457])


@pytest.mark.task(1)
def test_an_event_that_is_set_already(submission):
    """If the event is set already, both lines come at once."""
    _signalled(submission, [1, 0])


@pytest.mark.task(1)
def test_several_threads_wait_for_one_event(submission):
    """One event lets all go that wait for it, and stays set."""
    _signalled(submission, [3, 7.123457])
    (seen,) = submission.run(waits_for_signals, waits=[[2, 1]], every_schedule=True)
    expected = {"logs": [LOG_AFTER] * 2, "is_set": True, "early": [False] * 2}

    def told(end):
        if any(end["early"]):
            return NOT_WAITED
        if not end["is_set"]:
            return CLEARED
        return next(filter(None, (_wrong_log(log, LOG_AFTER) for log in end["logs"])), "")

    always(seen, expected, told)


# -- task 2: wait_briefly ---------------------------------------------------------------------


@scenario
def brief_waits(lesson, waits):
    """Call wait_briefly for each of [seconds, set_at_s]; the event is set after set_at_s."""

    def wait(seconds, set_at_s):
        def program():
            import time
            from threading import Event, Thread

            event = Event()

            def signal():
                time.sleep(set_at_s)
                event.set()

            signaller = Thread(target=signal)
            if set_at_s:
                signaller.start()
            else:
                event.set()
            answer = lesson.wait_briefly(event, seconds)
            took_s, is_set = time.monotonic(), event.is_set()
            if set_at_s:
                signaller.join()
            return {"answer": answer, "took_s": took_s, "is_set": is_set}

        return simulate(program, max_decisions=20_000)

    return [wait(*plan) for plan in waits]


def _answers(submission, *waits):
    """Require answers that are right, and as early as they can be known."""
    for run, plan in zip(submission.run(brief_waits, waits=waits), waits, strict=True):
        _answered(_only_waited(run, "wait_briefly()"), *plan)


def _answered(end, seconds, set_at_s):
    answer, took_s = end["answer"], end["took_s"]
    fact = (
        said("the event was set after {set_at_s} s", set_at_s=set_at_s)
        if set_at_s
        else said("the event was set already")
    )
    told = said(
        "  wait_briefly(event, {seconds}) returned {answer!r} after {took_s:.9g} s; {fact}",
        seconds=seconds,
        answer=answer,
        took_s=took_s,
        fact=fact,
    )
    in_time = set_at_s < seconds or not set_at_s
    expected, known_s = ("set", set_at_s) if in_time else ("timeout", seconds)
    if answer is None:
        raise Broken(
            "wait_briefly() returned None, {expected!r} is right\n{told}",
            expected=expected,
            told=told,
        )
    if answer != expected:
        raise Broken(
            "wait_briefly() should return {expected!r}, it returned {answer!r}\n{told}",
            expected=expected,
            answer=answer,
            told=told,
        )
    if took_s < known_s - EXACT_S:
        raise Broken("wait_briefly() returned before it could know\n{told}", told=told)
    if took_s > known_s + EXACT_S:
        limit = (
            said("the event was set")
            if in_time
            else said("the {seconds} s allowed", seconds=seconds)
        )
        raise Broken(
            "wait_briefly() waited longer than until {limit}\n{told}", limit=limit, told=told
        )
    if in_time and not end["is_set"]:
        raise Broken("wait_briefly() cleared the event\n{told}", told=told)


@pytest.mark.task(2)
def test_set_as_soon_as_the_event_is_set(submission):
    """The answer "set" comes as soon as the event is set."""
    _answers(submission, [60, 1.234567], [1_000, 500.123457])


@pytest.mark.task(2)
def test_timeout_when_the_time_is_up(submission):
    """The answer "timeout" comes when the time is up and the event is not set."""
    _answers(submission, [2.5, 60], [0.123457, 1])


@pytest.mark.task(2)
def test_no_waiting_where_the_answer_is_known(submission):
    """The answer comes at once if the event is set already, or the limit is 0 s."""
    _answers(submission, [30, 0], [0, 0], [0, 30])


@scenario
def brief_wait_and_signal(lesson):
    def program():
        from threading import Event, Thread

        event = Event()
        signaller = Thread(target=event.set)
        signaller.start()
        answer = lesson.wait_briefly(event, 5)
        is_set = event.is_set()
        signaller.join()
        return [answer, is_set]

    return search(program, max_runs=50, max_decisions=300)


def _wrong_guess(end):
    answer, is_set = end
    if answer == "set" and not is_set:
        return said("wait_briefly() returned 'set', but the event was not set")
    if answer not in ("set", "timeout"):
        return said(
            "wait_briefly() should return 'set' or 'timeout', it returned {answer!r}", answer=answer
        )
    return ""


@pytest.mark.task(2)
def test_the_answer_is_never_a_guess(submission):
    """Whenever the event is set: "set" is said only after it was."""
    seen = submission.run(brief_wait_and_signal)
    always(_with_complaints(seen.outcomes, _wrong_guess), "", lambda wrong: wrong)


def _with_complaints(outcomes, wrong):
    """Return a search with, for each value, what is wrong with it in its place."""
    told = [replace(o, value=wrong(o.value)) if o.kind == Ending.VALUE else o for o in outcomes]
    return Search(outcomes=told)


# -- task 3: start_gate -----------------------------------------------------------------------


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
                begins_s = [calls[0][0] - self.opened_s for calls in self.calls if calls]
                return {
                    "started_s": self.started_s,
                    "was_set": self.was_set,
                    "alive": self.alive,
                    "early": self.early,
                    "calls": [len(calls) for calls in self.calls],
                    "late_s": max(begins_s, default=0),
                    "apart": len(self.apart),
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


def _wrong_calls(end):
    """Return what is wrong with how often the runners were called, before and after."""
    for number, calls in enumerate(end["early"]):
        if calls:
            return said("runners[{number}] ran before the event was set", number=number)
    for number, calls in enumerate(end["calls"]):
        if calls != 1:
            return said(
                "runners[{number}] was called {calls} times; each must be called once",
                number=number,
                calls=calls,
            )
    return ""


def _wrong_gate(part, shown):
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
            wrong=_wrong_gate(*run.value["wrong"]),
        )
    if run.deadlock and not run.returned:
        if _place_of_main(run) != CHECK:
            raise Broken("start_gate() should not wait itself\n{students}", students=_students(run))
        raise Broken(
            "not all the threads go on when the event is set\n{students}", students=_students(run)
        )
    ends = _only_waited(run, said("a thread at the gate"))["gates"]
    for count, end in zip(counts, ends, strict=True):
        _opened(count, end)


def _opened(count, end):
    if end["was_set"]:
        raise Broken("the event that start_gate() returned was set already")
    for number, calls in enumerate(end["early"]):
        if calls:
            raise Broken("runners[{number}] ran before the event was set", number=number)
    if end["started_s"] > EXACT_S:
        after = _seconds(end["started_s"])
        raise Broken("start_gate() should return at once; it returned after {after}", after=after)
    if len(end["alive"]) != count:
        raise Broken(
            "{count} runners make {count} threads; there are {count_2}",
            count=count,
            count_2=len(end["alive"]),
        )
    if not all(end["alive"]):
        raise Broken(
            "threads[{index}] is not alive while the event is not set\n"
            "  it was not started, or did not wait",
            index=end["alive"].index(False),
        )
    wrong = _wrong_calls(end)
    if wrong:
        raise Broken(wrong)
    if end["own"] != count or end["apart"]:
        raise Broken(
            "the runners did not run at the same time, each in a thread of its own\n"
            "  {count} runners ran in {own} threads",
            count=count,
            own=end["own"],
        )
    if end["late_s"] > EXACT_S:
        late = f"{end['late_s']:.6g} s"
        raise Broken("a runner began {late} after the event was set, not at once", late=late)


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
    outcomes = [outcome for outcome in seen.outcomes if "wrong" not in (outcome.value or {})]
    if outcomes:
        always(_with_complaints(outcomes, _wrong_calls), "", lambda wrong: wrong)


# -- task 4: PausableWorker -------------------------------------------------------------------

MOST_STEPS = 100


@scenario
def lives(lesson, plans, most_steps):
    """Lead a worker through each plan, in virtual time.

    A plan has the interval, how long each step takes (the last of the list, and all after it,
    take as long as the last), and [at_s, method] for each call.
    """
    from collections import Counter

    def life(interval_s, steps_s, calls):
        steps, answers = [], []

        def program():
            import threading
            import time

            class InCallerError(BaseException):
                pass

            caller = threading.current_thread()

            def step(*arguments):
                if len(steps) >= most_steps:
                    raise SystemExit
                if steps and threading.current_thread() is caller:
                    raise InCallerError
                mine = [list(arguments), time.monotonic(), None]
                takes_s = steps_s[min(len(steps), len(steps_s) - 1)]
                steps.append(mine)
                if takes_s:
                    time.sleep(takes_s)
                mine[2] = time.monotonic()

            step.__qualname__ = "step"  # An error of the call names it.
            worker = lesson.PausableWorker(step, interval_s)
            for at_s, method in calls:
                if at_s > time.monotonic():
                    time.sleep(at_s - time.monotonic())
                mine = {"method": method, "called_s": time.monotonic(), "returned_s": None}
                answers.append(mine)
                try:
                    getattr(worker, method)()
                except InCallerError:
                    mine["in_caller"] = True
                    return
                mine["returned_s"] = time.monotonic()
                mine["alive"] = [t.name for t in threading.enumerate() if t is not caller]
            time.sleep(5.3 * interval_s)

        run = simulate(program, max_decisions=20_000)
        woken = [
            str(span.place) if span.place else "a line of the library"
            for span in run.timeline
            if span.state != "running" and (span.place is None or span.place.file != "<check>")
        ]
        run.timeline.clear()
        return {
            "run": run,
            "steps": steps,
            "calls": answers,
            "woken": len(woken),
            "woken_at": Counter(woken).most_common(1)[0][0] if woken else "",
        }

    return [life(**plan) for plan in plans]


class Life:
    """What a worker did under one plan, and what is wrong with it.

    Args:
        plan: The interval, the length of the steps, and the calls.
        begins_s: When each step should begin, in the order of the numbers.
        data: What was seen.
    """

    def __init__(self, plan, begins_s, data):
        self.plan = plan
        self.begins_s = begins_s
        self.run = data["run"]
        self.steps, self.calls = data["steps"], data["calls"]
        self.woken, self.woken_at = data["woken"], data["woken_at"]

    @property
    def story(self):
        """What was done with the worker, on one or two lines."""
        calls = ", ".join(f"{name}() at {_seconds(at_s)}" for at_s, name in self.plan["calls"])
        lasts = ", ".join(f"{takes_s:g}" for takes_s in self.plan["steps_s"])
        each = said(
            said("each step takes") if len(self.plan["steps_s"]) == 1 else said("the steps take")
        )
        return f"  interval_s={self.plan['interval_s']}, {each} {lasts} s\n  {calls}"

    def require_an_orderly_life(self):
        """Require that all calls returned and nobody raised an error."""
        self.require_no_error()
        if self.run.exhausted:
            self.require_no_polling()
        for call in self.calls:
            if call.get("in_caller"):
                self._broken(
                    said(
                        "the steps are taken in the thread that called {method}()\n"
                        "  the worker needs a thread of its own",
                        method=call["method"],
                    )
                )
            if call["returned_s"] is None:
                why = _students(self.run) if self.run.deadlock else describe(self.run)
                self._broken(said("{method}() never returned", method=call["method"]), why)
        if not self.calls:
            self._broken(
                said("PausableWorker(step, interval_s) never returned"), describe(self.run)
            )

    def require_no_error(self):
        """Require that no TODO is left and that nobody raised an error."""
        if self.run.error or self.run.uncaught:
            ended_well(_errors_first(self.run))

    def require_the_steps(self):
        """Require the right numbers at the right times."""
        for place, (arguments, begin_s, _end_s) in enumerate(self.steps):
            if arguments != [place]:
                self._wrong_number(place, arguments)
            if place >= len(self.begins_s):
                self._one_too_many(place, begin_s)
            expected_s = self.begins_s[place]
            if abs(begin_s - expected_s) > EXACT_S:
                self._wrong_time(place, begin_s, expected_s)
        if len(self.steps) < len(self.begins_s):
            missing = len(self.steps)
            begin_s = _seconds(self.begins_s[missing])
            headline = said(
                "step({missing}) never began; it should begin at {begin_s}",
                missing=missing,
                begin_s=begin_s,
            )
            self._broken(headline, describe(self.run))
        ended_well(self.run)

    def require_the_end(self):
        """Require that stop() returned in time, and after the thread had ended."""
        for call in self.calls:
            if call["method"] != "stop":
                continue
            for _arguments, begin_s, end_s in self.steps:
                is_begun = begin_s <= call["returned_s"] + EXACT_S
                if is_begun and (end_s is None or end_s > call["returned_s"] + EXACT_S):
                    self._broken(
                        said("stop() returned before the thread had ended: a step was under way")
                    )
            if call["alive"]:
                self._broken(
                    said(
                        "stop() returned before the thread had ended\n  still alive: {alive}",
                        alive=", ".join(call["alive"]),
                    )
                )
            under_way_s = max(
                (s[2] for s in self.steps if s[1] < call["called_s"] < s[2]),
                default=call["called_s"],
            )
            latest_s = under_way_s + self.plan["interval_s"]
            if call["returned_s"] > latest_s + EXACT_S:
                self._broken(
                    said(
                        "stop() took longer than one interval\n"
                        "  called at {seconds}, returned at {seconds_2}",
                        seconds=_seconds(call["called_s"]),
                        seconds_2=_seconds(call["returned_s"]),
                    )
                )

    def require_no_polling(self):
        """Require that nobody woke up much more often than there was something to do."""
        if self.run.busy_waits:
            self._broken(said("it waits by burning time"), busy_waits(self.run))
        if self.woken > 20 + 5 * (len(self.steps) + len(self.calls)):
            self._broken(
                said(
                    "it wakes up again and again to look whether something has changed\n"
                    "  steps and calls: {count}; it woke up {woken} times, most often at "
                    "{woken_at}",
                    count=len(self.steps) + len(self.calls),
                    woken=self.woken,
                    woken_at=self.woken_at,
                )
            )
        ended_well(self.run)

    def _wrong_number(self, place, arguments):
        called = f"step({', '.join(map(repr, arguments))})"
        before = [arguments for arguments, _begin_s, _end_s in self.steps[:place]]
        if arguments in before:
            self._broken(
                said(
                    "{called} came twice; step({place}) should come then",
                    called=called,
                    place=place,
                )
            )
        if len(arguments) == 1 and isinstance(arguments[0], int) and arguments[0] > place:
            self._broken(
                said(
                    "step({place}) was left out; {called} came in its place",
                    place=place,
                    called=called,
                )
            )
        self._broken(
            said("step({place}) should come, but {called} came", place=place, called=called)
        )

    def _one_too_many(self, place, begin_s):
        stops_s = [call["called_s"] for call in self.calls if call["method"] == "stop"]
        if stops_s and begin_s >= stops_s[0] - EXACT_S:
            held = said(" although a pause held it") if self._is_paused(stops_s[0]) else ""
            when = said(
                "at {seconds}; stop() was called at {seconds_2}",
                seconds=_seconds(begin_s),
                seconds_2=_seconds(stops_s[0]),
            )
            self._broken(
                said(
                    "step({place}) began when stop() was called{held}: {when}",
                    place=place,
                    held=held,
                    when=when,
                )
            )
        if self._is_paused(begin_s):
            self._broken(
                said(
                    "step({place}) began at {seconds}, while the worker was paused",
                    place=place,
                    seconds=_seconds(begin_s),
                )
            )
        self._broken(
            said(
                "step({place}) began at {seconds}, and should not begin at all",
                place=place,
                seconds=_seconds(begin_s),
            )
        )

    def _wrong_time(self, place, begin_s, expected_s):
        told = said("step({place}) began at {seconds}", place=place, seconds=_seconds(begin_s))
        if begin_s < expected_s and self._is_paused(begin_s):
            self._broken(said("{told}, while the worker was paused", told=told))
        how = said("too early") if begin_s < expected_s else said("too late")
        self._broken(
            said(
                "{told}, {how}: {seconds} is right",
                told=told,
                how=how,
                seconds=_seconds(expected_s),
            )
        )

    def _is_paused(self, moment_s):
        """Return True if the worker had been paused before that moment, and not resumed by then."""
        paused = False
        for call in self.calls:
            if call["method"] == "pause" and call["called_s"] < moment_s - EXACT_S:
                paused = True
            if call["method"] == "resume" and call["called_s"] < moment_s + EXACT_S:
                paused = False
        return paused

    def _broken(self, headline, evidence=""):
        raise Broken(lines(*filter(None, [said(headline), self.story, evidence])))


def _plan(interval_s, steps_s, *calls):
    return {"interval_s": interval_s, "steps_s": steps_s, "calls": [[0, "start"], *calls]}


def _lives(submission, *plans):
    """Lead a worker through each plan; require that nothing went wrong but for the steps."""
    asked = [plan for plan, _begins_s in plans]
    answers = submission.run(lives, plans=asked, most_steps=MOST_STEPS)
    pairs = zip(plans, answers, strict=True)
    every = [Life(plan, begins_s, data) for (plan, begins_s), data in pairs]
    for life in every:
        life.require_an_orderly_life()
    return every


@pytest.mark.task(4)
def test_steps_come_one_interval_after_each_other(submission):
    """step(0) comes at once, each next one interval_s after the one before returned."""
    every = _lives(
        submission,
        (_plan(10, [3], [31.5, "stop"]), [0, 13, 26]),
        (_plan(0.5, [0, 1.25, 0.0625], [4.03125, "stop"]), [0, 0.5, 2.25, 2.8125, 3.375, 3.9375]),
    )
    for life in every:
        life.require_the_steps()


@pytest.mark.task(4)
def test_a_pause_holds_the_worker_before_its_next_step(submission):
    """A pause holds the worker; resumed, it goes on with the same number, at the right time."""
    every = _lives(
        submission,
        # Resumed long after the next step was due; and in the middle of the interval.
        (
            _plan(10, [3], [4, "pause"], [47.25, "resume"], [64.5, "stop"]),
            [0, 47.25, 60.25],
        ),
        (_plan(10, [3], [4, "pause"], [6.5, "resume"], [14.5, "stop"]), [0, 13]),
        # Paused in a step; resumed in the same, in the interval after it, and much later.
        (_plan(10, [3], [1, "pause"], [2, "resume"], [17.5, "stop"]), [0, 13]),
        (_plan(10, [3], [1, "pause"], [5.5, "resume"], [17.5, "stop"]), [0, 13]),
        (_plan(10, [3], [1, "pause"], [30.5, "resume"], [45, "stop"]), [0, 30.5, 43.5]),
        # The notebook's set, clear, set, twice over.
        (
            _plan(
                1,
                [0.25],
                [3.1, "pause"],
                [8.2, "resume"],
                [10.1, "pause"],
                [15.3, "resume"],
                [16.9, "stop"],
            ),
            [0, 1.25, 2.5, 8.2, 9.45, 15.3, 16.55],
        ),
    )
    for life in every:
        life.require_the_steps()


@pytest.mark.task(4)
def test_stop_ends_the_thread(submission):
    """stop() ends the thread, also when paused, in time, and returns after it has ended."""
    every = _lives(
        submission,
        (_plan(10, [3], [31.5, "stop"], [33.1, "stop"], [60.7, "stop"]), [0, 13, 26]),
        (_plan(10, [3], [4, "pause"], [25.3, "stop"], [60.7, "stop"]), [0]),
        (_plan(10, [3], [4, "pause"], [5.7, "stop"]), [0]),
        (_plan(10, [3, 55], [14.2, "stop"]), [0, 13]),
        (_plan(10, [3, 55], [14.2, "pause"], [21.4, "stop"]), [0, 13]),
        (
            _plan(10, [3], [4, "pause"], [20.1, "resume"], [24.3, "pause"], [99.7, "stop"]),
            [0, 20.1],
        ),
    )
    for life in every:
        life.require_the_end()
        life.require_the_steps()


@pytest.mark.task(4)
def test_the_worker_only_waits(submission):
    """A worker that is paused, or between two steps, neither burns time nor keeps looking."""
    many = [13.5 * number for number in range(30)]
    for life in _lives(
        submission,
        (_plan(10, [3], [4, "pause"], [2004.5, "resume"], [2009.1, "stop"]), [0, 2004.5]),
        (_plan(5000, [3], [5010.1, "stop"]), [0, 5003]),
        (_plan(10, [3.5], [397.3, "stop"]), many),
        (_plan(10, [3, 700], [14.2, "stop"]), [0, 13]),
    ):
        life.require_no_polling()


@scenario
def two_workers(lesson):
    """Pause one of two workers, later stop the other; tell how many steps each took."""

    def program():
        import time

        counts, seen = [0, 0], []

        def make(index):
            def step(_number):
                counts[index] += 1

            step.__qualname__ = "step"
            return lesson.PausableWorker(step, 10)

        def look_at(moment_s):
            time.sleep(max(0, moment_s - time.monotonic()))
            seen.append(list(counts))

        first, second = make(0), make(1)
        first.start()
        second.start()
        look_at(4)
        first.pause()
        look_at(34)
        second.stop()
        look_at(48)
        first.resume()
        look_at(74)
        first.stop()
        return seen

    return simulate(program, max_decisions=20_000)


@pytest.mark.task(4)
def test_two_workers_know_nothing_of_each_other(submission):
    """To pause or stop one worker leaves another one alone."""
    run = _errors_first(submission.run(two_workers))
    seen = ended_well(run)
    if seen != [[1, 1], [1, 4], [1, 4], [4, 4]]:
        raise Broken(
            "two workers should know nothing of each other\n"
            "  the first was paused at 4 s, resumed at 48 s, stopped at 74 s; the second stopped "
            "at 34 s\n"
            "  after 4, 34, 48, 74 s the first should have begun 1, 1, 1, 4 steps, it had "
            "{seen};\n"
            "  the second 1, 4, 4, 4, it had {seen_2}",
            shown_by=run,
            seen=", ".join(str(counts[0]) for counts in seen),
            seen_2=", ".join(str(counts[1]) for counts in seen),
        )


@scenario
def short_lives(lesson, script, most_steps, max_runs):
    """Lead a worker through a script under every schedule; log its steps and the calls.

    A number in the script: wait for that step to begin. A worker that is not stopped could go
    on for ever, so the step after most_steps never ends: such a run tells nothing. The calls
    come from a thread, not from the main one, so that a picture shows what they do.
    """

    def program():
        from threading import Event, Thread

        log = []
        begun, never = [Event() for _ in range(most_steps)], Event()

        def step(number):
            log.append(number)
            if number in range(most_steps):
                begun[number].set()
            else:
                never.wait()

        step.__qualname__ = "step"
        worker = lesson.PausableWorker(step, 10)

        def calls():
            for action in script:
                if isinstance(action, int):
                    begun[action].wait()
                else:
                    if action == "resume":
                        log.append("resume() called")
                    getattr(worker, action)()
                    if action != "start":
                        log.append(f"{action}() returned")

        caller = Thread(target=calls)
        caller.start()
        caller.join()
        return log

    return search(program, max_runs=max_runs, max_decisions=400)


def _wrong_life(log):
    """Return what is wrong with a log of steps and calls; a text is a complaint already."""
    if isinstance(log, Text):
        return log
    numbers = [entry for entry in log if not isinstance(entry, str)]
    if numbers != list(range(len(numbers))):
        return said(
            "the steps should be 0, 1, 2, ...; they were {numbers}",
            numbers=", ".join(map(str, numbers)),
        )
    held, stopped = None, False
    for entry in log:
        if entry == "pause() returned":
            held = []
        elif entry == "resume() called":
            held = None
        elif entry == "stop() returned":
            stopped = True
        elif not isinstance(entry, str):
            if stopped:
                return said("step({entry}) began after stop() had returned", entry=entry)
            if held is not None:
                held.append(f"step({entry})")
    if held and len(held) > 1:
        return said(
            "{held} began after pause() had returned\n"
            "  one that was about to begin may, but no other, whatever the worker was doing",
            held=" and ".join(held),
        )
    return ""


def _judged(outcome):
    """Return the outcome, a deadlock in our words; None if it tells nothing."""
    run = outcome.run
    if run.error or run.uncaught:
        return Outcome(Ending.THREAD_ERROR, None, _errors_first(run))
    if outcome.kind != Ending.DEADLOCK:
        return outcome
    ours = {wait.place.function for wait in run.deadlock if wait.place and wait.place.file == CHECK}
    if "step" in ours:
        return None
    waits = _students(run)
    told = said("a call never returned")
    if "calls" in ours:
        missed = said(": a signal was missed") if waits else ""
        told = said("a step never began, although the worker was not paused{missed}", missed=missed)
    return Outcome(Ending.VALUE, lines(*filter(None, [told, waits])), run)


def _live_well(submission, script, most_steps, max_runs):
    arguments = {"script": script, "most_steps": most_steps, "max_runs": max_runs}
    seen = submission.run(short_lives, **arguments)
    outcomes = [judged for judged in map(_judged, seen.outcomes) if judged]
    if outcomes:
        always(_with_complaints(outcomes, _wrong_life), "", lambda wrong: wrong)


@pytest.mark.task(4)
def test_no_schedule_loses_a_signal(submission):
    """A worker that is resumed goes on, whatever it was doing when it was paused."""
    _live_well(submission, ["start", 0, "pause", "resume", 1, "stop"], 2, 50)


@pytest.mark.task(4)
def test_no_schedule_gets_through_a_pause(submission):
    """After pause() at most one step begins, and stop() always comes to an end."""
    _live_well(submission, ["start", "pause", "stop", "stop"], 2, 50)
