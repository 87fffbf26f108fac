"""Hidden checks of lesson 11, task 4: which way is the fastest."""

import pytest

from threadlings.grading import Broken, real_scenario
from threadlings.language import said


@real_scenario()
def answer(lesson, name):
    value = getattr(lesson, name)
    if value is ...:
        raise NotImplementedError("TODO 4 in exercises/lesson11/processes.py")
    return value


def _answered(submission, name, right, why):
    words = ["sequential", "threads", "processes"]
    given = submission.run(answer, name=name)
    if given not in words:
        raise Broken(
            "{name} is {given!r}; it should be one of {words}", name=name, given=given, words=words
        )
    if given != right:
        raise Broken(
            "{name} = {given!r} is not the fastest way\n  {why}", name=name, given=given, why=why
        )


@pytest.mark.task(4)
def test_fastest_for_cpu(submission):
    """FASTEST_FOR_CPU is the fastest way for tasks that compute."""
    why = said("how many threads of one process can compute at the same time, under a GIL?")
    _answered(submission, "FASTEST_FOR_CPU", "processes", why)


@pytest.mark.task(4)
def test_fastest_for_io(submission):
    """FASTEST_FOR_IO is the fastest way for tasks that wait for the network."""
    why = said(
        "who waits needs no core and no GIL: which of the ways waits at once, and starts cheaply?"
    )
    _answered(submission, "FASTEST_FOR_IO", "threads", why)
