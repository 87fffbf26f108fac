"""Hidden checks of lesson 10, task 3: crawl_sequential; and failures in task 4, crawl, alike."""

import pytest

from threadlings.checks import (
    BASE,
    FAILURES,
    NEWS,
    Article,
    Broken,
    Site,
    Unfinished,
    fetched,
    named_error,
    news,
    nothing_wrong,
    told_result,
    visited,
    wrong_crawl,
)
from threadlings.engine import simulate
from threadlings.grading import scenario_with
from threadlings.language import said


@scenario_with(*NEWS)
def crawls(lesson, name, sites, base, arguments=()):
    """Crawl each site by the function of this name."""
    site = Site()
    site.serve()

    def program_of(pages):
        def crawl():
            return told_result(getattr(lesson, name)(base, *arguments))

        return lambda: site.visit(pages, crawl)

    return [simulate(program_of(pages)) for pages in sites]


PLAIN = [Article(7, [["a", "b"], ["c"]]), Article(3, [[]]), Article(12), Article(5), Article(40)]


@pytest.mark.task(3)
def test_all_comments_of_all_articles_are_there(submission):
    """crawl_sequential() has the comments of all articles, in the order of the article pages."""
    sites = [PLAIN, []]
    runs = submission.run(crawls, name="crawl_sequential", sites=list(map(news, sites)), base=BASE)
    for run, articles in zip(runs, sites, strict=True):
        end = fetched(run, "crawl_sequential")
        nothing_wrong(wrong_crawl(end, articles, "crawl_sequential"))


def _with_failures():
    """Return for each kind of failure a list of articles, and one with all kinds."""
    lists = [
        [Article(7), Article(3, fails=kind), Article(12, fails=kind), Article(5)]
        for kind in FAILURES
    ]
    kinds = enumerate(FAILURES)
    late = [Article(10 + n, [["a"], ["b"]], fails=kind) for n, kind in kinds]
    return [*lists, [Article(7), *late, Article(40)]]


def _failures_are_kept_apart(submission, name, arguments=()):
    lists = _with_failures()
    sites = list(map(news, lists))
    runs = submission.run(crawls, name=name, sites=sites, base=BASE, arguments=arguments)
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
    except Unfinished:
        raise
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
    runs = submission.run(crawls, name=name, sites=sites, base=BASE, arguments=arguments)
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
