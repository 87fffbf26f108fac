"""Each kind of leak is planted once and caught; what may be public is let through."""

from __future__ import annotations

import json
import os
import textwrap

import pytest

from threadlings import usage

from .conftest import EXPECTED, GRADER, RIGHT, SOLUTION, SOLVED, STUB, VISIBLE, Place

Captured = pytest.CaptureFixture[str]

PAGE, KOREAN = "exercises/lesson01/README.md", "exercises/lesson01/README.ko.md"
STUB_FILE, TESTS = "exercises/lesson01/tiny.py", "exercises/lesson01/test_tiny.py"
THREE = textwrap.dedent(SOLVED.replace("with", "        with", 1))
CHECK = "".join(GRADER.splitlines(keepends=True)[14:19])
STRANGE_SPACES = (
    THREE.replace("    ", "\t").replace(" = ", "\u00a0=\u3000").replace(".n", ".\u200bn")
)


def in_page(code: str) -> str:
    return f"# Lesson 01\n\n```python\n{code}\n```\n"


LEAKS = {
    "a solution, copied": ({"exercises/lesson01/old.py": SOLUTION}, "all of solutions/lesson01"),
    "a solution, copied into a page": ({PAGE: in_page(SOLUTION)}, "lines as in solutions/lesson01"),
    "three lines in a page": ({PAGE: in_page(THREE)}, "README.md, line 4: lines as in solutions/"),
    "three lines in a Korean page": ({KOREAN: in_page(THREE)}, "README.ko.md, line 4: lines as in"),
    "three lines in the guide": ({"exercises/README.md": in_page(THREE)}, "lines as in solutions/"),
    "three lines in the student's README": (
        {".github/student/README.md": in_page(THREE)},
        ".github/student/README.md, line 4: lines as in solutions/",
    ),
    "three lines, indented": ({PAGE: in_page(textwrap.indent(THREE, " " * 7))}, "lines as in"),
    "three lines, with other spaces": ({PAGE: in_page(STRANGE_SPACES)}, "lines as in solutions/"),
    "three lines, quoted": (
        {PAGE: textwrap.indent(THREE.replace("\n", "\n# Now:\n"), "> ", bool)},
        "lines as in solutions/",
    ),
    "three lines at a prompt": ({PAGE: textwrap.indent(THREE, ">>> ")}, "lines as in solutions/"),
    "three lines with Windows ends": ({PAGE: THREE.replace("\n", "\r\n")}, "lines as in solutions"),
    "lines of a check, with other quotes": (
        {PAGE: in_page(CHECK.replace('"', "'"))},
        "lines as in graders/lesson01/grade_tiny.py",
    ),
    "three lines in a docstring of the package": (
        {"graders/threadlings/__init__.py": f'"""Such as:\n\n{THREE}\n"""\n'},
        "graders/threadlings/__init__.py, line 3: lines as in solutions/",
    ),
    "three lines as comments": (
        {"graders/threadlings/tool.py": textwrap.indent(THREE, "# ", bool)},
        "lines as in solutions/",
    ),
    "the solution in the stub": (
        {STUB_FILE: SOLUTION.replace("Lesson 01: adding.", "Lesson 01.")},
        "tiny.py, line 12: line 12 of solutions/lesson01/tiny.py",
    ),
    "one line in the stub": (
        {STUB_FILE: STUB.replace("        raise", "        before = self.n\n        raise")},
        "line 13: line 14 of solutions/lesson01/tiny.py",
    ),
    "one line in the stub, as a comment": (
        {STUB_FILE: STUB.replace("        raise", "        # before = self.n\n        raise")},
        "line 13: line 14 of solutions/lesson01/tiny.py",
    ),
    "a hidden check among the visible ones": (
        {TESTS: f"{VISIBLE}\n\ndef test_more(submission):\n{CHECK}"},
        "lines as in graders/lesson01/grade_tiny.py",
    ),
    "one line under its heading and promise": (
        {PAGE: in_page(SOLUTION[SOLUTION.index("    def add") : SOLUTION.index("        #")])},
        "README.md, line 4: lines as in solutions/",
    ),
    "lines of a right submission": ({PAGE: in_page(RIGHT)}, "lines as in tests/submissions/"),
    "the name of a hidden test": (
        {PAGE: "See `test_nobody_comes_between`.\n"},
        "line 1: test_nobody_comes_between, a name of graders/lesson01/grade_tiny.py",
    ),
    "the name of a hidden test in Korean": (
        {KOREAN: "test_nobody_comes_between를 보세요.\n"},
        "test_nobody_comes_between, a name of",
    ),
    "a hidden test in a page": (
        {PAGE: in_page("def test_nobody_comes_between(lesson):\n    ...")},
        "line 4: test_nobody_comes_between, a name of",
    ),
    "the name of a hidden grader": ({PAGE: "See grade_tiny.\n"}, "grade_tiny, a name of graders/"),
    "the name of a test of the tools": ({PAGE: "See test_the_tool_works.\n"}, "a name of tests/"),
    "expected values, renamed": ({"exercises/lesson01/numbers.txt": EXPECTED}, "all of graders/"),
    "expected values, on one line": (
        {"exercises/lesson01/numbers.json": json.dumps(json.loads(EXPECTED))},
        "the data of graders/lesson01/expected.json",
    ),
    "expected values in a page": ({PAGE: in_page(EXPECTED)}, "the data of graders/lesson01"),
    "a few of many expected values": (
        {"graders/lesson01/many.csv": "2\n3\n5\n8\n13\n", PAGE: in_page("3\n5\n8")},
        "lines as in graders/lesson01/many.csv",
    ),
    "one expected value as a file": (
        {"graders/lesson01/one.txt": "42\n", "exercises/lesson01/one.txt": " 42"},
        "the data of graders/lesson01/one.txt",
    ),
    "a whole tree": ({"exercises/lesson01/tests/other.py": RIGHT}, "all of tests/submissions/"),
}


def caught(course: Place, capsys: Captured, *words: str) -> str:
    """Publish, see that nothing was written, and return what was found."""
    before = course.everything()
    capsys.readouterr()
    assert course.publish(*words) == usage.OUR_FAULT
    assert course.everything() == before
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "nothing was published; leaks" in shown.err
    return shown.err


@pytest.mark.parametrize("name", LEAKS)
def test_a_planted_leak_is_caught(course: Place, capsys: Captured, name: str) -> None:
    files, message = LEAKS[name]
    course.commit(files)
    assert message in caught(course, capsys)


def test_a_dry_run_looks_for_leaks_too(course: Place, capsys: Captured) -> None:
    course.commit({PAGE: in_page(THREE)})
    assert f"{PAGE}, line 4" in caught(course, capsys, "--dry-run")


def test_everything_is_found_at_once(course: Place, capsys: Captured) -> None:
    course.commit({PAGE: in_page(THREE), KOREAN: "test_the_tool_works\n"})
    told = caught(course, capsys)
    assert "nothing was published; leaks of hidden files: 2\n" in told
    assert told.index(KOREAN) < told.index(f"{PAGE}, line 4")


def test_many_leaks_are_counted_and_some_shown(course: Place, capsys: Captured) -> None:
    course.commit({f"exercises/{number}.md": "test_the_tool_works\n" for number in range(25)})
    told = caught(course, capsys)
    assert "leaks of hidden files: 25\n" in told
    assert "  and 5 more\n" in told


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_a_link_is_not_published(course: Place, capsys: Captured) -> None:
    (course.root / "exercises" / "lesson01" / "answer.py").symlink_to("../../solutions/lesson01")
    course.commit()
    assert "answer.py: a link or a submodule" in caught(course, capsys)


def test_what_was_hidden_in_any_commit_before_is_caught(course: Place, capsys: Captured) -> None:
    old = "OLD = 1\n"
    course.commit({"solutions/lesson01/old.py": old})
    course.git("rm", "--quiet", "solutions/lesson01/old.py")
    course.commit()
    course.commit({"exercises/lesson01/example.py": old})
    assert "exercises/lesson01/example.py: all of solutions/lesson01/old.py" in caught(
        course, capsys
    )


def test_what_was_hidden_on_a_merged_branch_is_caught(course: Place, capsys: Captured) -> None:
    course.git("switch", "--quiet", "--create", "side")
    course.commit({"graders/lesson01/old.txt": "17\n"})
    course.git("rm", "--quiet", "graders/lesson01/old.txt")
    course.commit({".github/DESIGN.md": "# The design\n"})
    course.git("switch", "--quiet", "main")
    course.commit({"exercises/lesson01/seventeen.txt": "17\n"})
    course.git("merge", "--quiet", "--no-edit", "side")
    assert "seventeen.txt: all of graders/lesson01/old.txt" in caught(course, capsys)


def test_what_an_earlier_commit_of_the_edition_holds_is_caught(
    course: Place, capsys: Captured
) -> None:
    course.publish()
    course.git("switch", "--quiet", "student")
    course.commit({"exercises/lesson01/tiny.py": SOLUTION})
    course.git("switch", "--quiet", "main")
    told = caught(course, capsys)
    assert "exercises/lesson01/tiny.py in a commit of student: all of solutions/" in told
    assert course.publish("--edition", "solutions") == usage.DONE


def test_a_branch_that_was_made_from_main_is_caught(course: Place, capsys: Captured) -> None:
    course.git("branch", "student")
    assert "graders/lesson01/grade_tiny.py in a commit of student" in caught(course, capsys)


def test_a_hidden_blob_that_the_remotes_branch_has_is_caught(
    course: Place, bare: Place, capsys: Captured
) -> None:
    course.git("push", "--quiet", "template", "main:student")
    assert course.publish("--remote", "template") == usage.OUR_FAULT
    assert "grade_tiny.py in a commit of student" in capsys.readouterr().err
    assert course.branches().keys() == {"main"}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"solutions/lesson01/checks.py": GRADER}, "all of graders/lesson01/grade_tiny.py"),
        ({"solutions/lesson01/other.py": RIGHT}, "all of tests/submissions/"),
        ({"solutions/lesson01/checks.md": in_page(CHECK)}, "lines as in graders/lesson01"),
        ({"solutions/lesson01/numbers.json": EXPECTED + " "}, "the data of graders/lesson01"),
        (
            {"solutions/lesson01/tiny.py": f"# test_nobody_comes_between\n{SOLUTION}"},
            "line 1: test",
        ),
    ],
)
def test_solutions_have_no_graders_and_no_tests(
    course: Place, capsys: Captured, files: dict[str, str], message: str
) -> None:
    course.commit(files)
    assert message in caught(course, capsys, "--edition", "solutions")
    assert course.publish("--edition", "student") == usage.DONE


HARMLESS = {
    "what is given": {PAGE: in_page(STUB[STUB.index("def shown") :])},
    "what is given, in a submission": {
        "tests/submissions/lesson01/right/more.py": STUB[STUB.index("def shown") :]
    },
    "headings and promises": {
        PAGE: in_page(STUB[STUB.index("class Total") : STUB.index("        # TODO")])
    },
    "two lines": {PAGE: in_page("with self.lock:\n    before = self.n")},
    "three lines that are not in a row": {PAGE: THREE.replace("\n", "\n\nand then\n\n")},
    "a name that a visible test has too": {PAGE: "See test_sum.\n"},
    "a longer name": {PAGE: "See my_test_the_tool_works.\n"},
    "an empty file": {"exercises/__init__.py": ""},
    "a short value": {"graders/lesson01/one.txt": "42\n", PAGE: "It is 42.\n"},
    "lines of another stub": {"exercises/lesson01/more.py": "before = self.n\n"},
    "a hidden file that is not Python": {"graders/lesson01/bad.py": "def (:\n\x00"},
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_says_nothing_is_let_through(course: Place, name: str) -> None:
    course.commit(HARMLESS[name])
    assert course.publish() == usage.DONE


def test_shared_lines_are_public_in_the_files_that_are_named(
    course: Place, capsys: Captured
) -> None:
    shared = (
        f"[[shared]]\nwhy = \"as an example\"\nfiles = [\"{PAGE}\"]\nlines = '''\n{THREE}\n'''\n"
    )
    course.commit({PAGE: in_page(THREE), ".github/shared-lines.toml": shared})
    assert course.publish() == usage.DONE
    course.commit({KOREAN: in_page(THREE)})
    told = caught(course, capsys)
    assert f"{KOREAN}, line 4" in told
    assert f"{PAGE}, line" not in told
