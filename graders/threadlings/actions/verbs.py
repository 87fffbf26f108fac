"""The verbs of a class on GitHub Actions: plan, fetch, collect."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import indent
from typing import Any

from ..grading.chunk import add_chunk
from ..grading.faults import UsageError
from ..grading.markdown import markdown_text
from ..grading.options import (
    add_lessons,
    add_outputs,
    chosen,
    whole_number,
    write_outputs,
)
from ..grading.results import Results
from ..grading.roster import read_roster
from ..manifest import Lesson
from .collect import Collected, collect
from .fetch import TOKEN, Host
from .fetching import fetch_class, write_roster
from .plan import MOST_JOBS, plan

DONE, OUR_FAULT = 0, 3
_SECONDS_PER_STUDENT = 60
_MINUTES_PER_JOB = 30


def add_verbs(verbs: Any) -> None:
    """Add the verbs to the command's."""
    _add_plan(verbs)
    _add_fetch(verbs)
    _add_collect(verbs)


def _add_plan(verbs: Any) -> None:
    verb = verbs.add_parser(
        "plan",
        help="spread a class over the jobs of a workflow",
        description="Print the matrix of a workflow as JSON: chunks of the class, many students "
        "each, since each job is billed at least a minute.",
    )
    verb.add_argument("roster", type=Path, metavar="ROSTER", help="a CSV file with student,...")
    verb.add_argument(
        "--seconds-per-student",
        type=whole_number,
        default=_SECONDS_PER_STUDENT,
        metavar="S",
        help="what a submission takes on the machine of a job (default: %(default)s)",
    )
    verb.add_argument(
        "--minutes-per-job",
        type=whole_number,
        default=_MINUTES_PER_JOB,
        metavar="M",
        help="how long a job should work (default: %(default)s)",
    )
    verb.add_argument(
        "--max-jobs",
        type=whole_number,
        default=MOST_JOBS,
        metavar="N",
        help="how many jobs at most (default, and the most that GitHub takes: %(default)s)",
    )
    verb.add_argument(
        "--github-output",
        type=Path,
        metavar="FILE",
        help="add matrix=JSON to this file instead: in a workflow, $GITHUB_OUTPUT",
    )
    verb.set_defaults(verb=_plan)


def _plan(words: argparse.Namespace, _lessons: object, _graders: object) -> int:
    if words.max_jobs > MOST_JOBS:
        raise UsageError(f"--max-jobs is {words.max_jobs}; GitHub takes at most {MOST_JOBS}")
    students = len(read_roster(words.roster).rows)
    matrix = plan(students, words.seconds_per_student, words.minutes_per_job, words.max_jobs)
    text = json.dumps(matrix, separators=(",", ":"))
    if words.github_output is None:
        print(text)
    else:
        _append(words.github_output, f"matrix={text}\n")
        print(f"students: {students}; jobs: {len(matrix['include'])}")
    return DONE


def _add_fetch(verbs: Any) -> None:
    verb = verbs.add_parser(
        "fetch",
        help="fetch the students' repositories as data, for grading",
        description="Fetch the repositories of a roster with student,repository[,ref], bare and "
        "without history, and write FOLDER/roster.csv for threadlings grade. A token to read "
        f"them is taken from the environment variable {TOKEN} and is written nowhere. Exit code 3 "
        "if something but the students' own kept repositories from being fetched.",
    )
    verb.add_argument("roster", type=Path, metavar="ROSTER", help="student,repository[,ref]")
    verb.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="where to")
    verb.add_argument(
        "--host",
        default=os.environ.get("GITHUB_SERVER_URL") or "https://github.com",
        metavar="URL",
        help="where a repository owner/name is, and who gets the token (default: %(default)s)",
    )
    add_chunk(verb, "fetch")
    verb.set_defaults(verb=_fetch)


def _fetch(words: argparse.Namespace, _lessons: object, _graders: object) -> int:
    roster = read_roster(words.roster, needs="repository")
    if roster.is_classroom50:
        raise UsageError(f"the roster {words.roster} has no column 'repository'")
    host = Host(words.host.rstrip("/"), os.environ.get(TOKEN, "").strip())
    fetched = fetch_class(roster, words.chunk, host, words.into)
    try:
        write_roster(words.into / "roster.csv", fetched)
    except OSError as error:
        raise UsageError(f"{words.into} cannot be written: {error.strerror}") from None
    failed = [each for each in fetched if each.problem]
    for each in failed:
        kind = "not fetched, and not graded" if each.is_ours else "missing"
        print(f"{each.name}: {kind}: {each.problem}", file=sys.stderr)
    print(f"fetched: {len(fetched) - len(failed)} of {len(fetched)}")
    if len(fetched) > 1 and len(failed) == len(fetched):
        (words.into / "roster.csv").unlink()
        print(
            f"threadlings: nothing was fetched, so nobody is missing: may the token in {TOKEN} "
            "read these repositories, and has it expired?",
            file=sys.stderr,
        )
        return OUR_FAULT
    return OUR_FAULT if any(each.is_ours for each in failed) else DONE


def _add_collect(verbs: Any) -> None:
    verb = verbs.add_parser(
        "collect",
        help="merge the results of a class that was graded in chunks",
        description="Merge folders of results into one gradebook. Exit code 3 if a student of the "
        "roster has no result, or a grader could not decide; all the rest is written.",
    )
    verb.add_argument(
        "folders",
        nargs="+",
        type=Path,
        metavar="FOLDER",
        help="results of threadlings grade, or a folder of such folders",
    )
    verb.add_argument(
        "--roster", type=Path, required=True, metavar="ROSTER", help="the whole class"
    )
    add_outputs(verb, "where the merged results are kept (default: grades)")
    add_lessons(verb, "this lesson was graded")
    verb.add_argument(
        "--summary",
        type=Path,
        metavar="FILE",
        help="add a table of the class to this file: in a workflow, $GITHUB_STEP_SUMMARY",
    )
    verb.set_defaults(verb=_collect)


def _collect(words: argparse.Namespace, lessons: Sequence[Lesson], _graders: object) -> int:
    selected, roster = chosen(lessons, words.lesson), read_roster(words.roster)
    results = Results(words.results)
    with results.opened():
        try:
            found = collect(words.folders, roster, selected, words.results)
        except OSError as error:
            raise UsageError(f"{words.results} cannot be written: {error.strerror}") from None
        unwritten = write_outputs(found.book, results, words)
    told = _told(found)
    print(told, end="")
    if words.summary is not None:
        link = _run_address(os.environ)
        text = f"{indent(told, '    ')}\n{markdown_text(found.book, link=link)}"
        _append(words.summary, text)
    if unwritten:
        raise UsageError(f"{unwritten}; what was written is kept")
    return OUR_FAULT if found.missing or found.book.has_grader_error else DONE


_NAMED = 100
"""So many students without a result are named, with so many characters each."""


def _told(found: Collected) -> str:
    problems = [
        f"{name}: no result for {', '.join(folders)}" for name, folders in found.missing.items()
    ]
    for submission in found.book.submissions:
        undecided = [lesson.folder for lesson in submission.lessons if lesson.points is None]
        if undecided:
            problems.append(
                f"{submission.name}: the grader could not decide {', '.join(undecided)}"
            )
    count = len(found.book.submissions)
    lines = [f"students: {count}; without a result: {len(found.missing)}"]
    lines += [f"- {problem[:_NAMED]}" for problem in problems[:_NAMED]]
    if len(problems) > _NAMED:
        lines.append(f"- and {len(problems) - _NAMED} more")
    return "\n".join(lines) + "\n"


def _run_address(environment: Mapping[str, str]) -> str:
    """Return the address of the workflow's run, where the artifacts are; empty outside of one."""
    names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID")
    server, repository, run = (environment.get(name, "") for name in names)
    return f"{server}/{repository}/actions/runs/{run}#artifacts" if run else ""


def _append(file: Path, text: str) -> None:
    try:
        with open(file, "a", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from None
