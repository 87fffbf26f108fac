"""The verb ``threadlings plan``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from ..actions import MOST_JOBS, plan
from ..handed_in import read_roster
from ..usage import DONE, UsageError
from .options import append, warn, whole_number

_SECONDS_PER_STUDENT = 60
_MINUTES_PER_JOB = 30


def add(verbs: Any) -> None:
    """Add the verb to the command's."""
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


def _plan(arguments: argparse.Namespace, _lessons: object, _graders: object) -> int:
    if arguments.max_jobs > MOST_JOBS:
        raise UsageError(f"--max-jobs is {arguments.max_jobs}; GitHub takes at most {MOST_JOBS}")
    roster = read_roster(arguments.roster)
    warn(roster.warnings)
    students = len(roster.rows)
    matrix = plan(
        students, arguments.seconds_per_student, arguments.minutes_per_job, arguments.max_jobs
    )
    text = json.dumps(matrix, separators=(",", ":"))
    if arguments.github_output is None:
        print(text)
    else:
        append(arguments.github_output, f"matrix={text}\n")
        print(f"students: {students}; jobs: {len(matrix['include'])}")
    return DONE
