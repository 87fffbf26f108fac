"""The shape of the repository: which part may import which, and what lies at the top."""

import ast
import importlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from threadlings.engine import Ending

from .imports import imported

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "graders" / "threadlings"
MAY_IMPORT = {
    "document": set(),
    "engine": set(),
    "files": set(),
    "folders": {"usage"},
    "language": set(),
    "manifest": set(),
    "repository": {"language", "manifest", "usage"},
    "usage": {"language"},
    "measured": set(),
    "feedback": {"engine", "language"},
    "pictures": {"document", "engine", "feedback", "language", "manifest"},
    "flags": {"engine", "language"},
    "cells": {"engine", "feedback", "flags", "folders", "language", "manifest"},
    "checks": {"cells", "engine", "feedback", "language"},
    "grading": {"cells", "checks"},
    "gradebook": {"document", "engine", "feedback", "files", "flags", "language", "pictures"},
    "handed_in": {"cells", "files", "gradebook", "language", "manifest", "usage"},
    "judging": {
        *("cells", "checks", "engine", "feedback", "files", "flags", "folders", "gradebook"),
        *("handed_in", "language", "manifest", "pictures", "repository", "usage"),
    },
    "student": {
        *("engine", "feedback", "files", "language", "manifest", "pictures", "usage"),
    },
    "pytest_plugin": {
        "usage",
        "checks",
        "engine",
        "feedback",
        "language",
        "manifest",
        "pictures",
        "student",
    },
    "actions": {"cells", "files", "gradebook", "handed_in", "judging", "manifest", "usage"},
    "editions": {"usage"},
    "new_lesson": {"files", "manifest", "usage"},
    "self_check": {"gradebook", "handed_in", "judging", "language", "manifest", "repository"},
    "verbs": {
        *("actions", "cells", "editions", "gradebook", "handed_in", "judging", "language"),
        *("manifest", "new_lesson", "repository", "self_check", "student", "usage"),
    },
    "cli": {"manifest", "repository", "usage", "verbs"},
    "__main__": {"cli", "language", "manifest", "usage", "verbs"},
}


ENGINE = PACKAGE / "engine"
WINGS_MAY_IMPORT = {
    "runs": set(),
    "kernel": {"runs"},
    "schedules": {"kernel", "runs"},
    "library": {"kernel", "runs"},
    "effects": {"kernel", "library"},
    "bytecode": {"kernel", "library", "runs"},
    "accesses": {"bytecode", "effects", "kernel", "library", "runs"},
    "world": {"accesses", "bytecode", "effects", "kernel", "library", "runs", "schedules"},
}
"""The wings of the engine; what lies beside them is its door, which may import all of them."""


def imported_by(path: Path) -> list[tuple[str, ...]]:
    """Return what of the package a file imports, each as the names on the way to it."""
    own = path.relative_to(PACKAGE).with_suffix("").parts
    found: list[tuple[str, ...]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = own[: len(own) - node.level]
            names = (node.module or "").split(".") if node.module else []
            found += [(*base, *names, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("threadlings"):
            names = node.module.split(".")[1:]
            found += [(*names, alias.name) for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.startswith("threadlings.")]
            found += [tuple(name.split(".")[1:]) for name in names]
    return [target for target in found if target]


def parts_imported_by(path: Path) -> set[str]:
    """Return the parts of the package that a file imports, its own one left out."""
    own = path.relative_to(PACKAGE).with_suffix("").parts
    return {target[0] for target in imported_by(path)} - {own[0]}


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_imports_point_down(part):
    files = [*(PACKAGE / part).rglob("*.py"), *PACKAGE.glob(f"{part}.py")]
    assert files
    for path in files:
        assert parts_imported_by(path) <= MAY_IMPORT[part], path.name


def test_every_part_is_in_the_table():
    parts = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert parts - {"__init__", "__pycache__"} == set(MAY_IMPORT)


DOORS = ("actions", "cells", "editions", "flags", "gradebook", "handed_in", "judging")
"""Rooms of which others see the names in ``__all__`` alone."""
PUBLIC_MODULES = {"cells": {"faults"}, "gradebook": {"table"}}
"""Modules that are taken as they are: a list of names, and one that takes long to import."""


def imports_from_outside() -> Iterator[tuple[Path, str, str]]:
    """Yield each import of a room by a file of another: file, room, and what is imported."""
    for path in sorted(PACKAGE.rglob("*.py")):
        own = path.relative_to(PACKAGE).parts[0]
        for target, name in imported(path):
            inside = target.relative_to(PACKAGE).with_suffix("").parts
            if inside[0] != own and inside[1:]:
                yield path, inside[0], ".".join([*inside[1:], *([name] if name else [])])


def test_what_is_private_is_imported_in_its_room_only():
    for path, room, what in imports_from_outside():
        names = [name for name in what.split(".") if name != "__init__"]
        assert not any(name.startswith("_") for name in names), f"{path}: {room}.{what}"


def test_a_room_is_entered_by_its_door():
    for path, room, what in imports_from_outside():
        if room in DOORS:
            allowed = {"__init__", *PUBLIC_MODULES.get(room, ())}
            assert what.split(".")[0] in allowed, f"{path}: {room}.{what}"


@pytest.mark.parametrize("room", DOORS)
def test_a_door_says_in_order_what_may_be_taken(room):
    door = importlib.import_module(f"threadlings.{room}")
    assert door.__doc__
    assert all(hasattr(door, name) for name in door.__all__)
    wanted = {
        what.removeprefix("__init__.")
        for _path, each, what in imports_from_outside()
        if each == room and what.startswith("__init__.")
    }
    assert wanted <= {*door.__all__}


@pytest.mark.parametrize("wing", sorted(WINGS_MAY_IMPORT))
def test_imports_between_the_wings_of_the_engine_point_one_way(wing):
    for path in (ENGINE / wing).glob("*.py"):
        targets = [target[1:] for target in imported_by(path) if target[0] == "engine"]
        assert {target[0] for target in targets} - {wing} <= WINGS_MAY_IMPORT[wing], path.name


def test_every_wing_of_the_engine_is_in_the_table():
    wings = {path.name for path in ENGINE.iterdir() if path.is_dir()}
    assert wings - {"__pycache__"} == set(WINGS_MAY_IMPORT)


def test_wings_of_the_engine_are_entered_by_their_doors():
    for path in PACKAGE.rglob("*.py"):
        own = path.relative_to(PACKAGE).parent.parts
        for target in imported_by(path):
            if target[0] == "engine" and own[:1] != ("engine",):
                assert len(target) <= 2, f"{path.name}: {target}"
            elif target[0] == "engine":
                behind = [i for i, name in enumerate(target[1:], 1) if name.startswith("_")]
                is_inside = all(own[:i] == target[:i] for i in behind)
                assert is_inside, f"{path.name}: {target}"


def test_doors_of_the_engine_say_what_they_have():
    for wing in ("", *WINGS_MAY_IMPORT):
        door = importlib.import_module(f"threadlings.engine.{wing}".rstrip("."))
        assert door.__doc__
        assert all(hasattr(door, name) for name in door.__all__)
        assert (ENGINE / wing / "README.md").exists() or not wing


def test_modules_of_the_engine_are_short():
    for path in ENGINE.rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path.name


def test_only_the_backend_seam_knows_the_version_of_python():
    words = ("monitoring", "settrace", "version_info", "hexversion", "f_trace", "gettrace")
    for path in ENGINE.rglob("*.py"):
        named = {
            node.id if isinstance(node, ast.Name) else node.attr
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Name | ast.Attribute)
        }
        found = [word for word in words if any(word in name for name in named)]
        assert (found != []) == (path.name == "_tracing.py"), f"{path.name}: {found}"


ENDINGS = {ending.value for ending in Ending}


def is_decided_by_a_sentence(node):
    """Return True if something is chosen by the sentence of a search, or by an ending as text."""
    if isinstance(node, ast.Compare):
        asked = [node.left, *node.comparators]
        texts = {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)}
        is_kind = any(isinstance(each, ast.Attribute) and each.attr == "kind" for each in asked)
        if is_kind and texts & ENDINGS:
            return True
    elif isinstance(node, ast.If | ast.IfExp | ast.While | ast.Assert):
        asked = [node.test]
    elif isinstance(node, ast.BoolOp):
        asked = node.values
    elif isinstance(node, ast.UnaryOp):
        asked = [node.operand]
    else:
        return False
    return any(isinstance(each, ast.Attribute) and each.attr == "reason" for each in asked)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("if seen.reason: pass", True),
        ("wrong = not seen.reason", True),
        ("wrong = seen.reason == 'the budget'", True),
        ("wrong = 'budget' in seen.reason", True),
        ("wrong = outcome.kind not in ('value', 'exhausted')", True),
        ("wrong = outcome.kind != Ending.VALUE", False),
        ("print(seen.reason)", False),
    ],
)
def test_sentences_that_decide_are_found(text, is_one):
    assert any(map(is_decided_by_a_sentence, ast.walk(ast.parse(text)))) == is_one


def test_nobody_decides_by_the_sentence_of_a_search():
    for tree in ("graders", "exercises", "solutions"):
        for path in (ROOT / tree).rglob("*.py"):
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            found = [node.lineno for node in nodes if is_decided_by_a_sentence(node)]
            assert found == [], path


def test_no_lesson_is_named_in_the_package():
    for path in PACKAGE.rglob("*.py"):
        for word in ("thread_join", "locks.Counter", "TidyCounter"):
            assert word not in path.read_text(encoding="utf-8"), path.name


def test_top_level_is_what_the_design_says():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    top = {line.split("/")[0] for line in listed if line}
    wanted = {"exercises", "solutions", "graders", "tests", "pyproject.toml", "README.md"}
    assert {name for name in top if not name.startswith(".")} == wanted


RETIRED = {
    "max_steps": "max_decisions",
    "keeps_steps": "keep_steps",
    "turns of loops": "laps",
    "turns of a loop": "laps",
    "LessonSource": "Source",
    "name_in_step": "thing_in_step",
}
"""Words that had a second meaning or another spelling, and what is said instead: see DESIGN."""


@pytest.mark.parametrize("word", RETIRED)
def test_words_that_were_given_up_are_not_said_again(word):
    said_in = [
        path.name
        for path in [*PACKAGE.rglob("*.py"), *(ROOT / "graders").glob("lesson*/*.py")]
        if word in path.read_text(encoding="utf-8")
    ]
    assert said_in == [], f"say {RETIRED[word]}"
