"""The self-check finds what is wrong with a repository: each fault is planted here once."""

import shutil
from pathlib import Path

import pytest

from threadlings import cli, manifest, self_check, usage

ROOT = Path(__file__).parent.parent
LESSON = next(lesson for lesson in manifest.read() if lesson.number == 5)
WRONG = "def run_all(tasks):\n    return [task() for task in tasks]\n"


@pytest.fixture
def repository(tmp_path):
    """One lesson of the course in all its trees, with few submissions."""
    for tree in (*self_check.TREES, "tests/submissions"):
        (tmp_path / tree).mkdir(parents=True)
    for tree in self_check.TREES:
        folder = ROOT / tree / LESSON.folder
        shutil.copytree(folder, tmp_path / tree / LESSON.folder)
    for kind, count in self_check.FEWEST_SUBMISSIONS.items():
        folder = tmp_path / "tests" / "submissions" / LESSON.folder / kind
        folder.mkdir(parents=True)
        for path in self_check.submissions(ROOT, LESSON, kind)[:count]:
            shutil.copy(path, folder)
    return tmp_path


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_complete_lesson_has_no_problems(repository):
    assert list(self_check.tree_problems(repository, [LESSON])) == []
    for problems in (
        self_check.file_problems,
        self_check.stub_problems,
        self_check.page_problems,
    ):
        assert list(problems(repository, LESSON)) == []


def test_folders_without_a_lesson_and_lessons_without_a_folder_are_found(repository):
    (repository / "solutions" / LESSON.folder).rename(repository / "solutions" / "lesson99")
    assert list(self_check.tree_problems(repository, [LESSON])) == [
        "solutions/lesson05 is missing",
        "solutions/lesson99 is not in the manifest",
    ]


def test_missing_stray_and_too_few_files_are_found(repository):
    (repository / "exercises" / LESSON.folder / "README.ko.md").unlink()
    (repository / "graders" / LESSON.folder / "notes.txt").touch()
    self_check.submissions(repository, LESSON, "wrong")[0].unlink()
    assert list(self_check.file_problems(repository, LESSON)) == [
        "exercises/lesson05/README.ko.md is missing",
        "graders/lesson05/notes.txt is not wanted there",
        "9 wrong submissions; at least 10 are wanted",
    ]


def test_hidden_checks_are_in_one_file_or_in_files_of_tasks(repository):
    graders = repository / "graders" / LESSON.folder
    for path in graders.glob("grade_*.py"):
        path.unlink()
    assert list(self_check.file_problems(repository, LESSON)) == [
        "graders/lesson05/grade_thread_join.py is missing"
    ]
    (graders / "grade_thread_join.py").touch()
    assert list(self_check.file_problems(repository, LESSON)) == []
    (graders / "grade_1_2_run_all.py").touch()
    assert list(self_check.file_problems(repository, LESSON)) == [
        "graders/lesson05/grade_thread_join.py is not wanted there"
    ]
    (graders / "grade_thread_join.py").unlink()
    (graders / "grade_3_run_both.py").write_text("#\n" * (self_check.LONGEST_GRADER + 1))
    assert list(self_check.file_problems(repository, LESSON)) == [
        "graders/lesson05/grade_3_run_both.py has 351 lines; at most 350 are wanted"
    ]


def test_a_stub_without_its_todos_is_found(repository):
    stub = repository / "exercises" / LESSON.file
    edit(stub, "# TODO 2: ", "# Here: ")
    edit(stub, 'raise NotImplementedError("TODO 3 in exercises/lesson05/thread_join.py")', "pass")
    assert list(self_check.stub_problems(repository, LESSON)) == [
        "thread_join.py does not say what TODO 2 is",
        "thread_join.py has neither a raise nor a value ... for TODO 3",
    ]


def test_a_value_may_stand_in_for_a_todo(repository):
    stub = repository / "exercises" / LESSON.file
    todo = "TODO 3 in exercises/lesson05/thread_join.py"
    edit(stub, f'raise NotImplementedError("{todo}")', "pass")
    with stub.open("a", encoding="utf-8") as file:
        file.write(f"\nANSWER: int = ...  # {todo}\n")
    assert list(self_check.stub_problems(repository, LESSON)) == []


def test_what_has_no_translation_is_found(repository):
    assert list(self_check.catalogue_problems(repository, LESSON)) == []
    visible = repository / "exercises" / LESSON.folder
    with (visible / f"test_{LESSON.module}.py").open("a", encoding="utf-8") as file:
        file.write('\n\ndef test_more(lesson):\n    """It holds."""\n')
    with (repository / "graders" / LESSON.folder / "grade_more.py").open("w") as file:
        file.write('raise Broken("it holds {number} times", number=2)\n')
    assert list(self_check.catalogue_problems(repository, LESSON)) == [
        "exercises/lesson05/ko.po does not have 'It holds.'",
        "graders/lesson05/ko.po does not have 'it holds {number} times'",
    ]


def test_a_page_that_is_too_long_or_lacks_a_hint_is_found(repository):
    page = repository / "exercises" / LESSON.folder / "README.md"
    edit(page, "## Hints", "word " * self_check.LONGEST_PAGE + "\n\n## Hints")
    edit(page, "Hint 2.3", "Hint 2.4")
    edit(page, "pytest exercises/lesson05\n", "pytest\n")
    found = list(self_check.page_problems(repository, LESSON))
    assert [problem.split(" ")[1:3] for problem in found] == [
        ["has", found[0].split(" ")[2]],
        ["does", "not"],
        ["does", "not"],
    ]
    assert int(found[0].split(" ")[2]) > self_check.LONGEST_PAGE


def test_code_and_folds_beside_the_hints_do_not_count(repository):
    page = repository / "exercises" / LESSON.folder / "README.md"
    code = "```python\n" + "word " * self_check.LONGEST_PAGE + "\n```\n"
    fold = "<details><summary>Answers</summary>\n\nA word.\n\n</details>\n"
    edit(page, "## Hints", f"{code}\n{fold}\n## Hints")
    assert list(self_check.page_problems(repository, LESSON)) == []


@pytest.mark.parametrize(
    ("folder", "first_line", "problem"),
    [
        ("right", "# built: one after another", "a right program was rejected"),
        ("wrong", "# nothing", "its first line is not"),
        ("wrong", "# task: 2; reason: at the same time", "points of task 2 alone; it is 'failed'"),
        ("wrong", "# task: 1; reason: no such words", "should have the words 'no such words'"),
        ("wrong", "# task: 1; reason: did not run at the same time", None),
    ],
)
def test_a_wrong_verdict_is_found(tmp_path, folder, first_line, problem):
    solution = (ROOT / "solutions" / LESSON.file).read_text(encoding="utf-8")
    path = tmp_path / folder / "serial.py"
    path.parent.mkdir()
    path.write_text(f"{first_line}\n{solution}\n{WRONG}", encoding="utf-8")
    found = list(self_check.verdict_problems(path, LESSON))
    assert len(found) == (problem is not None)
    assert problem is None or problem in found[0]


def test_a_stub_that_earns_something_is_found(tmp_path):
    path = tmp_path / "exercises" / LESSON.file
    path.parent.mkdir(parents=True)
    shutil.copy(ROOT / "solutions" / LESSON.file, path)
    (problem,) = self_check.verdict_problems(path, LESSON)
    assert problem.startswith("the stub is 'passed', not 'not started'")


def test_the_command_tells_problems_and_their_number(repository, capsys, monkeypatch):
    monkeypatch.setattr(self_check, "files_to_grade", lambda root, lesson: [])
    command = ["self-check", "--lesson", "5"]
    assert cli.main(command, graders=repository / "graders") == usage.DONE
    assert capsys.readouterr().out == "problems: 0\n"
    (repository / "solutions" / LESSON.file).unlink()
    assert cli.main(command, graders=repository / "graders") == usage.OUR_FAULT
    told = "lesson05 files: solutions/lesson05/thread_join.py is missing\nproblems: 1\n"
    assert capsys.readouterr().out == told


def test_the_command_refuses_a_lesson_that_is_not_there(capsys):
    assert cli.main(["self-check", "--lesson", "99"]) == usage.WRONG_USAGE
