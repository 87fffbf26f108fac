"""Everything that a student reads is there in both languages."""

from pathlib import Path

import polib
import pytest

from threadlings import manifest
from threadlings.engine import PHRASES, SENTENCES
from threadlings.feedback.words import STEPS
from threadlings.language import CATALOGUE, catalogue, keys
from threadlings.pictures._phrases import SUMMARIES
from threadlings.self_check import catalogue_problems

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "graders" / "threadlings"
OURS = PACKAGE / "language" / CATALOGUE
LESSONS = pytest.mark.parametrize("lesson", manifest.read(), ids=lambda lesson: lesson.folder)
CATALOGUES = [
    OURS,
    *sorted(ROOT.glob(f"exercises/lesson*/{CATALOGUE}")),
    *sorted(ROOT.glob(f"graders/lesson*/{CATALOGUE}")),
]
EVERY_CATALOGUE = pytest.mark.parametrize(
    "path", CATALOGUES, ids=lambda path: str(path.parent.relative_to(ROOT))
)


def words_of_tables():
    return {*SENTENCES.values(), *PHRASES, *STEPS.values(), *SUMMARIES.values()}


def known_in(*paths):
    return {key for path in paths for key in catalogue.read(path)}


def unused_in(path, files):
    used = {key for file in files for key in keys.keys_in(file) | keys.strings_in(file)}
    return known_in(path) - used


def test_the_package_says_nothing_that_has_no_translation():
    files = list(PACKAGE.rglob("*.py"))
    said = {key for file in files for key in keys.keys_in(file)} | words_of_tables()
    assert said - known_in(OURS) == set()
    assert unused_in(OURS, files) - words_of_tables() == set()


@LESSONS
def test_a_lesson_says_nothing_that_has_no_translation(lesson):
    assert list(catalogue_problems(ROOT, lesson)) == []


@LESSONS
def test_a_lesson_translates_nothing_that_it_does_not_say(lesson):
    visible, hidden = (ROOT / tree / lesson.folder for tree in ("exercises", "graders"))
    files = [*visible.glob("test_*.py"), *visible.glob("show.py")]
    assert unused_in(visible / CATALOGUE, files) == set()
    assert unused_in(hidden / CATALOGUE, hidden.glob("grade_*.py")) == set()


@EVERY_CATALOGUE
def test_translations_are_there_and_have_the_same_values(path):
    entries = polib.pofile(str(path), check_for_duplicates=True)
    assert [entry.msgid for entry in entries if not entry.translated()] == []
    for entry in entries:
        assert keys.places(entry.msgid) == keys.places(entry.msgstr), entry.msgid
        has_places = keys.places(entry.msgid) != set()
        assert ("python-brace-format" in entry.flags) == has_places, entry.msgid


def test_keys_of_a_file_are_found(tmp_path):
    file = tmp_path / "test_it.py"
    file.write_text(
        'def test_it():\n    """It holds."""\n'
        '    raise Broken("one {way}" if x else "another", x=1)\n'
        'TABLE = [said("{only}: {values}", only=1, values=2), said(told), "not said"]\n',
        encoding="utf-8",
    )
    assert keys.keys_in(file) == {"It holds.", "one {way}", "another"}
    assert keys.strings_in(file) >= {"not said", "{only}: {values}"}
    assert keys.missing_in([file], {"another": "또"}) == ["It holds.", "one {way}"]
