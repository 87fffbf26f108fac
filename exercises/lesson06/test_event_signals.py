"""What you can check yourself in lesson 06. Run it with: pytest exercises/lesson06"""

import pytest

from threadlings.checks import Broken, always, ended_well
from threadlings.engine import search, simulate
from threadlings.language import joined, said

EXACT_S = 1e-6


def only_waited(run):
    """Return what a program returned that ended well and waited without burning time."""
    value = ended_well(run)
    for spin in run.busy_waits:
        raise Broken(
            "the loop at {place} waits by burning time; wait() only waits",
            shown_by=run,
            place=spin.place,
        )
    return value


@pytest.mark.task(1)
def test_it_waits_until_the_event_is_set(lesson):
    """The first line comes at once, the second as soon as the event is set."""

    def program():
        import time
        from threading import Event, Thread

        event, log = Event(), []
        thread = Thread(target=lesson.wait_for_signal, args=(event, log))
        thread.start()
        time.sleep(500.123)
        before = list(log)
        event.set()
        thread.join()
        return before, log, event.is_set(), time.monotonic()

    run = simulate(program, max_decisions=20_000)
    before, log, is_set, ended_s = only_waited(run)
    if before != ["wait for the event"]:
        raise Broken(
            "before the event is set, the log should be ['wait for the event'], it is {before}",
            shown_by=run,
            before=before,
        )
    if log != ["wait for the event", "event set : True"]:
        raise Broken(
            "after the event was set, the log should be\n"
            "  ['wait for the event', 'event set : True'], it is {log}",
            shown_by=run,
            log=log,
        )
    if ended_s > 500.123 + EXACT_S:
        raise Broken(
            "wait_for_signal() went on later than the event was set\n"
            "  set after 500.123 s, went on after {ended_s:.6g} s",
            shown_by=run,
            ended_s=ended_s,
        )
    if not is_set:
        raise Broken("wait_for_signal() cleared the event; others may be waiting for it too")


def brief_wait(lesson, seconds, set_at_s, cleared=False):
    """Return the answer of wait_briefly and the time it took; the event is set meanwhile."""

    def program():
        import time
        from threading import Event, Timer

        event = Event()

        def signal():
            event.set()
            if cleared:
                event.clear()

        Timer(set_at_s, signal).start()
        return lesson.wait_briefly(event, seconds), time.monotonic()

    return only_waited(simulate(program, max_decisions=20_000))


@pytest.mark.task(2)
def test_set_as_soon_as_the_event_is_set(lesson):
    """The answer is "set" as soon as the event is set."""
    answer, took_s = brief_wait(lesson, 60, set_at_s=2.123)
    if answer != "set" or took_s > 2.123 + EXACT_S:
        raise Broken(
            "wait_briefly(event, 60) should return 'set' after 2.123 s, when the event is set\n"
            "  it returned {answer!r} after {took_s:.6g} s",
            answer=answer,
            took_s=took_s,
        )


@pytest.mark.task(2)
def test_timeout_when_the_time_is_up(lesson):
    """The answer is "timeout" when the time is up and the event is not set."""
    answer, took_s = brief_wait(lesson, 2.5, set_at_s=60)
    if answer != "timeout" or abs(took_s - 2.5) > EXACT_S:
        raise Broken(
            "wait_briefly(event, 2.5) should return 'timeout' after 2.5 s\n"
            "  it returned {answer!r} after {took_s:.6g} s; the event was set after 60 s",
            answer=answer,
            took_s=took_s,
        )


@pytest.mark.task(2)
def test_an_event_that_is_cleared_again_was_set(lesson):
    """The answer is "set" if the event was set in time, even if it is cleared right afterwards."""
    answer, _took_s = brief_wait(lesson, 60, set_at_s=2.123, cleared=True)
    if answer != "set":
        raise Broken(
            "the event was set after 2.123 s, and cleared right afterwards\n"
            "  wait_briefly(event, 60) should return 'set', it returned {answer!r}",
            answer=answer,
        )


@pytest.mark.task(2)
def test_each_answer_is_of_its_own_wait(lesson):
    """Each call tells of the event as it is then, whatever an earlier call said."""

    def program():
        from threading import Event

        event = Event()
        answers = [lesson.wait_briefly(event, 1)]
        event.set()
        answers.append(lesson.wait_briefly(event, 1))
        event.clear()
        return [*answers, lesson.wait_briefly(event, 1)]

    answers = only_waited(simulate(program, max_decisions=20_000))
    if answers != ["timeout", "set", "timeout"]:
        raise Broken(
            "one event: not set yet, then set, then cleared again\n"
            "  wait_briefly() should return 'timeout', 'set', 'timeout', it returned {answers}",
            answers=", ".join(map(repr, answers)),
        )


@pytest.mark.task(3)
def test_all_are_held_and_then_all_go(lesson):
    """All the threads are held until the event is set; then every runner runs once."""

    wrong = []

    def program():
        import time

        began_s = {"A": [], "B": [], "C": []}

        def make(name):
            return lambda: began_s[name].append(time.monotonic())

        answer = lesson.start_gate([make(name) for name in began_s])
        if not isinstance(answer, tuple) or len(answer) != 2 or not hasattr(answer[1], "set"):
            wrong.append(answer)
            return None
        threads, event = answer
        returned_s = time.monotonic()
        time.sleep(7.123 - returned_s)
        alive = [thread.is_alive() for thread in threads]
        event.set()
        for thread, is_alive in zip(threads, alive, strict=True):
            if is_alive:
                thread.join()
        return returned_s, alive, list(began_s.values())

    run = simulate(program, max_decisions=20_000)
    if wrong:
        raise Broken(
            "start_gate() should return two things: the list of threads, and the Event\n"
            "  it returned {wrong!r}",
            wrong=wrong[0],
        )
    returned_s, alive, began_s = only_waited(run)
    if returned_s > 0:
        raise Broken(
            "start_gate() should return at once, it returned after {returned_s:.6g} s",
            shown_by=run,
            returned_s=returned_s,
        )
    if any(times and times[0] < 7.123 - EXACT_S for times in began_s):
        raise Broken("a runner ran before the event was set", shown_by=run)
    if alive != [True] * 3:
        raise Broken(
            "3 runners should make 3 threads that are alive while they are held\n"
            "  is_alive() of each: {alive}",
            shown_by=run,
            alive=alive,
        )
    if [len(times) for times in began_s] != [1] * 3:
        calls = [len(times) for times in began_s]
        raise Broken(
            "each runner should be called once; number of calls: {calls}", shown_by=run, calls=calls
        )
    if max(began_s)[0] > 7.123 + EXACT_S:
        raise Broken(
            "every runner should run when the event is set, after 7.123 s\n"
            "  one ran after {began_s:.6g} s",
            shown_by=run,
            began_s=max(began_s)[0],
        )


@pytest.mark.task(3)
def test_each_gate_has_threads_and_an_event_of_its_own(lesson):
    """Opening one gate lets its own runners go, in the threads that start_gate() returned."""

    def program():
        from threading import current_thread

        seen = [[], []]
        twice, once = (lambda: seen[0].append(current_thread())), seen[1].append
        first, first_event = lesson.start_gate([twice, twice])
        second, second_event = lesson.start_gate([lambda: once(current_thread())])
        numbers = []
        for threads, event in ((second, second_event), (first, first_event)):
            event.set()
            for thread in threads:
                thread.join()
            numbers.append([len(mine) for mine in seen])
        return numbers, {*seen[0]} == {*first} and {*seen[1]} == {*second}

    numbers, is_in_its_threads = only_waited(simulate(program, max_decisions=20_000))
    if numbers != [[0, 1], [2, 1]]:
        raise Broken(
            "two gates: one for a function that is in the list twice, another for one runner\n"
            "  the other one was opened first: then 0 and 1 should have run, in the end 2 and 1\n"
            "  it was {numbers}",
            numbers=numbers,
        )
    if not is_in_its_threads:
        raise Broken("a runner should run in one of the threads that start_gate() returned")


@pytest.mark.task(3)
def test_who_comes_late_to_the_gate_goes_through(lesson):
    """Who comes to the gate after the event was set goes through, too."""

    def program():
        calls = []
        threads, event = lesson.start_gate([lambda: calls.append("A"), lambda: calls.append("B")])
        event.set()
        for thread in threads:
            thread.join()
        return sorted(calls)

    always(
        search(program, max_runs=40, max_decisions=200),
        ["A", "B"],
        lambda calls: said("A and B should run once each; who ran: {calls}", calls=calls),
    )


def life(lesson, *calls):
    """Lead a worker with an interval of 10 s and steps of 3 s through calls, given with times.

    Each call comes from a thread of its own. Return when each step began, when each call
    returned, and who was alive when stop() did.
    """

    def program():
        import threading
        import time

        begun_s, returned_s, alive = [], [], []

        def step(number):
            begun_s.append((number, round(time.monotonic(), 6)))
            time.sleep(3)
            return number > 0  # Which says nothing.

        caller, worker = threading.current_thread(), lesson.PausableWorker(step, 10)
        for at_s, method in [(0, "start"), *calls]:
            time.sleep(max(0, at_s - time.monotonic()))
            thread = threading.Thread(target=getattr(worker, method))
            thread.start()
            thread.join()
            returned_s.append(time.monotonic())
            if method == "stop":
                alive += [t.name for t in threading.enumerate() if t is not caller]
        return begun_s, returned_s, alive

    return only_waited(simulate(program, max_decisions=20_000))


def require_steps(begun_s, expected, done):
    """Require that steps began as they should: pairs of number and time."""
    if begun_s != expected:

        def told(steps):
            step = "step({number!r}) at {at_s:g} s"
            return joined(", ", [said(step, number=n, at_s=at_s) for n, at_s in steps])

        raise Broken(
            "the steps are not the right ones, or not at the right times\n"
            "  interval_s is 10, each step takes 3 s; {told}\n"
            "  right:  {told_2}\n"
            "  yours:  {value}",
            told=said(done),
            told_2=told(expected),
            value=told(begun_s) or said("no step"),
        )


@pytest.mark.task(4)
def test_steps_come_one_interval_after_each_other(lesson):
    """step(0) comes at once, each next one interval_s after the one before returned."""
    begun_s, _returned_s, _alive = life(lesson, (31.5, "stop"))
    require_steps(begun_s, [(0, 0), (1, 13), (2, 26)], said("started at 0 s, stopped at 31.5 s"))


@pytest.mark.task(4)
def test_a_pause_holds_the_next_step(lesson):
    """Resumed, a worker goes on with the number at which it was held, at the right time."""
    calls = [(4, "pause"), (20, "pause"), (47.25, "resume"), (50.5, "pause"), (54.5, "resume")]
    begun_s, _returned_s, _alive = life(lesson, *calls, (64.5, "stop"))
    require_steps(
        begun_s,
        [(0, 0), (1, 47.25), (2, 60.25)],
        said("paused at 4 and 20 s until 47.25 s, and from 50.5 to 54.5 s, stopped at 64.5 s"),
    )


@pytest.mark.task(4)
def test_stop_ends_a_paused_worker(lesson):
    """stop() ends the thread, also when it is paused, and returns after it has ended."""
    begun_s, returned_s, alive = life(lesson, (4, "pause"), (25.3, "stop"), (60.7, "stop"))
    require_steps(
        begun_s, [(0, 0)], said("paused at 4 s, stopped at 25.3 s and once more at 60.7 s")
    )
    if returned_s[2] > 35.3 + EXACT_S:
        raise Broken(
            "stop() should take one interval at most\n"
            "  called at 25.3 s, it returned at {returned_s:.6g} s",
            returned_s=returned_s[2],
        )
    if alive:
        raise Broken("stop() returned, and this thread is still alive: {alive}", alive=alive[0])


@pytest.mark.task(4)
def test_two_workers_know_nothing_of_each_other(lesson):
    """To pause one worker leaves another one alone, and each has numbers of its own."""

    def program():
        import time

        numbers = [[], []]
        first, second = (lesson.PausableWorker(mine.append, 10) for mine in numbers)
        first.start()
        second.start()
        time.sleep(4)
        first.pause()
        time.sleep(20)
        second.stop()
        first.stop()
        return numbers

    numbers = only_waited(simulate(program, max_decisions=20_000))
    if numbers != [[0], [0, 1, 2]]:
        raise Broken(
            "two workers with intervals of 10 s: the first paused at 4 s, both stopped at 24 s\n"
            "  their steps should be [0] and [0, 1, 2]; they were {first} and {second}",
            first=numbers[0],
            second=numbers[1],
        )


@pytest.mark.task(4)
def test_a_worker_that_is_resumed_goes_on(lesson):
    """A worker that is resumed goes on, whatever it was doing when it was paused."""

    def program():
        from threading import Event, Thread

        numbers, begun = [], [Event(), Event()]

        def step(number):
            numbers.append(number)
            if number in (0, 1):
                begun[number].set()
            else:
                Event().wait()  # Far enough: a worker could go on for ever.

        worker = lesson.PausableWorker(step, 10)

        def calls():
            worker.start()
            begun[0].wait()
            worker.pause()
            worker.resume()
            begun[1].wait()
            worker.stop()

        caller = Thread(target=calls)
        caller.start()
        caller.join()
        return numbers[:2]

    def went_too_far(run):
        return any(wait.place and wait.place.function == "step" for wait in run.deadlock)

    found = search(program, max_runs=40, max_decisions=400)
    found.outcomes = [outcome for outcome in found.outcomes if not went_too_far(outcome.run)]
    if found.outcomes:
        always(
            found,
            [0, 1],
            lambda numbers: said(
                "the steps should be 0 and 1, they are {numbers}", numbers=numbers
            ),
        )
