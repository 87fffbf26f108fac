"""Hidden checks of lesson 04, tasks 1 and 2: start_background and start_foreground.

Whether the program's end waits for a thread is looked at twice: in virtual time, which says
when the program ended, and then at the exit of a real interpreter.
"""

import pytest

from threadlings.checks import always, an_object, ended_well, nothing_wrong
from threadlings.engine import search, simulate
from threadlings.grading import Broken, real_scenario, scenario
from threadlings.language import said

POLLING_S = 0.1
"""How much later than possible a call may return: who asks again and again is a little late."""

WORK_S = 3600
"""How long the target of a thread works: nobody ends before it by chance."""

BEATS = 100
"""How often a watching thread of a real program wakes up, 0.1 s apart, before it says that the
program does not end. A program that ends needs some 0.05 s of processor time, and the watcher's
beats wait for the same processor: on a machine that is 20 times slower, or busy, they come
later too. A limit in seconds outside of the program would not know that."""

CALLERS = {
    "the main thread": said("the main thread"),
    "a daemon thread": said("a daemon thread"),
    "a thread that is no daemon": said("a thread that is no daemon"),
}


@scenario
def end_of_program(lesson, name, caller, work_s):
    """Start a thread from the caller, in a program that soon ends."""

    def program():
        import time
        from threading import Event, Thread, current_thread

        told = {"calls": 0, "given": 0, "in_caller": False, "ended": 0, "returned": None}
        calling, running, threads, returned = [], [], [], Event()

        def target(*arguments, **keywords):
            told["calls"] += 1
            told["given"] += len(arguments) + len(keywords)
            told["in_caller"] = current_thread() is calling[0]
            running.append(current_thread())
            time.sleep(work_s)
            told["ended"] += 1

        def call():
            calling.append(current_thread())
            began_s = time.monotonic()
            try:
                thread = getattr(lesson, name)(target)
                told["took_s"] = time.monotonic() - began_s
                told["is_thread"] = isinstance(thread, Thread)
                told["returned"] = type(thread).__name__
                if told["is_thread"]:
                    threads.append(thread)
                    told["is_started"] = thread.ident is not None
                    told["is_alive"] = thread.is_alive()
            finally:
                returned.set()

        if caller == "the main thread":
            call()
        else:
            is_daemon = caller == "a daemon thread"
            Thread(target=call, name="caller", daemon=is_daemon).start()
            returned.wait()
        time.sleep(1)
        told["is_another"] = bool(running) and running != threads
        return told

    return simulate(program)


def _ends(submission, name):
    """Yield how programs end that call start_..., from each of the callers, if that went well."""
    for caller, shown in CALLERS.items():
        run = submission.run(end_of_program, name=name, caller=caller, work_s=WORK_S)
        if run.returned and run.value["given"]:
            raise Broken("the target got an argument, but it takes none")
        nothing_wrong(_wrong_call(ended_well(run), name, shown), shown_by=run)
        yield shown, run


def _wrong_call(told, name, caller):
    """Return what is wrong with a call of start_..., whatever its thread does at the end."""
    asked = said("{name}(), called by {caller},", name=name, caller=caller)
    facts = {**told, "asked": asked, "work_s": WORK_S, "found": an_object(told["returned"])}
    if told["in_caller"]:
        return said("{asked} ran the target itself, instead of in a thread of its own", **facts)
    if not told["is_thread"]:
        return said("{asked} should return the thread; it returned {found}", **facts)
    if not told["is_started"]:
        return said("{asked} did not start the thread that it returned", **facts)
    if told["took_s"] > POLLING_S:
        return said(
            "{asked} should return at once\n"
            "  it returned after {took_s:.1f} s; the target works for {work_s} s",
            **facts,
        )
    if not told["is_alive"]:
        return said(
            "{asked} returned a thread that has ended already\n"
            "  it should be the thread that runs the target",
            **facts,
        )
    if told["is_another"]:
        return said(
            "{asked} returned a thread that is not the one that runs the target\n"
            "  who gets it may want to wait for the target, or to ask whether it still runs",
            **facts,
        )
    if told["calls"] > 1:
        return said("{asked} ran the target {calls} times; once is right", **facts)
    return ""


def real_program(name, beats):
    """Be a program whose end is looked at; what became of it is left in the file ``told``.

    The main thread starts one thread and lets another, a daemon, start a second one. A
    background thread then blocks for ever. A foreground thread waits for the main thread's
    last line, and then prints its ten lines. (Not by ``print``: an interpreter may abort if a
    daemon thread is just writing to ``sys.stdout`` at its end.)
    """
    import atexit
    import json
    import os
    import threading
    import time

    main = threading.current_thread()
    called, over, passed = threading.Event(), threading.Event(), threading.Event()
    begun, ended, errors = [], [], []
    facts = {"ended": 0, "error": None, "is_past": False, "sits": False}

    def tell(**found):
        facts.update(found)
        with open("told", "w", encoding="utf-8") as file:
            json.dump(facts, file)

    def watch():
        for _beat in range(beats):
            time.sleep(0.1)
        tell(sits=True, is_main_over=over.is_set())
        os._exit(0)

    def past():
        """Be called last: the program's end has waited for all that it waits for."""
        passed.set()
        tell(ended=len(ended), is_past=True)

    def work(count):
        for _line in range(count):
            os.write(1, b"I am working..\n")

    def background():
        work(1)
        begun.append(1)
        threading.Event().wait()
        work(9)

    def foreground():
        begun.append(1)
        over.wait()
        main.join(0.2)  # Returns at once, but if the end waits for us before that: for a pool.
        if threading.current_thread().daemon and passed.wait(0.5):
            return  # The end did not wait. It may, for a daemon too: in an atexit function.
        work(10)
        ended.append(1)

    def call():
        getattr(lesson, name)(background if name == "start_background" else foreground)

    def call_from_daemon():
        try:
            call()
        except BaseException as error:
            errors.append(error)
        called.set()
        threading.Event().wait()

    threading.Thread(target=watch, daemon=True).start()
    atexit.register(past)
    try:
        lesson = __import__("daemon_threads")
        call()
        threading.Thread(target=call_from_daemon, daemon=True).start()
        called.wait()
        for error in errors:
            raise error
        while len(begun) < 2:
            time.sleep(0.001)
        over.set()
    except BaseException as error:
        tell(error=f"{type(error).__name__}: {error}")
        os._exit(1)


@real_scenario(real_program)
def exit_of_interpreter(lesson, name, beats):
    """Run the real program in an interpreter of its own, and tell how it ended."""
    import json
    import subprocess
    import sys

    code = f"import main; main.real_program({name!r}, {beats!r})"
    with open("printed", "wb") as printed:  # A file: its size is limited, as the cell's are.
        process = subprocess.run(
            [sys.executable, "-s", "-c", code],
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    with open("printed", "rb") as printed:
        lines = printed.read(100_000).count(b"I am working..")
    try:
        with open("told", encoding="utf-8") as told:
            facts = dict(json.load(told))
    except (OSError, TypeError, ValueError):
        facts = {}
    return {**facts, "code": process.returncode, "lines": lines}


def _real_end(submission, name, beats=BEATS):
    """Return how a real interpreter ended in which two threads were started, if it did."""
    end = submission.run(exit_of_interpreter, name=name, beats=beats)
    facts = {**end, "name": name}
    if end.get("error"):
        raise Broken("in a real interpreter, {name}() raised {error}", **facts)
    if end.get("sits"):
        if not end.get("is_main_over"):
            raise Broken(
                "in a real interpreter, {name}() does not return while its target runs", **facts
            )
        raise Broken(
            "a real interpreter does not end while the thread runs\n"
            "  the main thread has ended, and the program still waits after {name}()",
            **facts,
        )
    if end["code"] != 0 or not end.get("is_past"):
        raise Broken("a real interpreter ended with status {code} after {name}()", **facts)
    return end


@pytest.mark.task(1)
def test_the_program_may_end_while_it_runs(submission):
    """The program's end does not wait for a background thread, whichever thread started it."""
    name = "start_background"
    for caller, run in _ends(submission, name):
        if run.ended_s > run.returned_s + POLLING_S:
            raise Broken(
                "the program's end waited for the background thread\n"
                "  {caller} called {name}(); the main thread ended after {returned_s:.1f} s, the "
                "program after {ended_s:.1f} s\n"
                "  an end waits for every thread that is no daemon, and for exit functions",
                caller=caller,
                name=name,
                returned_s=run.returned_s,
                ended_s=run.ended_s,
            )
        if run.value["calls"] != 1:
            raise Broken("the thread that {name}() started did not run the target", name=name)
    lines = _real_end(submission, name)["lines"]
    if lines >= 10:
        raise Broken(
            "a background thread went on to its end in a real interpreter: {lines} lines came",
            lines=lines,
        )


@pytest.mark.task(2)
def test_the_programs_end_waits(submission):
    """The program's end waits for a foreground thread, whichever thread started it."""
    name = "start_foreground"
    for caller, run in _ends(submission, name):
        if run.value["ended"] != 1:
            raise Broken(
                "the program's end did not wait for the foreground thread\n"
                "  {caller} called {name}(); the program ended after {ended_s:.1f} s, and "
                "the target "
                "works for {work_s} s\n"
                "  it waits for no daemon; is the new thread one, if {caller} starts it?",
                caller=caller,
                name=name,
                ended_s=run.ended_s,
                work_s=WORK_S,
            )
    end = _real_end(submission, name)
    if end["ended"] != 2 or end["lines"] < 20:
        raise Broken(
            "a real interpreter ended before the foreground threads had\n"
            "  two threads print 10 lines each after the main thread's end; {lines} lines came",
            lines=end["lines"],
        )


@scenario
def finished_in_any_case(lesson):
    def program():
        import time

        done = []

        def target(*_arguments):
            time.sleep(1)
            done.append("done")

        lesson.start_foreground(target)
        return done  # As it is when the program has ended.

    return search(program, max_runs=100, max_decisions=300)


@pytest.mark.task(2)
def test_the_work_is_done_under_every_schedule(submission):
    """A foreground thread's work is done when the program has ended, under every schedule."""
    always(
        submission.run(finished_in_any_case),
        ["done"],
        said(
            "the program's end did not wait for the foreground thread\n"
            "  its target sleeps and then notes that it is done; the note is missing"
        ),
    )
