"""The READMEs: what they show is what happens, and both languages say the same."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from threadlings.editions.contents import STUDENT

ROOT = Path(__file__).parent.parent
PAGES = {"en": ROOT / "README.md", "ko": ROOT / ".github" / "ko" / "README.md"}
STUDENTS = {"en": ROOT / STUDENT.holds["README.md"], "ko": ROOT / STUDENT.holds["README.ko.md"]}
MOST_COMMANDS = 6
MOST_BYTES = 150_000
LESSON = "lesson01/thread_creation.py"
BOTH = pytest.mark.parametrize("pages", [PAGES, STUDENTS], ids=["instructors", "students"])


def text(path):
    return path.read_text(encoding="utf-8")


def blocks(page):
    return re.findall(r"^```\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def newcomers_path(page):
    (block,) = re.findall(r"<!-- newcomer -->\n```\n(.*?)```\n<!-- end -->", page, re.DOTALL)
    return block.splitlines()


# -- both languages -------------------------------------------------------------------------


@BOTH
def test_both_languages_show_the_same_commands(pages):
    assert blocks(text(pages["en"])) == blocks(text(pages["ko"]))


@BOTH
@pytest.mark.parametrize(
    "part",
    [
        pytest.param(r"^(#+) ", id="headings"),
        pytest.param(r"^\| ((?:`|\[?\d)[^(|]*)", id="rows"),
        pytest.param(r"`(threadlings[^`]*|--[^`]*)`", id="words"),
    ],
)
def test_both_languages_have_the_same_parts(pages, part):
    english, korean = (re.findall(part, text(page), re.MULTILINE) for page in pages.values())
    assert sorted(english) == sorted(korean)


def links_of(page):
    """Return the files that a page links to, in the order they stand there."""
    found = re.findall(r'\]\(([^)#]+)|src="([^"]+)"', text(page))
    local = [link or source for link, source in found if "://" not in (link or source)]
    assert local
    return [(page.parent / link).resolve() for link in local]


def test_both_languages_link_to_the_same_files():
    english, korean = (links_of(page) for page in PAGES.values())
    assert (english.pop(0), korean.pop(0)) == (PAGES["ko"], PAGES["en"])
    assert [as_english(path) for path in english] == [as_english(path) for path in korean]


def as_english(path):
    return path.with_name(path.name.replace(".ko.md", ".md").replace(".ko.", ".en."))


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_links_lead_somewhere(page):
    assert [link for link in links_of(page) if not link.exists()] == []


# -- pictures ---------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_two_pictures_are_small_and_told_in_words(page):
    pictures = re.findall(r'<img src="([^"]+)" width="\d+" alt="([^"]+)">', text(page))
    assert len(pictures) == text(page).count("<img") == 2
    for source, alt in pictures:
        assert (page.parent / source).stat().st_size < MOST_BYTES
        assert len(alt) > 60


# -- from a clone to the first lesson -----------------------------------------------------------


def test_newcomers_path_is_short_and_everywhere_the_same():
    paths = [newcomers_path(text(page)) for page in [*PAGES.values(), *STUDENTS.values()]]
    assert len(paths[0]) <= MOST_COMMANDS
    assert all("&&" not in command for command in paths[0])
    assert paths == [paths[0]] * 4


@pytest.mark.skipif(sys.platform == "win32", reason="the commands for Windows are others")
@pytest.mark.parametrize("edition", ["main", "student"])
def test_newcomers_path_leads_to_a_green_lesson(edition, tmp_path):
    repository, folder = tmp_path / "repository", tmp_path / "empty"
    folder.mkdir()
    pages = publish(repository, edition)
    *commands, last = newcomers_path(text(pages["en"]))
    script = "\n".join(["set -e", *commands]).replace("REPOSITORY", str(repository))
    assert run(script, folder).returncode == 0
    clone = folder / "threadlings"

    last = f"source .venv/bin/activate\n{last}"
    begun = run(last, clone)
    assert (begun.returncode, "next   TODO 1 in exercises/lesson01" in begun.stdout) == (1, True)
    shutil.copyfile(ROOT / "solutions" / LESSON, clone / "exercises" / LESSON)
    done = run(last, clone)
    assert (done.returncode, "todo" in done.stdout) == (0, False), done.stdout


def publish(repository, edition):
    """Make a repository of the files that are here now, and return its READMEs."""
    listed = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True)
    files = {path: ROOT / path for path in listed.split("\0") if (ROOT / path).is_file()}
    if edition == "student":
        files = STUDENT.files(files)
    for path, source in files.items():
        target = repository / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)
    identity = ["-c", "user.name=teacher", "-c", "user.email=teacher@example.org"]
    for words in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "course"]):
        subprocess.run(["git", *words], cwd=repository, check=True)
    return PAGES if edition == "main" else STUDENTS


def run(script, folder):
    """Run commands as somebody does who has typed them into a new terminal."""
    hidden = ("PYTHON", "PYTEST", "COV_", "THREADLINGS", "VIRTUAL_ENV", "GIT_")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(hidden)}
    return subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=environment | {"LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
    )
