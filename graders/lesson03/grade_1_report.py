"""Hidden checks of lesson 03, task 1: report."""

import pytest

from threadlings.checks import ended_well, listed
from threadlings.engine import simulate
from threadlings.grading import Broken, scenario


@scenario
def reports(lesson):
    """Call report in the main thread and in two others, one of which is renamed meanwhile."""

    def program():
        from threading import Thread, current_thread

        def twice():
            lesson.report()
            lesson.report()

        def renamed():
            lesson.report()
            current_thread().name = "evening"
            lesson.report()

        lesson.report()
        for work, name in ((twice, "a b"), (renamed, "morning")):
            thread = Thread(target=work, name=name)
            thread.start()
            thread.join()

    return simulate(program)


@pytest.mark.task(1)
def test_report_prints_the_name_of_its_thread(submission):
    """report() prints the name of the thread that calls it, and : I am working.."""
    run = submission.run(reports)
    ended_well(run)
    calls = {"m": ["MainThread"], "A": ["a b", "a b"], "B": ["morning", "evening"]}
    for thread, names in calls.items():
        wanted = [f"{name} : I am working.." for name in names]
        lines = [line.rstrip() for line in run.lines(thread)]
        printed = [line for line in lines if line in wanted]
        if printed != wanted:
            raise Broken(
                "report() does not print the line of the thread that calls it\n"
                "  names at its calls: {shown}\n"
                "  it should print {shown_2}\n"
                "  it printed {shown_3}",
                shown=listed(names),
                shown_2=listed(wanted),
                shown_3=listed(lines),
            )
