"""Every promise in a stub has a check, and every check a promise."""

import pytest

from tests.promises import problems
from threadlings import manifest


@pytest.mark.parametrize("lesson", manifest.read(), ids=lambda lesson: lesson.folder)
def test_every_promise_has_a_check_and_every_check_a_promise(lesson):
    assert list(problems(lesson)) == []
