"""Hidden checks of lesson 10, task 1: fetch_articles."""

import pytest

from threadlings.checks import BASE, SITE, Site, fetched, linked, remark, shown, used_the_session
from threadlings.engine import simulate
from threadlings.grading import Broken, scenario_with


@scenario_with(*SITE)
def fetches(lesson, sites, base):
    """Call fetch_articles on each site."""
    site = Site()
    site.serve()

    def program_of(pages):
        def program():
            import requests

            session = requests.Session()

            def call():
                found = lesson.fetch_articles(session, base)
                return list(found) if isinstance(found, list | tuple) else shown(found)

            return site.visit(pages, call, session)

        return program

    return [simulate(program_of(pages)) for pages in sites]


def _site(*lists):
    """Return a site whose list of articles has these pages of ids."""
    pages = [{"articles": [{"id": n, "title": f"news {n}"} for n in ids]} for ids in lists]
    return linked(f"{BASE}/articles", pages)


@pytest.mark.task(1)
def test_ids_of_all_pages_are_in_order(submission):
    """fetch_articles() returns the ids of all pages, in order."""
    lists = [[[7, 3, 12], [5, 40]], [[7], [3], [12], [5], [40]], [[9]], [[]]]
    runs = submission.run(fetches, sites=[_site(*each) for each in lists], base=BASE)
    for run, pages in zip(runs, lists, strict=True):
        end, ids = fetched(run, "fetch_articles"), [number for page in pages for number in page]
        if end["result"] != ids:
            raise Broken(
                "the ids are not those of all the pages, in order\n"
                "  fetch_articles() should return {ids}, it returned {result}{remark}",
                ids=ids,
                result=end["result"],
                remark=remark(end),
            )


@pytest.mark.task(1)
def test_an_empty_page_is_not_the_last_one(submission):
    """fetch_articles() goes on until "next" is null, also after a page without articles."""
    (run,) = submission.run(fetches, sites=[_site([7], [], [3])], base=BASE)
    end = fetched(run, "fetch_articles")
    if end["result"] != [7, 3]:
        raise Broken(
            "it does not go on after a page without articles\n"
            "  fetch_articles() should return [7, 3], it returned {result}\n"
            '  page 2 of 3 has no articles, but its "next" is not null{remark}',
            result=end["result"],
            remark=remark(end),
        )
    used_the_session(end, "fetch_articles")
