"""Everything that a student reads is there in both languages."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from threadlings import manifest
from threadlings.engine import PHRASES
from threadlings.engine.runs import SENTENCES
from threadlings.language import MESSAGES, catalogue
from threadlings.student import screen

from .templates import asserts_of, promises_of, prose_of, templates_of, texts_of

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "graders" / "threadlings"
OURS = PACKAGE / "language" / "ko.toml"
STUDENTS_PARTS = ("feedback", "grading", "pictures", "student")
LESSONS = pytest.mark.parametrize("lesson", manifest.read(), ids=lambda lesson: lesson.folder)
ACTION = re.compile(
    r"reads|writes|takes|waits for|ends|ends a task of|puts into|gets from|finds [a-z]+(?: in)?"
)
NAMES = {"the {0} made at {1}", "the end of {0}", "a lock"}


NOT_TOLD = {
    *("This is a thread", "50 30: This is a thread", "{0} : I am working..", "I am working.."),
    *("event set : True", "wait for the event", "main thread finished", "still at work"),
    *("raised after all", "raised too early", "not raised", "nothing was raised"),
    *("no good", "no good: 1", "about {0}", "LookupError('3 is odd')"),
    *("Read timed out.", "Connection refused", "it raises", "its process dies"),
    *("my caller", ": This is a thread", "left pair", "no such word", "of tasks[1]", "of tasks[2]"),
    *("must be an iterable", "must be a mapping", "positional argument", "keyword argument"),
    *("no connection", "who wrote {0}", "news {0}", "in consume", "in a source", "thread error"),
    *(
        "<html><body>Please try again later</body></html>",
        "looked up",
        "local object",
        "not started",
    ),
    *("{0} with {1}", "drain() of a {0} with {1}", "process_all() of {0} with {1}", "{0}() at {1}"),
    *("increment_many(counter, {0}, {1}) with counter.n = 5", " at comment_crawler.py:{0}"),
    *(
        "increment_many(counter, 2, {0}) with counter.n = 5",
        "sell() number {0} of a TicketDesk({1})",
    ),
    "fan() with {0}, consumers={1}, maxsize={2}",
    "one core cannot show a speedup: the meeting of the processes decided",
    "this machine showed no speedup: the meeting of the processes decided",
    "one core cannot show a speedup: the meeting of the workers decided",
    "this machine showed no speedup: the meeting of the workers decided",
    "article {0} should have",
}
"""Phrases in tests and graders that are values, code or notes for the instructor."""


def texts_of_the_package():
    files = [PACKAGE / "pytest_plugin.py"]
    for part in STUDENTS_PARTS:
        files += sorted((PACKAGE / part).glob("*.py"))
    return {template for file in files for template in templates_of(file)}


def actions_of_steps():
    """Return what the engine says that steps do."""
    found = set()
    for file in (PACKAGE / "engine").rglob("_*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value} if ACTION.fullmatch(node.value) else set()
    return {f"{action} {{0}}" for action in found}


def words_of_tables():
    return (
        set(SENTENCES.values())
        | PHRASES
        | {word for word, _style in screen.MARKS.values()}
        | NAMES
        | actions_of_steps()
    )


def in_catalogue(file):
    return {message.english for message in catalogue.read(file)}


def test_the_package_says_nothing_that_has_no_translation():
    assert texts_of_the_package() | words_of_tables() == in_catalogue(OURS)


@LESSONS
def test_a_lesson_says_nothing_that_has_no_translation(lesson):
    folder = ROOT / "exercises" / lesson.folder
    tests = folder / f"test_{lesson.module}.py"
    told = {*templates_of(tests), *promises_of(tests), *prose_of(tests)}
    told |= set(asserts_of(folder / "show.py"))
    assert told - NOT_TOLD == in_catalogue(folder / MESSAGES)


@LESSONS
def test_a_hidden_grader_says_nothing_that_has_no_translation(lesson):
    folder = ROOT / "graders" / lesson.folder
    (grader,) = folder.glob("grade_*.py")
    told = {*templates_of(grader), *promises_of(grader), *prose_of(grader)} - NOT_TOLD
    known = in_catalogue(folder / MESSAGES)
    assert told - known - in_catalogue(ROOT / "exercises" / lesson.folder / MESSAGES) == set()
    assert known - told - texts_of(grader) == set()


def every_catalogue():
    folders = (ROOT / "exercises", ROOT / "graders")
    return [
        OURS,
        *(path for folder in folders for path in sorted(folder.glob("lesson*/messages.ko.toml"))),
    ]


@pytest.mark.parametrize(
    "file", every_catalogue(), ids=lambda file: str(file.parent.relative_to(ROOT))
)
def test_translations_have_the_same_values(file):
    for message in catalogue.read(file):
        english, korean = message.placeholders
        assert english == korean, message.english
        assert message.translation.strip(), message.english


@pytest.mark.parametrize(
    "file", every_catalogue(), ids=lambda file: str(file.parent.relative_to(ROOT))
)
def test_values_can_be_found_again(file):
    """Between two values there are words, or they are side by side in both; no text is twice."""
    messages = catalogue.read(file)
    for message in messages:
        for side_by_side in re.findall(r"(?:\{\d+\}){2,}", message.english):
            assert side_by_side in message.translation, message.english
    assert [text for text, count in Counter(m.english for m in messages).items() if count > 1] == []


@pytest.mark.parametrize(
    "file", every_catalogue(), ids=lambda file: str(file.parent.relative_to(ROOT))
)
def test_every_text_finds_its_own_translation(file):
    """No other text of the package or of the lesson is found for it."""
    found = catalogue.Catalogue([OURS, file])
    for message in catalogue.read(file):
        values = {number: f"<{number}>" for number in message.placeholders[0]}
        english, korean = message.english, message.translation
        for number, value in values.items():
            english = english.replace(f"{{{number}}}", value)
            korean = korean.replace(f"{{{number}}}", value)
        assert found.translated(english) == korean
