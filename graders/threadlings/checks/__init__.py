"""The vocabulary of checks: what visible tests and hidden graders say a promise with."""

from ..feedback import busy_waits, describe, picture
from .again import same_again
from .calls import Called, Calls, called, counted, left_behind, named, outcome_of
from .news import NEWS, Article, news, told_comments, told_result, wrong_comments, wrong_crawl
from .patience import real_call
from .promises import (
    LEFT,
    LEFT_OR_RAISED,
    Broken,
    Unfinished,
    always,
    ended_well,
    never_wrong,
    nothing_wrong,
)
from .sites import BASE, SITE, Site, linked, shown
from .spelling import spelled
from .tasks import calls_with_tasks, task, told_ending, told_error
from .together import at_once
from .visits import FAILURES, fetched, named_error, not_once, remark, used_the_session, visited
from .waiting import (
    EXACT_S,
    POLLING_S,
    errors_first,
    in_time,
    only_waited,
    others_alive,
    require_answer,
    told_s,
    waits_for_a_thread,
    waits_of_ours,
    waits_of_students,
    wakings,
)

__all__ = [
    "BASE",
    "EXACT_S",
    "FAILURES",
    "LEFT",
    "LEFT_OR_RAISED",
    "NEWS",
    "POLLING_S",
    "SITE",
    "Article",
    "Broken",
    "Called",
    "Calls",
    "Site",
    "Unfinished",
    "always",
    "at_once",
    "busy_waits",
    "called",
    "calls_with_tasks",
    "counted",
    "describe",
    "ended_well",
    "errors_first",
    "fetched",
    "in_time",
    "left_behind",
    "linked",
    "named",
    "named_error",
    "never_wrong",
    "news",
    "not_once",
    "nothing_wrong",
    "only_waited",
    "others_alive",
    "outcome_of",
    "picture",
    "real_call",
    "remark",
    "require_answer",
    "same_again",
    "shown",
    "spelled",
    "task",
    "told_comments",
    "told_ending",
    "told_error",
    "told_result",
    "told_s",
    "used_the_session",
    "visited",
    "waits_for_a_thread",
    "waits_of_ours",
    "waits_of_students",
    "wakings",
    "wrong_comments",
    "wrong_crawl",
]
