"""A mistake is charged once: what calls a lost task's function is judged with the reference's."""

import ast
from pathlib import Path

import pytest

from threadlings import language, manifest, self_check
from threadlings.gradebook.markdown import feedback_text
from threadlings.handed_in import find_checkouts
from threadlings.judging import grade
from threadlings.judging._standing_in_process import called_by, with_reference
from threadlings.judging.standing_in import with_stand_ins
from threadlings.repository import find_graders

ROOT = Path(__file__).parents[2]
LESSONS = manifest.read()


def lesson_of(number):
    return next(lesson for lesson in LESSONS if lesson.number == number)


def titles_of(lesson):
    return {task.number: task.title for task in lesson.tasks}


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.folder)
def test_every_function_can_stand_in_for_everybodys(lesson):
    reference, titles = (ROOT / "solutions" / lesson.file).read_bytes(), titles_of(lesson)
    for path in self_check.files_to_grade(ROOT, lesson)[:8]:
        source = path.read_bytes()
        for task in titles:
            names = called_by(task, titles, titles, source)
            text = with_reference(names, titles, source, reference).decode()
            tree = ast.parse(text)
            bound = [getattr(node, "name", "") for node in tree.body]
            assert all(bound.count(name) <= 1 for name in names)
            assert (text == source.decode()) == (not names)


def test_what_it_calls_is_found_through_helpers_but_not_through_other_tasks():
    titles = titles_of(lesson_of(10))
    source = (
        b"def fetch_articles(s, u): ...\ndef fetch_comments(s, u, a): ...\n"
        b"def helper(s): return fetch_articles(s, '')\n"
        b"def crawl_sequential(u): return fetch_comments(None, u, 1)\n"
        b"def crawl(u): return helper(crawl_sequential)\n"
    )
    assert called_by(4, titles, titles, source) == {"fetch_articles", "crawl_sequential"}
    assert called_by(3, titles, titles, source) == {"fetch_comments"}
    assert called_by(4, [1], titles, source) == {"fetch_articles"}
    assert called_by(1, titles, titles, source) == set()


@pytest.mark.parametrize("source", [b"def (", b"x = '\0'", b"(" * 10**5, b"-" * 10**6 + b"1", b""])
def test_a_file_that_cannot_be_parsed_has_no_stand_ins(source):
    lesson = lesson_of(10)
    reference = (ROOT / "solutions" / lesson.file).read_bytes()
    assert with_stand_ins(lesson.tasks, lesson, source, reference) == []


def test_what_comes_along_has_a_name_of_its_own():
    lesson = lesson_of(10)
    titles = titles_of(lesson)
    source = (
        b"def _pages(): return 'mine'\ndef fetch_articles(session, base_url): return _pages()\n"
    )
    reference = (ROOT / "solutions" / lesson.file).read_bytes()
    names = {}
    exec(with_reference({"fetch_articles"}, titles, source, reference), names)
    assert names["_pages"]() == "mine"
    assert names["fetch_articles"].__code__.co_names[0] != "_pages"


def test_names_that_share_a_helper_each_bring_all_that_they_use():
    titles = titles_of(lesson_of(10))
    reference = (ROOT / "solutions" / lesson_of(10).file).read_bytes()
    names = {"fetch_articles", "fetch_comments"}
    both = with_reference(names, titles, b"", reference).decode()
    parts = [with_reference({name}, titles, b"", reference).decode() for name in names]
    assert all(part in both for part in parts)


def test_a_name_that_the_reference_lacks_is_told():
    with pytest.raises(ValueError, match="has no missing"):
        with_reference({"missing"}, {1: "missing"}, b"", b"x = 1")


WHO_WORKED = """
from threading import Thread, current_thread

def report(): print(f"{current_thread().name} : I am working..")

def start_named(target, names):
    threads = [Thread(target=target) for _ in names]
    for thread in threads:
        thread.start()
    return threads

def who_worked(names):
    notes = {}
    def note():
        notes[current_thread()] = current_thread().name
    threads = start_named(note, names)
    for thread in threads:
        thread.join()
    return [notes[thread] for thread in threads]BAD

def names_in_use():
    import threading
    return {thread.name for thread in threading.enumerate()}
"""


def graded(tmp_path, text):
    lesson = lesson_of(3)
    file = tmp_path / lesson.file
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    book = grade(find_checkouts([tmp_path]), [lesson], find_graders())
    return book.submissions[0]


def test_a_mistake_in_one_task_costs_its_points_only(tmp_path):
    submission = graded(tmp_path, WHO_WORKED.replace("BAD", ""))
    (lesson,) = submission.lessons
    assert [task.points > 0 for task in lesson.tasks] == [True, False, True, True]
    assert [task.stood_in for task in lesson.tasks] == [(), (), ("start_named",), ()]
    assert "Judged with start_named of the solution" in feedback_text(submission)
    language.choose("ko")
    try:
        assert "start_named: 정답의 것으로" in feedback_text(submission)
    finally:
        language.choose("en")


def test_a_mistake_of_its_own_is_charged_too_with_what_the_student_wrote(tmp_path):
    (lesson,) = graded(tmp_path, WHO_WORKED.replace("BAD", "[:1]")).lessons
    assert [task.points > 0 for task in lesson.tasks] == [True, False, False, True]
    assert [task.stood_in for task in lesson.tasks] == [()] * 4
    assert lesson.tasks[2].reasons
