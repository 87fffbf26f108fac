"""What the page, the hints and the grader of lesson 07 say is true."""

import dis
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from threading import Event, Thread

import pytest

from threadlings.checks import spelled
from threadlings.engine import load, search

ROOT = Path(__file__).parent.parent.parent
SOLUTION = load(ROOT / "solutions" / "lesson07" / "race_condition.py")

NOTEBOOK = """
import sys
from threading import Thread

class Counter:
    def __init__(self):
        self.n = 0

    def increment(self):
        self.n += 1

def work(counter):
    for i in range(100_000):
        counter.increment()

sys.setswitchinterval(1e-6)
counter = Counter()
t1 = Thread(target=work, args=(counter,))
t2 = Thread(target=work, args=(counter,))
t1.start()
t2.start()
t1.join()
t2.join()
print(counter.n)
"""


def has_gil():
    return getattr(sys, "_is_gil_enabled", lambda: True)()


def orders(a, b):
    """Yield every spelling of so many letters A and B."""
    for places in combinations(range(a + b), a):
        yield "".join("A" if place in places else "B" for place in range(a + b))


def grader():
    path = ROOT / "graders" / "lesson07" / "grade_4_possible_totals.py"
    spec = importlib.util.spec_from_file_location("grade_4_possible_totals", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_neither_a_call_nor_a_backward_jump_lies_between_the_read_and_the_write():
    def increment(counter):
        counter.n += 1

    names = [instruction.opname for instruction in dis.get_instructions(increment)]
    between = names[names.index("LOAD_ATTR") + 1 : names.index("STORE_ATTR")]
    assert "BINARY_OP" in between
    assert not [name for name in between if "CALL" in name or "JUMP" in name or name == "RESUME"]


def test_the_notebooks_program_gives_way_elsewhere():
    command = [sys.executable, "-I", "-c", NOTEBOOK]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    if has_gil():
        assert int(done.stdout) == 200_000
    else:
        assert 2 <= int(done.stdout) <= 200_000


def test_a_call_between_the_read_and_the_write_lets_the_other_thread_in():
    has_read, has_written = Event(), Event()

    class Counter:
        n = 0

        def increment(self, between):
            n = self.n
            between()
            self.n = n + 1

    def let_the_other_in():
        has_read.set()
        has_written.wait()

    def increment_in_between():
        has_read.wait()
        counter.increment(lambda: None)
        has_written.set()

    counter = Counter()
    a = Thread(target=counter.increment, args=(let_the_other_in,))
    b = Thread(target=increment_in_between)
    for thread in (a, b):
        thread.start()
    for thread in (a, b):
        thread.join()
    assert counter.n == 1


def two_increments():
    counter = SOLUTION.Counter()
    a, b = Thread(target=counter.increment), Thread(target=counter.increment)
    a.start()
    b.start()
    a.join()
    b.join()
    return counter.n


def test_an_update_is_lost_if_both_read_before_the_first_write():
    seen = search(two_increments, keep_runs=True)
    for letters in orders(2, 2):
        (run,) = spelled(seen, letters, name="letters", what="n")
        assert run.value == (1 if set(letters[:2]) == {"A", "B"} else 2)


class Buyer:
    told = None


def two_sales():
    desk, first, second = SOLUTION.TicketDesk(1), Buyer(), Buyer()

    def buy(buyer):
        buyer.told = desk.sell()

    a, b = Thread(target=buy, args=(first,)), Thread(target=buy, args=(second,))
    a.start()
    b.start()
    a.join()
    b.join()
    return [first.told, second.told]


@pytest.mark.parametrize("checks", ["AB", "BA"])
def test_a_seat_is_sold_twice_whatever_follows_the_two_checks(checks):
    seen = search(two_sales, keep_runs=True)
    for letters in orders(2, 2):
        for run in spelled(seen, checks + letters, name="letters", what="seats"):
            assert run.value == [True, True]


@pytest.mark.parametrize(
    ("threads", "increments"), [(0, 2), (2, 0), (1, 3), (2, 1), (3, 1), (2, 2)]
)
def test_the_graders_totals_are_those_that_the_engine_finds(threads, increments):
    seen = search(
        lambda: SOLUTION.run_race(SOLUTION.Counter(), threads, increments), max_runs=1_000
    )
    assert seen.verdict == "HOLDS"
    assert set(seen.values) == grader().every_total(threads, increments)


def orders_of(steps) -> Iterator[list[int]]:
    if not any(steps):
        yield []
    for thread, left in enumerate(steps):
        if left:
            rest = [*steps[:thread], left - 1, *steps[thread + 1 :]]
            yield from ([thread, *order] for order in orders_of(rest))


@pytest.mark.parametrize(("threads", "increments"), [(2, 3), (3, 1), (2, 2), (1, 2)])
def test_the_graders_totals_are_those_of_all_orders(threads, increments):
    totals = set()
    for order in orders_of([2 * increments] * threads):
        n, has_read = 0, {}
        for thread in order:
            if thread in has_read:
                n = has_read.pop(thread) + 1
            else:
                has_read[thread] = n
        totals.add(n)
    assert totals == grader().every_total(threads, increments)


def test_the_smallest_and_the_largest_total_are_as_the_hint_says():
    every_total = grader().every_total
    for threads in range(5):
        for increments in range(5 if threads < 4 else 3):
            largest = threads * increments
            smallest = largest
            if threads > 1 and increments > 0:
                smallest = min(increments, 2)
            assert every_total(threads, increments) == set(range(smallest, largest + 1))
