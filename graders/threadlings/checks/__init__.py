"""The vocabulary of checks: what visible tests and hidden graders say a promise with."""

from ..feedback import busy_waits, describe, picture
from .again import same_again
from .calls import Called, Calls, called, counted, left_behind, named, outcome_of
from .increments import SharedCounter, wrong_with_increments
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
from .refusals import refusal, refused, refused_with
from .sites import BASE, SITE, Site, linked, shown
from .spelling import spelled, story_of
from .starts import (
    Starts,
    an_object,
    listed,
    number_of_name,
    wrong_with_calls,
    wrong_with_threads,
    wrong_with_waiting,
)
from .together import at_once
from .visits import FAILURES, fetched, named_error, not_once, remark, used_the_session, visited

__all__ = [
    "BASE",
    "FAILURES",
    "LEFT",
    "LEFT_OR_RAISED",
    "NEWS",
    "SITE",
    "Article",
    "Broken",
    "Called",
    "Calls",
    "SharedCounter",
    "Site",
    "Starts",
    "Unfinished",
    "always",
    "an_object",
    "at_once",
    "busy_waits",
    "called",
    "counted",
    "describe",
    "ended_well",
    "fetched",
    "left_behind",
    "linked",
    "listed",
    "named",
    "named_error",
    "never_wrong",
    "news",
    "not_once",
    "nothing_wrong",
    "number_of_name",
    "outcome_of",
    "picture",
    "real_call",
    "refusal",
    "refused",
    "refused_with",
    "remark",
    "same_again",
    "shown",
    "spelled",
    "story_of",
    "told_comments",
    "told_result",
    "used_the_session",
    "visited",
    "wrong_comments",
    "wrong_crawl",
    "wrong_with_calls",
    "wrong_with_increments",
    "wrong_with_threads",
    "wrong_with_waiting",
]
