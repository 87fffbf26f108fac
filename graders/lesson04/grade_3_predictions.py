"""Hidden checks of lesson 04, task 3: the predictions."""

import pytest

from threadlings.grading import Broken, scenario
from threadlings.language import said

NOTEBOOK = {"LINES_IF_DAEMON": 1, "LINES_IF_NOT_DAEMON": 10}


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
    """Both numbers are those of the lines that the program prints."""
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
