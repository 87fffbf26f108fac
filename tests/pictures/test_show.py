"""The page of a lesson: the programs of its show.py with the student's file."""

import shutil

import pytest

from tests.pictures.pages import ROOT, data_of
from threadlings.pictures import NothingToShow, show, show_as_text

LESSONS = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10")
MODULES = {"07": "race_condition.py", "08": "locks.py"}


@pytest.fixture
def folder_of(tmp_path):
    """Return a function that copies a lesson's files into a folder of its own."""

    def copy(number, tree="solutions", text=None):
        folder = tmp_path / f"lesson{number}"
        folder.mkdir(exist_ok=True)
        shutil.copy(ROOT / "exercises" / folder.name / "show.py", folder)
        own = next(
            path
            for path in (ROOT / tree / folder.name).glob("*.py")
            if not path.name.startswith("test_") and path.name != "show.py"
        )
        shutil.copy(own, folder)
        if text is not None:
            (folder / own.name).write_text(text, encoding="utf-8")
        return folder

    return copy


@pytest.mark.parametrize("number", LESSONS)
def test_solution_has_a_page_with_every_program(number, folder_of):
    scenes = data_of(show(folder_of(number), "en"))["scenes"]
    assert len(scenes) >= 3
    assert {scene["kind"] for scene in scenes} <= {"search", "time"}


@pytest.mark.parametrize("number", sorted({*LESSONS} - {"07"}))
def test_solution_ends_well_under_every_schedule(number, folder_of):
    for scene in data_of(show(folder_of(number), "en"))["scenes"]:
        assert [end["good"] for end in scene["ends"]] == [True], scene["title"]


def test_solution_of_the_race_goes_wrong_as_it_should(folder_of):
    for scene in data_of(show(folder_of("07"), "en"))["scenes"]:
        assert {end["good"] for end in scene["ends"]} == {True, False}, scene["title"]
        assert scene["fork"] is not None


@pytest.mark.parametrize("number", LESSONS)
def test_stub_says_which_todo_is_next(number, folder_of):
    for scene in data_of(show(folder_of(number, "exercises"), "en"))["scenes"]:
        assert scene["kind"] == "text"
        assert scene["summary"].startswith("Not done yet: TODO ")


@pytest.mark.parametrize("number", LESSONS)
def test_page_is_the_same_every_time_and_names_no_folder(number, folder_of, tmp_path):
    folder = folder_of(number)
    html = show(folder, "en")
    assert html == show(folder, "en")
    assert str(tmp_path) not in html


def test_titles_and_summaries_are_in_the_language(folder_of):
    folder = folder_of("08")
    english, korean = (data_of(show(folder, language))["scenes"] for language in ("en", "ko"))
    assert english[0]["title"] == "Two increments at the same time"
    assert korean[0]["title"] == "동시에 두 번 더하기"
    assert "schedule" in korean[0]["summary"]
    assert '<html lang="ko">' in show(folder, "ko")


def test_values_are_seen_also_behind_a_lock(folder_of):
    scene = data_of(show(folder_of("08"), "en"))["scenes"][0]
    told = [step[1] for event in scene["events"] for step in event["steps"]]
    assert {"takes self.lock", "reads n = 0", "writes n = 1", "frees self.lock"} <= set(told)


def test_two_locks_of_one_line_have_numbers(folder_of):
    scene = data_of(show(folder_of("08"), "en"))["scenes"][3]
    told = [step[1] for event in scene["events"] for step in event["steps"]]
    assert {"takes self.lock #1", "takes self.lock #2"} <= set(told)


def test_code_is_that_of_the_steps_without_docstrings(folder_of):
    scene = data_of(show(folder_of("08"), "en"))["scenes"][0]
    own, shown = scene["files"]
    assert (own["name"], shown["name"]) == ("locks.py", "show.py")
    text = "\n".join(line for _number, line in own["lines"])
    assert "class Counter:" in text
    assert "def increment" in text
    assert '"""' not in text
    assert "transfer" not in text
    assert "def counter(lesson):" in "\n".join(line for _number, line in shown["lines"])


def test_error_at_the_top_of_the_file_is_told(folder_of):
    folder = folder_of("08", text="import threading\nmissing\n")
    scene = data_of(show(folder, "en"))["scenes"][0]
    assert scene["kind"] == "text"
    assert "NameError: name 'missing' is not defined at locks.py:2" in scene["summary"]


def test_page_of_an_endless_loop_stays_small(folder_of):
    loop = """
class Counter:
    n = 0
    def increment(self):
        while True:
            self.n += 1
TidyCounter = Account = Counter
"""
    html = show(folder_of("08", text=loop), "en")
    scene = data_of(html)["scenes"][0]
    assert None in [end["good"] for end in scene["ends"]]
    assert len(html) < 3_000_000


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda folder: (folder / "show.py").unlink(), "lesson08 has no pictures: there is no "),
        (lambda folder: (folder / "show.py").write_text("x = 1"), "show.py has no program: no "),
        (lambda folder: (folder / "show.py").write_text("x = "), "show.py:1 is not Python"),
        (lambda folder: (folder / "locks.py").unlink(), "locks.py cannot be read: No such file"),
        (lambda folder: (folder / "locks.py").write_text("def f(:\n"), "locks.py:1 is not"),
        (lambda folder: (folder / "locks.py").write_bytes(b"\xff\xfe\x00"), "is not UTF-8 text"),
        (lambda folder: (folder / "locks.py").write_text("x = 1\0"), "locks.py is not Python yet"),
    ],
)
def test_what_is_missing_is_told_in_a_line(folder_of, damage, told):
    folder = folder_of("08")
    damage(folder)
    with pytest.raises(NothingToShow, match=told) as raised:
        show(folder, "en")
    assert "\n" not in str(raised.value)


def test_folder_of_no_lesson_is_told(tmp_path):
    with pytest.raises(NothingToShow, match="is not the folder of a lesson, such as exercises/"):
        show(tmp_path, "en")


def test_other_languages_are_refused(folder_of):
    with pytest.raises(ValueError, match="must be one of en, ko, not 'fr'"):
        show(folder_of("08"), "fr")


def test_text_has_a_timeline_of_each_timed_program(folder_of):
    text = show_as_text(folder_of("06"), "en", width=60)
    assert text.count("virtual seconds") == 4
    assert "One thread waits, another sets the event after 5 s\n\n  main │░sleeps" in text
    assert max(len(line) for line in text.splitlines() if "│" in line) <= 60


def test_text_has_what_was_printed(folder_of):
    text = show_as_text(folder_of("01"), "en")
    assert "virtual seconds\n\n  0 s       A     working\n" in text


def test_text_of_a_timed_program_has_its_bad_end(folder_of):
    broken = """
from threading import Thread

def run_all(tasks):
    Thread(target=tasks[0]).start()
    return 1 / 0

def wait_at_most(thread, seconds):
    thread.join(seconds)

def run_both(work, sleep, report):
    Thread(target=work).start()
    sleep()
"""
    text = show_as_text(folder_of("05", text=broken), "en")
    assert "  ZeroDivisionError" in text
    assert "  5 s       main  None\n" in text


def test_program_without_threads_has_a_timeline_too(folder_of):
    text = show_as_text(folder_of("10"), "en", width=60)
    assert "  main │░sleeps░░░" in text.split("\n\n\n")[0]
    scene = data_of(show(folder_of("10"), "en"))["scenes"][0]
    assert (scene["kind"], [thread["letter"] for thread in scene["threads"]]) == ("time", ["m"])


def test_text_has_the_steps_of_a_failing_run(folder_of):
    text = show_as_text(folder_of("07"), "en")
    assert text.startswith(
        "Two increments at the same time\n\n"
        "  Wrong endings: 1 of 2. Runs, for every schedule that can matter: 5.\n"
        "  n should be 2, it is 1\n\n"
        "      A                                   B\n"
        "   1  reads n = 0   race_condition.py:22\n"
    )


def test_text_of_what_nothing_breaks_says_so(folder_of):
    assert "  어떤 schedule도 깨뜨리지 못합니다." in show_as_text(folder_of("08"), "ko")


def test_text_of_a_stub_names_its_todo(folder_of):
    assert show_as_text(folder_of("09", "exercises"), "en").count("Not done yet: TODO ") == 5


def test_program_that_hangs_alone_says_so(folder_of):
    alone = """
from threading import Lock
lock = Lock()
lock.acquire()
class Counter:
    def __init__(self):
        lock.acquire()
TidyCounter = Account = Counter
"""
    scene = data_of(show(folder_of("08", text=alone), "en"))["scenes"][0]
    assert scene["kind"] == "text"
    assert scene["summary"].startswith("deadlock: nobody can go on")


def test_file_with_a_byte_order_mark_is_read(folder_of):
    folder = folder_of("08")
    text = (folder / "locks.py").read_text(encoding="utf-8")
    (folder / "locks.py").write_text(text, encoding="utf-8-sig")
    assert [s["kind"] for s in data_of(show(folder, "en"))["scenes"]] == ["search"] * 4
