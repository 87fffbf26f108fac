"""Each operator changes one thing, and a mutant is known again however it is laid out."""

import pytest

from tests.mutants.__main__ import known_equivalents, main
from tests.mutants.operators import OPERATORS, mutants


def made(source, operator):
    return [mutant.source for mutant in mutants(source) if mutant.operator == operator]


@pytest.mark.parametrize(
    ("operator", "source", "expected"),
    [
        ("comparison", "x = a < b", ["x = a <= b"]),
        ("constant", "x = 3", ["x = 4"]),
        ("constant", "x = True", ["x = False"]),
        ("arithmetic", "x += 1", ["x -= 1"]),
        ("logic", "x = a and b", ["x = a or b"]),
        ("logic", "x = not a", ["x = a"]),
        ("statement dropped", "queue.task_done()", ["pass"]),
        ("statement dropped", "raise error", ["pass"]),
        ("keyword dropped", "t = f(a, name=b)", ["t = f(a)"]),
        (
            "exception",
            "try:\n    f()\nexcept Exception:\n    pass",
            [
                "try:\n    f()\nexcept BaseException:\n    pass",
                "try:\n    f()\nexcept ValueError:\n    pass",
            ],
        ),
        ("copy dropped", "x = list(y)", ["x = y"]),
        ("condition fixed", "x = a if b else c", ["x = a if True else c", "x = a if False else c"]),
        ("finally or except dropped", "try:\n    f()\nfinally:\n    g()", ["f()\ng()"]),
        (
            "critical section",
            "with a.lock:\n    f()\n    g()",
            [
                "f()\ng()",
                "with a.lock:\n    f()\nwith a.lock:\n    g()",
                "f()\nwith a.lock:\n    g()",
                "with a.lock:\n    f()\ng()",
                "with __import__('threading').Lock():\n    f()\n    g()",
            ],
        ),
        ("joined in the start loop", "t.start()", ["t.start()\nt.join()"]),
        ("join with a timeout", "t.join()", ["t.join(0)", "t.join(0.1)"]),
        ("another method", "c.notify_all()", ["c.notify()"]),
        ("while becomes if", "while a:\n    f()", ["if a:\n    f()"]),
        ("daemon", "t = Thread()", ["t = Thread(daemon=True)", "t = Thread(daemon=False)"]),
        (
            "kept between calls",
            "def f():\n    found = []\n    return found",
            ["def f(*, found=[]):\n    return found"],
        ),
        ("None for a sentinel", "end = object()", ["end = None"]),
        ("one less", "for t in ts:\n    f(t)", ["for t in list(ts)[1:]:\n    f(t)"]),
    ],
)
def test_what_an_operator_makes(operator, source, expected):
    assert made(source, operator) == expected


def test_every_operator_is_tried():
    parameters = test_what_an_operator_makes.pytestmark[0].args[1]
    assert {operator for operator, *_rest in parameters} == {*OPERATORS}


def test_a_mutant_has_the_same_key_in_another_layout():
    one = "def f(a):\n    return a<b\n"
    other = "import os\n\ndef f(a):   # a comment\n    return (a\n        < b)\n"
    keys = [{m.key for m in mutants(text) if m.function == "f"} for text in (one, other)]
    assert keys[0] == keys[1] != set()


def test_the_same_change_elsewhere_in_a_function_has_another_key():
    found = [m for m in mutants("def f():\n    g(1)\n    g(1)\n") if m.operator == "constant"]
    assert len({m.key for m in found}) == len(found) == 2


def test_reasons_are_given_for_those_that_are_equivalent():
    for key, reason in known_equivalents().items():
        assert len(key) == 12
        assert len(reason) > 10


def test_what_was_given_and_what_is_for_people_is_left_alone():
    given = "def work():\n    print('working')\n"
    source = given + "def mine(n):\n    'Docs.'\n    raise ValueError(f'not {n}')\n"
    assert [mutant.operator for mutant in mutants(source, given)] == ["statement dropped"]


def test_wrong_use_is_told(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["--sample", "many"])
    assert "invalid int value: 'many'" in capsys.readouterr().err
