"""Hidden checks of lesson 10, task 1: fetch_articles."""

from functools import partial

import pytest

from threadlings.checks import (
    BASE,
    FAILURES,
    SITE,
    Site,
    fetched,
    linked,
    not_fetched,
    nothing_wrong,
    remark,
    same_again,
    shown,
    used_the_session,
    visited,
)
from threadlings.engine import simulate
from threadlings.grading import Broken, scenario_with
from threadlings.language import said


@scenario_with(*SITE)
def fetches(lesson, runs, base):
    """Call fetch_articles on each site of each run."""
    site = Site()
    site.serve()

    def fetch(pages):
        import requests

        session = requests.Session()

        def call():
            found = lesson.fetch_articles(session, base)
            return list(found) if isinstance(found, list | tuple) else shown(found)

        return site.visit(pages, call, session)

    return [simulate(lambda sites=sites: [fetch(pages) for pages in sites]) for sites in runs]


def _site(*lists, fails=None):
    """Return a site whose list of articles has these pages of ids."""
    pages = [{"articles": [{"id": n, "title": f"news {n}"} for n in ids]} for ids in lists]
    return linked(f"{BASE}/articles", pages, fails=fails)


def _wrong_ids(end, ids):
    """Return what is wrong with what a call told; nothing if it found these ids."""
    if end["error"] is not None:
        return not_fetched(end, "fetch_articles")
    if end["result"] == ids:
        return ""
    return said(
        "the ids are not those of all the pages, in order\n"
        "  fetch_articles() should return {ids}, it returned {result}{remark}",
        ids=ids,
        result=end["result"],
        remark=remark(end),
    )


@pytest.mark.task(1)
def test_ids_of_all_pages_are_in_order(submission):
    """fetch_articles() returns the ids of all pages, in order."""
    lists = [[[7, 3, 12], [5, 0, 40]], [[7], [3], [12], [5], [40]], [[9]], [[]]]
    runs = submission.run(fetches, runs=[[_site(*each)] for each in lists], base=BASE)
    for run, pages in zip(runs, lists, strict=True):
        end = visited(run, "fetch_articles")
        nothing_wrong(_wrong_ids(end, [number for page in pages for number in page]))


@pytest.mark.task(1)
def test_an_empty_page_is_not_the_last_one(submission):
    """fetch_articles() goes on until "next" is null, also after a page without articles."""
    (run,) = submission.run(fetches, runs=[[_site([7], [], [3])]], base=BASE)
    end = fetched(run, "fetch_articles")
    if _wrong_ids(end, [7, 3]):
        raise Broken(
            "it does not go on after a page without articles\n"
            "  fetch_articles() should return [7, 3], it returned {result}\n"
            '  page 2 of 3 has no articles, but its "next" is not null{remark}',
            result=end["result"],
            remark=remark(end),
        )
    used_the_session(end, "fetch_articles")


@pytest.mark.task(1)
def test_a_page_that_fails_is_raised(submission):
    """When a page of the list cannot be fetched, fetch_articles() raises."""
    cases = [(lists, kind) for lists in ([[7, 3]], [[7], [3]]) for kind in FAILURES]
    sites = [_site(*lists, fails=kind) for lists, kind in cases]
    runs = submission.run(fetches, runs=[[site] for site in sites], base=BASE)
    for run, (lists, kind) in zip(runs, cases, strict=True):
        end = visited(run, "fetch_articles")
        if end["error"] is None:
            where = said(
                "page {pages} of {pages} of the article list {failures}",
                pages=len(lists),
                failures=FAILURES[kind],
            )
            raise Broken(
                "a failing article list should be raised\n"
                "  {where}; {name}() returned all the same",
                where=where,
                name="fetch_articles",
            )


@pytest.mark.task(1)
def test_a_second_list_is_fetched_afresh(submission):
    """A second call of fetch_articles() knows nothing of the first, also if that failed."""
    for first in (_site([7, 3], [12]), _site([7, 3], [12], fails="500")):
        same_again(
            partial(submission.run, base=BASE),
            fetches,
            "fetch_articles",
            first=first,
            second=_site([5]),
            wrong=lambda end: _wrong_ids(end, [5]),
        )
