"""Hidden checks of lesson 10, task 3: crawl_sequential; and failures in task 4, crawl, alike."""

from functools import partial

import pytest

from threadlings.checks import (
    BASE,
    FAILURES,
    LEFT,
    NEWS,
    Article,
    Broken,
    Site,
    fetched,
    named_error,
    news,
    not_fetched,
    nothing_wrong,
    same_again,
    told_result,
    visited,
    wrong_crawl,
)
from threadlings.engine import simulate
from threadlings.grading import scenario_with
from threadlings.language import said


@scenario_with(*NEWS)
def crawls(lesson, name, runs, base, arguments=()):
    """Crawl each site of each run by the function of this name."""
    site = Site()
    site.serve()

    def visit(sites):
        found, told, ends = [], [], []

        def crawl():
            found.append(getattr(lesson, name)(base, *arguments))
            told.append(told_result(found[-1]))
            return told[-1]

        for pages in sites:
            ends.append(site.visit(pages, crawl))
            ends[-1]["is_kept"] = [told_result(result) for result in found] == told
        return ends

    return [simulate(lambda sites=sites: visit(sites)) for sites in runs]


def _crawls(submission, name, sites, arguments=()):
    runs = [[site] for site in sites]
    return submission.run(crawls, name=name, runs=runs, base=BASE, arguments=arguments)


def _wrong(end, articles, name):
    """Return what is wrong with what a crawl told; nothing if it found what there is."""
    changed = "" if end["is_kept"] else said("it changed the result of the earlier call")
    return not_fetched(end, name) or wrong_crawl(end, articles, name) or changed


PLAIN = [
    Article(7, [["a", "b"], ["c"]]),
    Article(3, [[]]),
    Article(0, [["", "a"], ["a", ""]]),
    Article(12),
    Article(40),
]


@pytest.mark.task(3)
def test_all_comments_of_all_articles_are_there(submission):
    """crawl_sequential() has the comments of all articles, in the order of the article pages."""
    lists = [PLAIN, []]
    runs = _crawls(submission, "crawl_sequential", map(news, lists))
    for run, articles in zip(runs, lists, strict=True):
        nothing_wrong(_wrong(visited(run, "crawl_sequential"), articles, "crawl_sequential"))


@pytest.mark.task(3)
def test_one_page_is_fetched_at_a_time(submission):
    """crawl_sequential() fetches the articles one after the other."""
    site = news([Article(number, after_s=1) for number in (7, 3, 12)], list_after_s=1)
    (run,) = _crawls(submission, "crawl_sequential", [site])
    end = fetched(run, "crawl_sequential")
    if len(end["busiest"]) > 1:
        raise Broken(
            "crawl_sequential() should fetch one article after the other\n"
            "  it had {most} requests in flight at a time",
            most=len(end["busiest"]),
        )


def _second_crawl_is_afresh(submission, name, arguments=()):
    second = [Article(5), Article(3, [["new"]])]
    failing = [Article(7), Article(3, fails="404"), Article(5, fails="timeout")]
    for first in (news(PLAIN), news(failing), news(PLAIN, list_fails="500")):
        same_again(
            partial(submission.run, name=name, base=BASE, arguments=arguments),
            crawls,
            name,
            first=first,
            second=news(second),
            wrong=lambda end: _wrong(end, second, name),
            told_by_value=LEFT,
        )


@pytest.mark.task(3)
def test_a_second_crawl_starts_afresh(submission):
    """A second call of crawl_sequential() knows nothing of the first, also if that failed."""
    _second_crawl_is_afresh(submission, "crawl_sequential")


@pytest.mark.task(4)
def test_a_second_call_of_crawl_starts_afresh(submission):
    """A second call of crawl() knows nothing of the first, also if that failed."""
    _second_crawl_is_afresh(submission, "crawl", arguments=[2])


def _with_failures():
    """Return for each kind of failure a list of articles, and one with all kinds."""
    lists = [
        [Article(7), Article(3, fails=kind), Article(12, fails=kind), Article(5)]
        for kind in FAILURES
    ]
    kinds = enumerate(FAILURES)
    late = [Article(10 + n, [["a"], ["b"]], fails=kind) for n, kind in kinds]
    alone = [Article(7, fails="404")]
    ends = [Article(7, fails="404"), Article(3), Article(0, fails="500")]
    return [*lists, [Article(7), *late, Article(40)], ends, alone]


def _failures_are_kept_apart(submission, name, arguments=()):
    lists = _with_failures()
    runs = _crawls(submission, name, map(news, lists), arguments)
    for run, articles in zip(runs, lists, strict=True):
        failing = next(article for article in articles if article.fails)
        why = said(
            "{failures}: it belongs in failed, and the others in comments",
            failures=FAILURES[failing.fails],
        )
        why = said("a failed article ended {name}()\n  an article {why}\n  ", name=name, why=why)
        end = _visited(run, name, "{why}{told}", why=why)
        if end["error"] is not None:
            raise Broken(
                "{why}{name}() raised {named}", why=why, name=name, named=named_error(end["error"])
            )
        nothing_wrong(wrong_crawl(end, articles, name))


def _visited(run, name, text, *, may_leave=True, **values):
    """Return what was told of a call that came to an end; say within this text if it did not."""
    try:
        return visited(run, name, may_leave=may_leave)
    except Broken as broken:
        raise broken.within(text, **values) from None


@pytest.mark.task(3)
def test_failed_articles_are_kept_apart(submission):
    """An article whose fetch fails in any way is in failed; crawl_sequential() keeps the rest."""
    _failures_are_kept_apart(submission, "crawl_sequential")


@pytest.mark.task(4)
def test_failed_articles_end_no_worker(submission):
    """An article whose fetch fails in any way is in failed; crawl() keeps the rest."""
    _failures_are_kept_apart(submission, "crawl", arguments=[2])


def _failing_list_is_raised(submission, name, arguments=()):
    listed = [Article(7), Article(3), Article(12), Article(5), Article(40)]
    cases = [*((5, kind) for kind in FAILURES), (2, "500"), (2, "timeout")]
    sites = [news(listed, per_page=n, list_fails=kind) for n, kind in cases]
    runs = _crawls(submission, name, sites, arguments)
    for run, (per_page, kind) in zip(runs, cases, strict=True):
        where = said(
            "page {pages} of {pages} of the article list {failures}",
            pages=-(-len(listed) // per_page),
            failures=FAILURES[kind],
        )
        text = "a failing article list should be raised\n  {where}\n  {told}"
        end = _visited(run, name, text, may_leave=False, where=where)
        if end["error"] is None:
            raise Broken(
                "a failing article list should be raised\n"
                "  {where}; {name}() returned all the same",
                where=where,
                name=name,
            )


@pytest.mark.task(3)
def test_a_failing_article_list_is_raised(submission):
    """When a page of the article list fails, crawl_sequential() raises that error."""
    _failing_list_is_raised(submission, "crawl_sequential")


@pytest.mark.task(4)
def test_a_failing_article_list_is_raised_by_crawl(submission):
    """When a page of the article list fails, crawl() raises that error and leaves no thread."""
    _failing_list_is_raised(submission, "crawl", arguments=[2])
