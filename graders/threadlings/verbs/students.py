"""The verbs of the command that a student uses: their arguments, and what each does."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from .. import language
from ..language import Text, said
from ..manifest import Lesson
from ..student import overview, screen
from ..student.course import Course, find_course
from ..usage import DONE, OUR_FAULT, TASKS_LEFT, WRONG_USAGE, UsageError

PROGRAM = "threadlings"
SHELLS = ("bash", "zsh", "fish", "powershell")

Verb = Callable[[argparse.Namespace, Course], int]


def about() -> str:
    """Return what ``--help`` says first."""
    return overview.about()


def add_verbs(verbs: Any) -> None:
    """Add the students' verbs to a parser's sub-parsers.

    Each sets ``verb`` to a function of the parsed words, the manifest's lessons, and a third
    argument that instructors' verbs need.
    """
    check = _add(verbs, "check", _check, said("check a lesson with its visible tests"))
    _add_lesson(check, said("the lesson; the next one if none is given"), nargs="?")
    _add_task(check, said("its number: what is said of this task, and of no other"))
    _add_lesson(
        _add(verbs, "next", _next, said("the first task that is open, and how to start")), nargs="?"
    )
    hint = _add(verbs, "hint", _hint, said("one more hint for a task"))
    _add_lesson(hint)
    _add_task(hint, said("its number; the next one if none"))
    watch = _add(verbs, "watch", _watch, said("check a lesson again whenever you save"))
    _add_lesson(watch, nargs="?")
    run = _add(
        verbs, "run", _run_for_real, said("run your program for real: real threads, real clock")
    )
    _add_lesson(run)
    replay = _add(verbs, "replay", _replay, said("run your program again under a schedule"))
    _add_lesson(replay)
    replay.add_argument("schedule", metavar="SCHEDULE", help=str(said("letters, such as ABBA")))
    show = _add(verbs, "show", _show, said("write a page with pictures of a lesson's runs"))
    _add_lesson(show)
    show.add_argument("--text", action="store_true", help=str(said("draw them here instead")))
    reset = _add(verbs, "reset", _reset, said("put a lesson's file back as it was handed out"))
    _add_lesson(reset)
    reset.add_argument("--yes", action="store_true", help=str(said("do not ask")))
    update = _add(verbs, "update", _update, said("get the course's corrections; your files stay"))
    update.add_argument(
        "--from",
        dest="address",
        metavar="ADDRESS",
        help=str(said("the course's repository (default: that of the last time)")),
    )
    update.add_argument("--branch", default="student", help=str(said("its branch")))
    feedback = _add(verbs, "feedback", _feedback, said("check every lesson, and say how all stand"))
    feedback.add_argument(
        "--summary", type=Path, metavar="FILE", help=str(said("add the table to this file too"))
    )
    completion = _add(verbs, "completion", None, said("print what makes your shell complete words"))
    completion.add_argument("shell", choices=SHELLS)
    completion.set_defaults(verb=_completion)


def add_language(parser: argparse.ArgumentParser, default: Any = None) -> None:
    """Add ``--lang`` to a parser."""
    parser.add_argument(
        "--lang",
        choices=language.LANGUAGES,
        default=default,
        help=str(said("the language of what you read")),
    )


def language_of(words: Sequence[str]) -> str:
    """Return the language that words ask for before they are parsed, or else the system's."""
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("--lang")
    try:
        asked = parser.parse_known_args(words)[0].lang
    except argparse.ArgumentError:
        asked = None
    return asked if asked in language.LANGUAGES else language.of_system()


def where_you_are(arguments: argparse.Namespace, lessons: Sequence[Lesson], _other: object) -> int:
    """Do what ``threadlings`` alone does."""
    return _run(_overview, arguments, lessons, None)


def _add(verbs: Any, name: str, verb: Verb | None, summary: Text) -> argparse.ArgumentParser:
    told = str(summary)
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=told, description=told)
    add_language(parser, argparse.SUPPRESS)
    if verb is not None:
        parser.set_defaults(verb=partial(_run, verb))
    return parser


def _add_lesson(
    parser: argparse.ArgumentParser, text: Text | None = None, nargs: str | None = None
) -> None:
    text = text or said("the lesson: 7, 07, lesson07, or a path to it")
    parser.add_argument("lesson", nargs=nargs, metavar="LESSON", help=str(text))


def _add_task(parser: argparse.ArgumentParser, text: Text) -> None:
    parser.add_argument("task", nargs="?", type=int, metavar="TASK", help=str(text))


def _run(
    verb: Verb, arguments: argparse.Namespace, lessons: Sequence[Lesson], _other: object
) -> int:
    """Do what a verb says; a mistake in its use is told in one line."""
    screen.replace_unprintable()
    language.choose(arguments.lang or language.of_system())
    try:
        return verb(arguments, find_course(lessons, _start(arguments)))
    except UsageError as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return WRONG_USAGE
    except BrokenPipeError:  # As with | head: no mistake, and nobody to tell it.
        raise
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"{PROGRAM}: {where}{error.strerror}", file=sys.stderr)
        return WRONG_USAGE


def _start(arguments: argparse.Namespace) -> Path:
    """Return where to look for the course: at the lesson, if that is a path."""
    named = getattr(arguments, "lesson", None)
    if named and not named.isdecimal() and Path(named).exists():
        return Path(named)
    return Path.cwd()


def _lesson_of(arguments: argparse.Namespace, course: Course) -> Lesson:
    """Return the lesson that was named, or the next one."""
    if arguments.lesson is not None:
        return course.lesson(arguments.lesson)
    return overview.next_lesson(course) or course.lessons[-1]


def _task_of(course: Course, lesson: Lesson, asked: int | None) -> int:
    if asked is None:
        return overview.standing(course, lesson).next_task
    numbers = [task.number for task in lesson.tasks]
    if asked not in numbers:
        raise UsageError(
            said(
                "{folder} has no task {asked}: give a number from 1 to {numbers}",
                folder=lesson.folder,
                asked=asked,
                numbers=numbers[-1],
            )
        )
    return asked


def _overview(_arguments: argparse.Namespace, course: Course) -> int:
    overview.show_overview(course)
    return DONE


def _next(arguments: argparse.Namespace, course: Course) -> int:
    if arguments.lesson is None and overview.next_lesson(course) is None:
        screen.line(said("  all lessons are done"))
        return DONE
    overview.show_next(course, overview.standing(course, _lesson_of(arguments, course)))
    return DONE


def _check(arguments: argparse.Namespace, course: Course) -> int:
    from ..student import checking

    lesson = _lesson_of(arguments, course)
    task = None if arguments.task is None else _task_of(course, lesson, arguments.task)
    try:
        with screen.busy(said("checking {folder}", folder=lesson.folder)):
            result = checking.check(course, lesson)
    except checking.NotChecked as error:
        print(error, file=sys.stderr)
        return OUR_FAULT
    checking.show_result(course, lesson, result, task)
    if result.points(lesson) < lesson.points:
        return TASKS_LEFT
    screen.line("")
    overview.show_invitation(course)
    return DONE


def _hint(arguments: argparse.Namespace, course: Course) -> int:
    from ..student import hints

    lesson = course.lesson(arguments.lesson)
    hints.show_hint(course, lesson, _task_of(course, lesson, arguments.task))
    return DONE


def _watch(arguments: argparse.Namespace, course: Course) -> int:
    from ..student import watching

    return watching.watch(course, _lesson_of(arguments, course))


def _run_for_real(arguments: argparse.Namespace, course: Course) -> int:
    from ..student import running

    return running.run(course, course.lesson(arguments.lesson))


def _replay(arguments: argparse.Namespace, course: Course) -> int:
    from ..student import replaying

    return replaying.replay(course, course.lesson(arguments.lesson), arguments.schedule)


def _show(arguments: argparse.Namespace, course: Course) -> int:
    from ..student import showing

    return showing.show(course, course.lesson(arguments.lesson), as_text=arguments.text)


def _feedback(arguments: argparse.Namespace, course: Course) -> int:
    from ..student import reporting

    return reporting.feedback(course, arguments.summary)


def _reset(arguments: argparse.Namespace, course: Course) -> int:
    from ..student import stubs

    lesson = course.lesson(arguments.lesson)
    file, source = course.file_of(lesson), stubs.pristine(course, lesson)
    name = course.shown(file)
    if file.is_file() and file.read_text(encoding="utf-8", errors="replace") == source:
        screen.line(said("{name} is as it was handed out", name=name))
        return DONE
    if not arguments.yes and not _agrees(
        said("put {name} back as it was handed out? [y/N] ", name=name)
    ):
        screen.line(said("nothing was changed"))
        return DONE
    copy = stubs.reset(file, source)
    screen.line(said("{name} is as it was handed out", name=name))
    if copy is not None:
        screen.line(said("what you had is in {shown}", shown=course.shown(copy)))
    return DONE


def _update(arguments: argparse.Namespace, course: Course) -> int:
    from ..student import updating

    with screen.busy(said("fetching the course")):
        updated = updating.update(course, arguments.address, arguments.branch)
    updating.show(updated)
    return DONE


def _agrees(question: Text) -> bool:
    try:
        return input(str(question)).strip().lower() in ("y", "yes", "예", "네")
    except EOFError:
        print()
        return False


def complete(parser: argparse.ArgumentParser) -> None:
    """Answer a shell that asks how a word may go on, and end; return if none asks."""
    if "_ARGCOMPLETE" in os.environ:
        import argcomplete

        argcomplete.autocomplete(parser)


def _completion(arguments: argparse.Namespace, _lessons: object, _other: object) -> int:
    from argcomplete.shell_integration import shellcode

    print(shellcode([PROGRAM], shell=arguments.shell))
    return DONE
