"""What the engine does not see; .github/DESIGN.md names each with its test.

A test here that fails may be good news: then the engine sees more than it did.
"""

import asyncio
import contextlib
import datetime
import signal
import threading

import pytest

from threadlings.engine import Limit, load, search, simulate
from threadlings.engine.effects import INSIDE, MADE_BEFORE, UNWATCHABLE

from .programs import run_together


def values(program):
    """Return the distinct values of a program, of which every schedule that is seen was run."""
    seen = search(program)
    assert seen.is_complete
    return sorted(seen.values)


def test_order_of_output_is_not_searched():
    def program():
        run_together(lambda: print("A"), lambda: print("B"))

    seen = search(program)
    assert (seen.runs, seen.outcomes[0].run.lines()) == (1, ["A", "B"])


def test_values_of_the_clock_are_not_searched():
    def program():
        import time

        began = time.monotonic()
        run_together(lambda: time.sleep(1))
        return time.monotonic() - began

    assert values(program) == [1.0]


LESSON = """
from queue import Queue
from threading import Event, Lock, Semaphore, Thread

class Returning(Thread):
    def run(self):
        self._result = self._target(*self._args)

def both(*bodies):
    threads = [Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

def program():
    queue, event, lock, semaphore, seen = Queue(), Event(), Lock(), Semaphore(), []
    both(lambda: queue.put(1), lambda: seen.append({look}))

def returning():
    threads = [Returning(target=int, args=(number,)) for number in "12"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [thread._result for thread in threads]
"""


def lesson_that_looks(tmp_path, look):
    path = tmp_path / "looks.py"
    path.write_text(LESSON.replace("{look}", look))
    return load(path)


@pytest.mark.parametrize(
    "look",
    [
        "len(queue.queue)",
        "event._flag",
        "f'{event}'",
        "repr([lock])",
        "str(lock)",
        "len(vars(semaphore))",
        "setattr(queue, 'maxsize', 1)",
    ],
)
def test_what_is_inside_a_library_object_cannot_be_watched(look, tmp_path):
    lesson = lesson_that_looks(tmp_path, look)
    seen = search(lambda: lesson.program())
    assert (seen.verdict, seen.unwatchable) == ("INCOMPLETE", (INSIDE,))


def test_a_file_that_is_loaded_twice_is_the_program_both_times(tmp_path):
    for _ in range(2):
        lesson = lesson_that_looks(tmp_path, "event._flag")
        assert search(lambda lesson=lesson: lesson.program()).unwatchable == (INSIDE,)


def test_text_that_each_run_compiles_anew_is_the_same_text(tmp_path):
    """What one run learned of it is known in the next: else each begins anew, without end."""
    path = tmp_path / "adds.py"
    path.write_text(
        "names = {}\nexec('def add(counter):\\n    counter.n = counter.n + 1', names)\n"
        "class Counter:\n    n = 0\n"
    )
    lesson = load(path)

    def program():
        from threading import Thread

        counter = lesson.Counter()
        threads = [Thread(target=lesson.names["add"], args=(counter,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return counter.n

    seen = search(program)
    assert (seen.verdict, sorted(seen.values)) == ("HOLDS", [1, 2])


@pytest.mark.parametrize(
    "look", ["queue.qsize()", "event.is_set()", "lock.locked()", "queue.maxsize"]
)
def test_what_methods_say_can_be(look, tmp_path):
    lesson = lesson_that_looks(tmp_path, look)
    assert search(lambda: lesson.program()).verdict == "HOLDS"


def test_names_of_a_threads_own_class_are_its_own_business(tmp_path):
    lesson = lesson_that_looks(tmp_path, "1")
    seen = search(lambda: lesson.returning())
    assert (seen.verdict, seen.values) == ("HOLDS", [[1, 2]])


REAL = threading.Lock()


def test_lock_made_before_the_run_is_a_real_one_and_no_proof():
    def program():
        run_together(*[lambda: REAL.acquire() and REAL.release()] * 2)

    seen = search(program)
    assert (seen.runs, seen.outcomes[0].run.schedule) == (1, "")
    assert not seen.outcomes[0].run.steps
    assert (seen.limits, seen.unwatchable) == ({Limit.UNWATCHABLE}, (MADE_BEFORE,))


class Subclass(threading.Thread):
    pass


def test_subclass_made_before_the_run_starts_real_threads_and_is_no_proof():
    def program():
        thread = Subclass(target=int)
        thread.start()
        thread.join()

    assert [thread.name for thread in simulate(program).threads] == ["MainThread"]
    assert search(program).unwatchable == (MADE_BEFORE,)


def test_the_same_subclass_in_a_lesson_is_simulated(tmp_path):
    path = tmp_path / "own.py"
    path.write_text("from threading import Thread\nclass Subclass(Thread): pass\n")
    lesson = load(path)

    def program():
        thread = lesson.Subclass(target=int, name="mine")
        thread.start()
        thread.join()

    assert [thread.name for thread in simulate(program).threads] == ["MainThread", "mine"]


def test_signal_handlers_cannot_be_set_as_the_main_thread_is_a_simulated_one():
    run = simulate(lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
    assert run.error is not None
    assert run.error.type_name == "ValueError"


def test_datetime_reads_the_real_clock():
    def program():
        import time

        return abs(datetime.datetime.now().timestamp() - time.time()) > 86_400

    assert simulate(program).value is True


def test_threads_results_come_to_an_event_loop_one_in_a_round():
    async def finish_together():
        loop, order = asyncio.get_running_loop(), []

        def call_twice():
            loop.call_soon_threadsafe(loop.call_soon, order.append, "first, one round later")
            loop.call_soon_threadsafe(order.append, "second")

        await asyncio.to_thread(call_twice)
        return order

    seen = search(lambda: asyncio.run(finish_together()))
    assert seen.values == [["first, one round later", "second"]]


def test_what_a_program_never_does_again_is_no_proof():
    """A counter that outlives the runs: only the first of them adds without a lock."""
    runs = []

    def program():
        runs.append(1)
        total = [0]

        def work():
            if len(runs) == 1:
                total[0] += 1

        run_together(work, work)
        return total[0]

    seen = search(program)
    assert (seen.verdict, seen.limits) == ("INCOMPLETE", {Limit.UNREPEATABLE})


def _use_of(module):
    """Return a call of something of a module in C that the program's threads may share."""
    outer = {"_ctypes": "ctypes", "_socket": "socket", "_ssl": "ssl"}
    outer["_posixsubprocess"] = "subprocess"
    used = pytest.importorskip(outer.get(module, module))
    calls = {
        "_ctypes": lambda: used.c_int(1),
        "mmap": lambda: used.mmap(-1, 16).close(),
        "_socket": lambda: used.socket().close(),
        "select": lambda: used.select([], [], [], 0),
        "_ssl": lambda: used.create_default_context(),
        "_posixsubprocess": lambda: used.run(["true"], check=False),
        "_posixshmem": lambda: used.shm_unlink("/none"),
        "fcntl": lambda: used.fcntl(0, 1),
        "gc": lambda: used.get_count(),
    }
    if module not in calls:
        pytest.skip("a test cannot use it: a window, the terminal, another interpreter or system")
    return calls[module]


@pytest.mark.parametrize(("module", "told"), UNWATCHABLE.items())
def test_modules_that_cannot_be_watched_are_named(module, told):
    call = _use_of(module)
    seen = search(lambda: run_together(call, call), max_runs=20)
    assert told in seen.unwatchable
    assert Limit.UNWATCHABLE in seen.limits


def test_a_daemon_that_goes_on_for_very_long_is_no_proof():
    def program():
        from threading import Thread

        counted = [0]

        def work():
            while counted[0] < 10_000:
                counted[0] += 1

        Thread(target=work, daemon=True).start()
        return "done"

    seen = search(program, max_runs=20)
    assert Limit.DAEMONS in seen.limits
    assert seen.verdict == "INCOMPLETE"


def test_a_thread_that_two_start_is_no_proof():
    """For real both may find that it was not started; here ``start`` is one step."""

    def program():
        helper = threading.Thread(target=int)

        def start():
            with contextlib.suppress(RuntimeError):
                helper.start()

        run_together(start, start)
        helper.join()

    assert search(program).unwatchable == ("a thread that two threads start",)
