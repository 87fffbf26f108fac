"""Hidden checks of lesson 10, task 2: fetch_comments."""

import pytest

from threadlings.checks import (
    BASE,
    NEWS,
    Article,
    Site,
    fetched,
    named_error,
    news,
    nothing_wrong,
    remark,
    told_comments,
    used_the_session,
    visited,
    wrong_comments,
)
from threadlings.engine import simulate
from threadlings.grading import Broken, scenario_with
from threadlings.language import said


@scenario_with(*NEWS)
def fetches(lesson, sites, base):
    """Call fetch_comments on article 7 of each site."""
    site = Site()
    site.serve()

    def program_of(pages):
        def program():
            import requests

            session = requests.Session()

            def call():
                return told_comments(lesson.fetch_comments(session, base, 7))

            return site.visit(pages, call, session)

        return program

    return [simulate(program_of(pages)) for pages in sites]


def _fetches(submission, articles):
    sites = [news([article, Article(8)]) for article in articles]
    return submission.run(fetches, sites=sites, base=BASE)


THREE_PAGES = Article(7, [["a", "b"], ["c"], ["d", "e"]])


@pytest.mark.task(2)
def test_comments_of_all_pages_are_in_order(submission):
    """fetch_comments() returns the comments of all pages, in order."""
    articles = [THREE_PAGES, Article(7, [["a", "b"], [], ["a"]]), Article(7, [[]])]
    for run, article in zip(_fetches(submission, articles), articles, strict=True):
        end = fetched(run, "fetch_comments")
        should = said("fetch_comments() should return")
        nothing_wrong(wrong_comments(end["result"], article, should, end))


@pytest.mark.task(2)
def test_an_error_status_is_an_http_error(submission):
    """fetch_comments() raises requests.HTTPError when a page answers 4xx or 5xx."""
    cases = [(pages, kind) for pages in ([["a"]], [["a"], ["b"]]) for kind in ("404", "500")]
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
