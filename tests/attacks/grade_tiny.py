"""The hidden checks of a tiny lesson of two tasks: quick, since the lesson is not what is tried."""

import pytest

from threadlings.checks import always, ended_well
from threadlings.engine import search, simulate
from threadlings.grading import scenario


@scenario
def doubled(lesson, number):
    return simulate(lambda: lesson.double(number))


@scenario
def totals(lesson):
    def program():
        from threading import Thread

        total = lesson.Total()
        threads = [Thread(target=total.add) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return total.n

    return search(program)


@pytest.mark.task(1)
@pytest.mark.parametrize("number", [2, 5])
def test_double(submission, number):
    """A number is doubled."""
    doubled_number = ended_well(submission.run(doubled, number=number))
    assert doubled_number == 2 * number, f"double({number}) returned {doubled_number}"


@pytest.mark.task(2)
def test_total(submission):
    """No addition is lost."""
    always(submission.run(totals), 2, "an addition is lost")
