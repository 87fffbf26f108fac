"""Hidden checks of lesson 10, task 2: fetch_comments."""

from functools import partial

import pytest

from threadlings.checks import (
    BASE,
    FAILURES,
    NEWS,
    Article,
    Site,
    fetched,
    named_error,
    news,
    not_fetched,
    nothing_wrong,
    remark,
    same_again,
    told_comments,
    used_the_session,
    visited,
    wrong_comments,
)
from threadlings.engine import simulate
from threadlings.grading import Broken, scenario_with
from threadlings.language import said


@scenario_with(*NEWS)
def fetches(lesson, runs, base):
    """Call fetch_comments on article 7 of each site of each run."""
    site = Site()
    site.serve()

    def fetch(pages):
        import requests

        session = requests.Session()

        def call():
            return told_comments(lesson.fetch_comments(session, base, 7))

        return site.visit(pages, call, session)

    return [simulate(lambda sites=sites: [fetch(pages) for pages in sites]) for sites in runs]


def _site(article):
    return news([article, Article(8)])


def _fetches(submission, articles):
    return submission.run(fetches, runs=[[_site(article)] for article in articles], base=BASE)


def _wrong(end, article):
    """Return what is wrong with what a call told; nothing if it found the article's comments."""
    if end["error"] is not None:
        return not_fetched(end, "fetch_comments")
    should = said("fetch_comments() should return")
    return wrong_comments(end["result"], article, should, end)


THREE_PAGES = Article(7, [["a", "b"], ["c"], ["d", "e"]])


@pytest.mark.task(2)
def test_comments_of_all_pages_are_in_order(submission):
    """fetch_comments() returns the comments of all pages, in order."""
    texts = [[["a", "b"], [], ["a"]], [[]], [["", "a", ""], [""]]]
    articles = [THREE_PAGES, *(Article(7, pages) for pages in texts)]
    for run, article in zip(_fetches(submission, articles), articles, strict=True):
        nothing_wrong(_wrong(visited(run, "fetch_comments"), article))


@pytest.mark.task(2)
def test_a_second_article_is_fetched_afresh(submission):
    """A second call of fetch_comments() knows nothing of the first, also if that failed."""
    second = Article(7, [["f"]])
    for first in (THREE_PAGES, Article(7, [["a"], ["b"]], fails="500")):
        same_again(
            partial(submission.run, base=BASE),
            fetches,
            "fetch_comments",
            first=_site(first),
            second=_site(second),
            wrong=lambda end: _wrong(end, second),
        )


@pytest.mark.task(2)
def test_an_error_status_is_an_http_error(submission):
    """fetch_comments() raises requests.HTTPError when a page answers 4xx or 5xx."""
    kinds = ("404", "500", "400", "429", "503")
    cases = [(pages, kind) for pages in ([["a"]], [["a"], ["b"]]) for kind in kinds]
    runs = _fetches(submission, [Article(7, pages, fails=kind) for pages, kind in cases])
    for run, (pages, kind) in zip(runs, cases, strict=True):
        end = visited(run, "fetch_comments")
        where = said("page {count} of {count} answered {kind}", count=len(pages), kind=kind)
        if end["error"] is None:
            raise Broken(
                "fetch_comments() did not raise requests.HTTPError\n"
                "  {where}; it returned {result}{remark}",
                where=where,
                result=end["result"],
                remark=remark(end),
            )
        if not end["error"]["is_http"]:
            raise Broken(
                "fetch_comments() did not raise requests.HTTPError\n  {where}; it raised {named}",
                where=where,
                named=named_error(end["error"]),
            )


@pytest.mark.task(2)
def test_a_page_that_fails_is_raised(submission):
    """fetch_comments() raises when a page does not answer in time, or at all, or not in JSON."""
    kinds = [kind for kind in FAILURES if not kind.isdigit()]
    cases = [(pages, kind) for pages in ([["a"]], [["a"], ["b"]]) for kind in kinds]
    runs = _fetches(submission, [Article(7, pages, fails=kind) for pages, kind in cases])
    for run, (pages, kind) in zip(runs, cases, strict=True):
        end = visited(run, "fetch_comments")
        if end["error"] is None:
            raise Broken(
                "fetch_comments() should raise an error if a page fails\n"
                "  page {count} of {count} {failures}; it returned {result}",
                count=len(pages),
                failures=FAILURES[kind],
                result=end["result"],
            )


@pytest.mark.task(2)
def test_every_request_has_a_timeout(submission):
    """Every request of fetch_comments() has a timeout, and goes through the given session."""
    (run,) = _fetches(submission, [THREE_PAGES])
    end = fetched(run, "fetch_comments")
    if end["hasty"]:
        raise Broken(
            "a request has no timeout: if the server never answers, it waits for ever\n"
            "  requests without one: {count} of {values}, the first of them for {hasty}",
            count=len(end["hasty"]),
            values=sum(end["asked"].values()),
            hasty=end["hasty"][0],
        )
    used_the_session(end, "fetch_comments")
