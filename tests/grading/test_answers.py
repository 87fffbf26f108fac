"""What a scenario returns comes back as it was: data, with runs and searches in it."""

from __future__ import annotations

from typing import Any

import pytest

from threadlings.cells import _answers
from threadlings.engine import MalformedError, Run, Search, search, simulate
from threadlings.grading import scenario

from .conftest import MakeSubmission


def both(lesson: Any) -> Any:
    def program() -> Any:
        return lesson.act()

    return {"fair": simulate(program), "searched": [search(program), 7], "pair": (1, "two")}


@pytest.mark.parametrize("value", [None, 1.5, "text", [], [[1], {"a": [None]}], {}])
def test_plain_data_comes_back(value: Any) -> None:
    assert _answers.unpacked(_answers.packed(value)) == value


def test_runs_and_searches_come_back_wherever_they_stand() -> None:
    run, seen = simulate(lambda: 1), search(lambda: 2)
    value = {"runs": [run, run], "seen": {"it": seen}}
    assert _answers.unpacked(_answers.packed(value)) == value
    assert _answers.unpacked(_answers.packed(run)) == run


def test_what_is_no_data_is_named() -> None:
    assert _answers.unpacked(_answers.packed([object()])) == ["<an object of class object>"]


def test_a_value_of_a_program_that_looks_like_a_run_stays_a_value() -> None:
    value = {"threadlings run": {"n": 1}}
    run = simulate(lambda: value)
    assert _answers.unpacked(_answers.packed(run)).value == value


def nested(depth: int) -> Any:
    data: Any = []
    for _ in range(depth):
        data = [data]
    return data


@pytest.mark.parametrize(
    "data",
    [
        {"threadlings run": 5},
        {"threadlings run": {}},
        [{"threadlings search": {"verdict": "HOLDS"}}],
        {"a": {"threadlings search": None}},
        nested(100_000),
    ],
    ids=["number", "empty", "search", "none", "deep"],
)
def test_what_is_no_run_is_refused(data: Any) -> None:
    with pytest.raises(MalformedError):
        _answers.unpacked(data)


def test_they_come_out_of_a_cell(make_submission: MakeSubmission) -> None:
    found = make_submission("def act(): return [3]").run(scenario(both))
    assert isinstance(found["fair"], Run)
    assert isinstance(found["searched"][0], Search)
    assert found["fair"].value == found["searched"][0].outcomes[0].value == [3]
    assert found["searched"][1:] + found["pair"] == [7, 1, "two"]
