"""What a file does by itself is over before the program begins, if it can be over."""

import pytest

from threadlings.engine import load, search, simulate

COUNTER = """
import time
from threading import Lock, Thread

class Counter:
    def __init__(self):
        self.n = 0
        self.lock = Lock()

    def add(self):
        with self.lock:
            self.n += 1

def many(counter, threads):
    made = [Thread(target=counter.add) for _ in range(threads)]
    for thread in made:
        thread.start()
    for thread in made:
        thread.join()
    return counter.n
"""
DEMO = """
BEGAN_S = time.monotonic()
print(many(Counter(), 3))
time.sleep(0.5)
kept = Counter()
while kept.n < 200:
    kept.add()
ENDED_S = time.monotonic()
"""
FOREVER = """
import threading, time
def tick():
    while True:
        time.sleep(1)
threading.Thread(target=tick, daemon=True).start()
"""
UNJOINED = """
import threading
n = [0]
def add():
    n[0] += 1
threading.Thread(target=add).start()
"""


@pytest.fixture
def written(tmp_path):
    def write(text, **options):
        path = tmp_path / "written.py"
        path.write_text(text, encoding="utf-8")
        return load(path, **options)

    return write


def test_a_demo_is_no_part_of_the_run(written):
    lesson = written(COUNTER + DEMO, settles=True)
    run = simulate(lambda: lesson.many(lesson.Counter(), 2), keep_steps=True)
    assert (run.value, run.returned_s, run.printed) == (2, 0, [])
    assert [thread.letter for thread in run.threads] == ["m", "A", "B"]
    assert all(span.end_s == 0 for span in run.timeline)
    alone = written(COUNTER, settles=True)
    other = simulate(lambda: alone.many(alone.Counter(), 2), keep_steps=True)
    assert [(step.thread, step.action) for step in run.steps] == [
        (step.thread, step.action) for step in other.steps
    ]


def test_a_search_takes_as_many_runs_as_without_it(written):
    def found(text):
        lesson = written(text, settles=True)
        seen = search(lambda: lesson.many(lesson.Counter(), 2))
        return seen.verdict, seen.runs, [outcome.run.value for outcome in seen.outcomes]

    assert found(COUNTER + DEMO) == found(COUNTER)


def test_without_threads_that_is_so_for_every_file(written):
    lesson = written("import time\nprint('a demo')\ntime.sleep(3)\nname = 5\n")
    run = simulate(lambda: lesson.name)
    assert (run.value, run.returned_s, run.printed) == (5, 0, [])


def test_what_its_threads_race_for_is_proven_for_one_schedule_only_if_it_settles(written):
    text = COUNTER.replace("with self.lock:", "if True:") + "total = many(Counter(), 2)\n"

    def totals(lesson):
        seen = search(lambda: lesson.total)
        return sorted(outcome.run.value for outcome in seen.outcomes)

    assert totals(written(text)) == [1, 2]
    assert totals(written(text, settles=True)) == [2]


def test_clocks_that_a_file_has_looked_at_go_on(written):
    lesson = written(COUNTER + DEMO, settles=True)

    def program():
        import time

        began_s, ended_s = lesson.BEGAN_S, lesson.ENDED_S
        return [began_s, ended_s, time.monotonic()]

    assert simulate(program).value == [-0.5, 0, 0]


def test_what_it_changes_in_its_module_stays_changed(written):
    lesson = written(COUNTER + DEMO, settles=True)
    assert simulate(lambda: lesson.kept.n).value == 200


def test_who_waits_in_a_loop_lets_others_go_on(written):
    lesson = written(
        "import time\nfrom threading import Thread\ndone = False\n"
        "def work():\n    global done\n    time.sleep(2)\n    done = True\n"
        "thread = Thread(target=work)\nthread.start()\n"
        "while not done:\n    pass\nthread.join()\n",
        settles=True,
    )
    run = simulate(lambda: lesson.done)
    assert (run.value, run.returned_s, len(run.threads)) == (True, 0, 1)


def test_a_thread_that_is_not_joined_is_a_part_of_the_run(written):
    lesson = written(UNJOINED)
    seen = search(lambda: lesson.n[0])
    assert sorted(outcome.run.value for outcome in seen.outcomes) == [0, 1]
    assert [thread.letter for thread in simulate(lambda: lesson.n[0]).threads] == ["m", "A"]


def test_but_not_if_it_is_taken_to_have_ended(written):
    lesson = written(UNJOINED, settles=True)
    seen = search(lambda: lesson.n[0])
    assert [outcome.run.value for outcome in seen.outcomes] == [1]
    assert [thread.letter for thread in simulate(lambda: lesson.n[0]).threads] == ["m"]


@pytest.mark.parametrize("settles", [True, False])
def test_a_thread_that_goes_on_is_there(written, settles):
    lesson = written(FOREVER, settles=settles)
    run = simulate(lambda: dir(lesson) and None)
    assert [thread.letter for thread in run.threads] == ["m", "A"]
    assert run.threads[1].started_at.line == 6
    assert run.stopped == ["Thread-1 (tick)"]


def test_a_run_in_which_somebody_has_decided_is_not_done_again(written):
    lesson = written(UNJOINED)

    def program():
        import time

        time.sleep(1)
        return lesson.n[0]

    run = simulate(program)
    assert (run.returned_s, len(run.threads)) == (1, 2)
    seen = search(program)
    assert sorted(outcome.run.value for outcome in seen.outcomes) == [0, 1]


def test_an_error_is_raised_where_the_program_asks_for_the_module(written):
    lesson = written("import time\ntime.sleep(3)\nraise LookupError('no')\n", settles=True)

    def program():
        try:
            return lesson.name
        except LookupError as error:
            return str(error)

    assert (simulate(program).value, simulate(program).returned_s) == ("no", 0)


def test_a_file_that_never_ends_ends_the_run(written):
    waits = written("import threading\nthreading.Event().wait()\n", settles=True)
    assert simulate(lambda: dir(waits)).deadlock[0].place.line == 2
    spins = written("while True:\n    pass\n", settles=True)
    assert simulate(lambda: dir(spins)).livelock[0].place.line in (1, 2)


def test_what_cannot_be_watched_is_told_of_every_run(written):
    text = "import time, ctypes\nnumber = ctypes.c_int(3)\nnumber.value = 4\ntime.sleep(1)\n"
    lesson = written(text, settles=True)
    assert search(lambda: dir(lesson) and None).unwatchable == ("ctypes",)


def test_much_work_is_not_watched_to_its_end(written):
    text = "def busy(n):\n    for _ in range(n):\n        kept.add()\n"
    demo = (
        "kept = Counter()\nfor _ in range(2):\n    thread = Thread(target=busy, args=(30_000,))\n"
    )
    demo += "    thread.start()\n    thread.join()\n"
    lesson = written(COUNTER + text + demo, settles=True)
    run = simulate(lambda: lesson.kept.n)
    assert (run.value, run.error, len(run.threads)) == (60_000, None, 1)
    seen = search(lambda: lesson.many(lesson.Counter(), 2))
    assert (seen.verdict, seen.runs, seen.limits) == ("HOLDS", 3, frozenset())
    unlocked = written(COUNTER.replace("with self.lock:", "if True:") + text + demo, settles=True)
    found = search(lambda: unlocked.many(unlocked.Counter(), 2))
    assert sorted(outcome.run.value for outcome in found.outcomes) == [1, 2]


def test_a_file_cannot_put_another_module_in_the_place_of_a_simulated_one(written):
    text = "import sys, types\nfor name in ('threading', 'queue', 'time'):\n"
    text += "    sys.modules[name] = types.ModuleType(name)\n"
    lesson = written(text, settles=True)

    def program():
        dir(lesson)
        import queue
        import threading
        import time

        return [hasattr(threading, "Thread"), hasattr(queue, "Queue"), hasattr(time, "sleep")]

    assert simulate(program).value == [True, True, True]
