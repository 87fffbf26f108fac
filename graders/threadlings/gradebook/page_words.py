"""What the pages of a gradebook say, in English and Korean.

The words of a gradebook itself, such as promises and messages, stay as they are.
"""

from __future__ import annotations

from typing import Any

from ..language import LANGUAGES
from . import grades
from .grades import LessonGrade, SubmissionGrade

WORDS = {
    "class": ("Class", "수강생"),
    "skip": ("Skip to the content", "본문으로 건너뛰기"),
    "students": ("Students: {count}", "학생: {count}"),
    "middle": ("Median: {percent} %", "중앙값: {percent} %"),
    "full": ("Full marks: {count}", "만점: {count}"),
    "errors": (
        "Lessons that could not be graded, which is the grader's fault: {count}",
        "채점기 문제로 채점하지 못한 lesson: {count}",
    ),
    "not_sandboxed": (
        "Not sandboxed: some student code ran without a sandbox.",
        "sandbox 없음: sandbox 밖에서 실행된 학생 코드가 있습니다.",
    ),
    "distribution": ("Distribution of the points", "점수 분포"),
    "bar": ("{percent} %: {count}", "{percent} %: {count}"),
    "axis": (
        "Points in percent of what could be earned, and the number of students",
        "받을 수 있는 점수에 대한 비율(%)과 학생 수",
    ),
    "who": ("Who has what", "학생별 점수"),
    "sort_hint": ("A column's heading sorts by it.", "열 제목을 누르면 그 열로 정렬합니다."),
    "student": ("Student", "학생"),
    "points": ("Points", "점수"),
    "of": ("of {points}", "{points}점 만점"),
    "flags": ("To review", "검토"),
    "fails": ("What fails most", "많이 틀리는 과제"),
    "no_fails": ("Nobody lost a point.", "점수를 잃은 학생이 없습니다."),
    "task": ("Task", "과제"),
    "of_lesson": ("{lesson} {title}, task {number}", "{lesson} {title}, 과제 {number}"),
    "lost_by": ("Lost by", "틀린 학생"),
    "some_of": ("{count} of {all}", "{all}명 중 {count}명"),
    "reasons": ("How many students, and why", "학생 수와 이유"),
    "review": ("To review", "검토할 것"),
    "no_review": ("Nothing is flagged.", "표시된 것이 없습니다."),
    "file": ("File", "파일"),
    "line": ("Line", "줄"),
    "what": ("What", "내용"),
    "feedback": ("{name}: {points} of {worth}", "{name}: {worth}점 중 {points}점"),
    "lessons": ("Lessons", "lesson"),
    "lesson_points": ("{points} of {worth}", "{worth}점 중 {points}점"),
    "task_head": ("Task {number} {title}", "과제 {number} {title}"),
    "stood_in": (
        "Judged with {names} of the solution in the place of yours: "
        "that mistake is counted once, in its own task.",
        "{names}: 정답의 것으로 바꾸어 채점했습니다. 그 실수는 그 과제에서 한 번만 감점됩니다.",
    ),
    "steps": ("What each thread did", "각 thread가 한 일"),
    "step": ("Step", "step"),
    "no_mark": ("{name}: no mark", "{name}: 점수 없음"),
    "late": (
        "Handed in late, on day {days} after it was due ({due}): {lost} points less.",
        "마감({due}) 후 {days}일째에 제출했습니다. {lost}점 감점.",
    ),
    "cut": (
        "Graded is what was handed in by {due}. What came later does not count.",
        "마감({due})까지 제출한 것을 채점했습니다. 그 뒤에 바뀐 것은 세지 않습니다.",
    ),
    "by_commits": (
        "When it was pushed is not known, so the dates of the commits were taken.",
        "언제 push했는지 알 수 없어 commit의 날짜를 기준으로 했습니다.",
    ),
    "days_late": ("late: {days} d", "{days}일 지각"),
    "unread": (
        "Lessons that were not found or not read, which is no zero: {count}",
        "찾지 못했거나 읽지 못한 lesson (0점이 아닙니다): {count}",
    ),
    f"why {grades.GRADER_ERROR}": (
        "the grader could not decide; that is not your fault",
        "채점기가 판정하지 못했습니다. 학생의 잘못이 아닙니다",
    ),
    f"why {grades.SILENT}": (
        "the grader gave no answer; that is not your fault",
        "채점기가 답하지 않았습니다. 학생의 잘못이 아닙니다",
    ),
    f"why {grades.NO_CELL}": (
        "your code could not be started here; that is not your fault",
        "채점하는 컴퓨터에서 코드를 시작하지 못했습니다. 학생의 잘못이 아닙니다",
    ),
    f"why {grades.NOT_FOUND}": (
        "your work was not found, so there is no mark: ask your instructor where it is looked for",
        "제출물을 찾지 못해 점수가 없습니다. 어디에서 찾는지 담당자에게 물어보세요",
    ),
    f"why {grades.NOT_READ}": (
        "your work could not be read, so there is no mark; it will be graded again",
        "제출물을 읽지 못해 점수가 없습니다. 나중에 다시 채점합니다",
    ),
    grades.PASSED: ("passed", "통과"),
    grades.FAILED: ("failed", "실패"),
    grades.NOT_STARTED: ("not started", "시작하지 않음"),
    grades.MISSING: ("missing", "파일 없음"),
    grades.UNUSABLE: ("unusable", "쓸 수 없는 파일"),
    grades.NOT_TEXT: ("not UTF-8 text", "UTF-8 텍스트가 아님"),
    grades.GRADER_ERROR: ("not graded", "채점하지 못함"),
    grades.SILENT: ("grader silent", "채점기가 답하지 않음"),
    grades.NO_CELL: ("code not started", "코드를 시작하지 못함"),
    grades.NOT_FOUND: ("not found", "찾지 못함"),
    grades.NOT_READ: ("not read", "읽지 못함"),
}
"""By name, or by the status that they tell: English and Korean."""


class PageWords:
    """What a page says in one language.

    Args:
        language: ``en`` or ``ko``.
    Raises:
        ValueError: If it is another.
    """

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            raise ValueError(f"the language must be one of {known}, not {language!r}")
        self.language = language

    def __call__(self, name: str, /, **values: Any) -> str:
        """Return the words of this name, with their values; they are text, not HTML."""
        return WORDS[name][LANGUAGES.index(self.language)].format(**values)

    def title_of(self, submission: SubmissionGrade, name: str) -> str:
        """Return what is above a student's page: their name and points, if there is a mark.

        Args:
            submission: What the student earned.
            name: As the page may have it.
        """
        if not submission.has_mark:
            return self("no_mark", name=name)
        points, worth = submission.points, submission.max_points
        return self("feedback", name=name, points=points, worth=worth)

    def why_unmarked(self, lesson: LessonGrade) -> str:
        """Return what a student reads of a lesson without a mark: nothing of ours is in it."""
        return self(f"why {lesson.status}")

    def how_late(self, lesson: LessonGrade) -> str:
        """Return what a student reads of how a lesson was handed in; empty if it was in time."""
        late = lesson.late
        if late is None or not (late.days or late.is_cut):
            return ""
        told = self("late" if late.days else "cut", **vars(late))
        return told if late.known_by == "pushes" else f"{told} {self('by_commits')}"

    def points_of(self, lesson: LessonGrade) -> str:
        """Return a lesson's points, or why there are none."""
        if lesson.points is None:
            return self(lesson.status)
        return self("lesson_points", points=lesson.points, worth=lesson.max_points)
