"""Hidden checks of lesson 04: daemon threads.

Whether the program's end waits for a thread is looked at twice: in virtual time, which says
when the program ended, and then at the exit of a real interpreter.
"""

import pytest

from threadlings.checks import always, ended_well
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

NOTEBOOK = {"LINES_IF_DAEMON": 1, "LINES_IF_NOT_DAEMON": 10}
CALLERS = {
    "the main thread": said("the main thread"),
    "a daemon thread": said("a daemon thread"),
    "a thread that is no daemon": said("a thread that is no daemon"),
}


@scenario
def ends_of_programs(lesson, name, callers, work_s):
    """Start a thread from each of the callers, each in a program of its own that soon ends."""

    def program_of(caller):
        def program():
            import time
            from threading import Event, Thread, current_thread

            told = {"calls": 0, "given": 0, "in_caller": False, "ended": 0, "returned": None}
            returned = Event()

            def target(*arguments, **keywords):
                told["calls"] += 1
                told["given"] += len(arguments) + len(keywords)
                told["in_caller"] = current_thread() is calling[0]
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
                        told["is_started"] = thread.ident is not None
                        told["is_alive"] = thread.is_alive()
                finally:
                    returned.set()

            calling = []
            if caller == "the main thread":
                call()
            else:
                is_daemon = caller == "a daemon thread"
                Thread(target=call, name="caller", daemon=is_daemon).start()
                returned.wait()
            time.sleep(1)
            return told

        return program

    return {caller: simulate(program_of(caller)) for caller in callers}


def _end_of_program(run, name, caller):
    """Return how a program ended that called start_... as it should be called."""
    told = run.value if run.returned and isinstance(run.value, dict) else {}
    if told.get("given"):
        raise Broken("the target got an argument, but it takes none")
    told = ended_well(run)
    asked = said("{name}(), called by {caller},", name=name, caller=caller)
    if told["in_caller"]:
        raise Broken(
            "{asked} ran the target itself, instead of in a thread of its own",
            shown_by=run,
            asked=asked,
        )
    if not told["is_thread"]:
        what = told["returned"]
        found = "None" if what == "NoneType" else said("an object of class {what}", what=what)
        raise Broken(
            "{asked} should return the thread; it returned {found}",
            shown_by=run,
            asked=asked,
            found=found,
        )
    if not told["is_started"]:
        raise Broken("{asked} did not start the thread that it returned", shown_by=run, asked=asked)
    if told["took_s"] > POLLING_S:
        raise Broken(
            "{asked} should return at once\n"
            "  it returned after {took_s:.1f} s; the target works for {work_s} s",
            shown_by=run,
            asked=asked,
            took_s=told["took_s"],
            work_s=WORK_S,
        )
    if not told["is_alive"]:
        raise Broken(
            "{asked} returned a thread that has ended already\n"
            "  it should be the thread that runs the target",
            shown_by=run,
            asked=asked,
        )
    if told["calls"] > 1:
        raise Broken(
            "{asked} ran the target {calls} times; once is right",
            shown_by=run,
            asked=asked,
            calls=told["calls"],
        )
    return run, told


def _ends(submission, name):
    arguments = {"name": name, "callers": list(CALLERS), "work_s": WORK_S}
    runs = submission.run(ends_of_programs, **arguments)
    for caller, shown in CALLERS.items():
        yield shown, *_end_of_program(runs[caller], name, shown)


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
    if end.get("error"):
        raise Broken(
            "in a real interpreter, {name}() raised {error}", name=name, error=end["error"]
        )
    if end.get("sits"):
        if not end.get("is_main_over"):
            raise Broken(
                "in a real interpreter, {name}() does not return while its target runs", name=name
            )
        raise Broken(
            "a real interpreter does not end while the thread runs\n"
            "  the main thread has ended, and the program still waits after {name}()",
            name=name,
        )
    if end["code"] != 0 or not end.get("is_past"):
        raise Broken(
            "a real interpreter ended with status {code} after {name}()",
            code=end["code"],
            name=name,
        )
    return end


@pytest.mark.task(1)
def test_the_program_may_end_while_it_runs(submission):
    """The program's end does not wait for a background thread, whichever thread started it."""
    name = "start_background"
    for caller, run, told in _ends(submission, name):
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
        if told["calls"] != 1:
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
    for caller, run, told in _ends(submission, name):
        if told["ended"] != 1:
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


@scenario
def warnings_of(lesson, name):
    def program():
        import warnings

        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            getattr(lesson, name)(lambda *_arguments: None)
        return [
            f"{warning.message} ({warning.filename}:{warning.lineno})"
            for warning in seen
            if issubclass(warning.category, DeprecationWarning)
        ]

    return simulate(program)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("start_background", marks=pytest.mark.task(1)),
        pytest.param("start_foreground", marks=pytest.mark.task(2)),
    ],
)
def test_nothing_deprecated_is_used(submission, name):
    """Nothing that Python has deprecated is used."""
    run = submission.run(warnings_of, name=name)
    for warning in ended_well(run):
        raise Broken(
            "{name}() uses what Python has deprecated, and may take away one day\n  {warning}",
            shown_by=run,
            name=name,
            warning=warning,
        )


@scenario
def predictions(lesson, names):
    found = [getattr(lesson, name) for name in names]
    if any(value is ... for value in found):
        raise NotImplementedError("TODO 3 in exercises/lesson04/daemon_threads.py")

    def plain(value):
        if isinstance(value, int | float) and abs(value) < 1e9:
            return value
        if value is None or isinstance(value, str):
            return repr(value)[:40]
        return f"an object of class {type(value).__name__}"

    return [plain(value) for value in found]


@pytest.mark.task(3)
def test_the_prediction_is_what_happens(submission):
    """Both numbers are those of the lines that the notebook's program prints."""
    found = submission.run(predictions, names=list(NOTEBOOK))
    for (name, lines), value in zip(NOTEBOOK.items(), found, strict=True):
        if value != lines:
            what = said("is a daemon") if name == "LINES_IF_DAEMON" else said("is no daemon")
            raise Broken(
                "{name} is {value}, and that is not what the program prints\n"
                "  the thread {what}; the main thread ends in the thread's first sleep\n"
                "  follow it line by line, or write the program to a file and run it",
                name=name,
                value=value,
                what=what,
            )


@scenario
def waiting(lesson, calls):
    """Start a thread for each call of stop_within; tell what it answered, and when."""

    def program_of(thread_s, seconds, after_s):
        def program():
            import time
            from threading import Thread

            ended = []

            def work():
                time.sleep(thread_s)
                ended.append("work")

            thread = Thread(target=work, daemon=True)
            thread.start()
            time.sleep(after_s)
            began_s = time.monotonic()
            answer = lesson.stop_within(thread, seconds)
            took_s = time.monotonic() - began_s
            thread.join()
            return {"answer": answer, "took_s": took_s, "ended": len(ended)}

        return program

    return [simulate(program_of(**call)) for call in calls]


def _require_answers(submission, expected, *calls):
    """Require an answer of stop_within(), as early as it can be known."""
    calls = [dict(zip(("thread_s", "seconds", "after_s"), call, strict=True)) for call in calls]
    for call, run in zip(calls, submission.run(waiting, calls=calls), strict=True):
        end = ended_well(run)
        seconds, lasts_s = call["seconds"], call["thread_s"] - call["after_s"]
        took_s, answer = end["took_s"], end["answer"]
        fact = (
            said("had already ended")
            if lasts_s <= 0
            else said("needed {lasts_s} s more", lasts_s=lasts_s)
        )
        told = said(
            "  stop_within(thread, {seconds}) returned {answer} after {took_s:.1f} s; the thread "
            "{fact}",
            seconds=seconds,
            answer=answer,
            took_s=took_s,
            fact=fact,
        )
        needed_s = max(0, min(lasts_s, seconds))
        if took_s < needed_s - 1e-6:
            raise Broken("stop_within() did not wait\n{told}", shown_by=run, told=told)
        if took_s > needed_s + POLLING_S + 1e-6:
            limit = "needed" if expected else said("the {seconds} s allowed", seconds=seconds)
            raise Broken(
                "stop_within() waited longer than {limit}\n{told}",
                shown_by=run,
                limit=limit,
                told=told,
            )
        if answer is None:
            raise Broken(
                "stop_within() returned None, {expected} is right\n{told}",
                shown_by=run,
                expected=expected,
                told=told,
            )
        if answer != expected:
            had = said("had ended") if expected else said("had not ended")
            raise Broken(
                "stop_within() returned {answer}, but the thread {had}\n{told}",
                shown_by=run,
                answer=answer,
                had=had,
                told=told,
            )
        if end["ended"] != 1:
            raise Broken("the thread did not go on to its end\n{told}", shown_by=run, told=told)


@pytest.mark.task(4)
def test_true_as_soon_as_the_thread_has_ended(submission):
    """True comes as soon as the thread has ended, or at once if it had ended before."""
    _require_answers(submission, True, (2, 60, 0), (1, 30, 3), (1, 0, 3))


@pytest.mark.task(4)
def test_false_when_the_time_is_up(submission):
    """False comes when the time is up, and the thread goes on."""
    _require_answers(submission, False, (60, 2.5, 0), (30, 0, 3))
