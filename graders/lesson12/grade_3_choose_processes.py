"""Hidden checks of lesson 12, task 3: how many processes are worth starting."""

import pytest

from threadlings.grading import Broken, real_scenario


@real_scenario()
def choices(lesson, cases):
    return [lesson.choose_processes(tasks, cpus) for tasks, cpus in cases]


@pytest.mark.task(3)
def test_choice_has_its_limits(submission):
    """choose_processes() returns as many as there are tasks or cores, whichever is less."""
    cases = [[100, 4], [3, 8], [4, 4], [9, 1], [1, 20], [20, 20], [0, 4], [10**6, 64], [7, 3]]
    for (tasks, cpus), found in zip(cases, submission.run(choices, cases=cases), strict=True):
        wanted = max(1, min(tasks, cpus))
        if found != wanted:
            raise Broken(
                "choose_processes({tasks}, {cpus}) should be {wanted}, it is {found}\n"
                "  more than the tasks have nothing to do, more than the cores wait for a core",
                tasks=tasks,
                cpus=cpus,
                wanted=wanted,
                found=found,
            )
