"""Hidden checks of lesson 10, task 5: BOTTLENECK."""

import pytest

from threadlings.grading import Broken, scenario


@scenario
def answer_about_the_bottleneck(lesson):
    if lesson.BOTTLENECK is ...:
        raise NotImplementedError("TODO 5 in exercises/lesson10/comment_crawler.py")
    return lesson.BOTTLENECK


@pytest.mark.task(5)
def test_the_bottleneck_is_named(submission):
    """BOTTLENECK names what the sequential crawler spends its time on."""
    answer = submission.run(answer_about_the_bottleneck)
    words = ["cpu", "network", "disk"]
    if not isinstance(answer, str) or answer.strip().lower() not in words:
        raise Broken(
            "BOTTLENECK should be one of {words}, it is {answer!r}", words=words, answer=answer
        )
    if answer.strip().lower() != "network":
        raise Broken(
            "BOTTLENECK is {answer!r}, and that is not it\n"
            "  8 workers made the same crawl 7 times faster on the same computer: what were they "
            "all waiting for?",
            answer=answer,
        )
