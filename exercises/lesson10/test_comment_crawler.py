"""What you can check yourself in lesson 10. Run it with: pytest exercises/lesson10"""

import contextlib
import json
import re

import pytest
import requests
import responses

from threadlings.engine import search, simulate
from threadlings.feedback import Broken, Unfinished, always, ended_well

BASE = "http://news.example/api"
PAGE_S = 0.2
"""How long each page of comments takes, in virtual seconds."""


def page_of(url):
    """Return what the site says at a URL: a status and a text.

    Articles 7, 3 and 12 are on two pages; article 3 is broken, each other has two pages of one
    comment.
    """
    if url == f"{BASE}/articles":
        return 200, {"articles": [{"id": 7}, {"id": 3}], "next": f"{BASE}/articles?page=2"}
    if url == f"{BASE}/articles?page=2":
        return 200, {"articles": [{"id": 12}], "next": None}
    found = re.fullmatch(rf"{BASE}/articles/(7|12)/comments(\?page=2)?", url)
    if found is None:
        return 404, {"error": "no such page"}
    is_last = found[2] is not None
    comment = {"author": "ann" if is_last else "bob", "text": f"about {found[1]}"}
    return 200, {"comments": [comment], "next": None if is_last else f"{url}?page=2"}


class Site:
    """Answers in place of the network, and notes who asked for what."""

    def __init__(self):
        self.asked, self.without_timeout, self.now, self.most = [], [], 0, 0

    def answer(self, request):
        import time

        self.asked.append(request.url)
        if request.req_kwargs.get("timeout") is None:
            self.without_timeout.append(request.url)
        self.now += 1
        self.most = max(self.most, self.now)
        time.sleep(PAGE_S)
        self.now -= 1
        status, content = page_of(request.url)
        return status, {}, json.dumps(content)


@contextlib.contextmanager
def answered(sites):
    """Let the site that was put last into ``sites`` answer all requests."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        anything = re.compile(".*")
        mock.add_callback("GET", anything, callback=lambda request: sites[-1].answer(request))
        yield


def visited(call):
    """Return what a call of the crawler returned, its site, and after how many seconds."""
    sites = []

    def program():
        sites.append(Site())
        return call()

    with answered(sites):
        run = simulate(program)
    return ended_well(run), sites[-1], round(run.returned_s, 3)


@pytest.mark.task(1)
def test_the_ids_of_all_pages_are_in_order(lesson):
    """fetch_articles() returns the ids of all pages, in order."""
    ids, _site, _took_s = visited(lambda: lesson.fetch_articles(requests.Session(), BASE))
    if ids != [7, 3, 12]:
        raise Broken(f"the pages of the list have the ids [7, 3, 12], it returned {ids}")


@pytest.mark.task(2)
def test_the_comments_of_all_pages_are_in_order(lesson):
    """fetch_comments() returns the comments of all pages, in order, and sets timeouts."""

    def call():
        comments = lesson.fetch_comments(requests.Session(), BASE, 7)
        return [[comment.author, comment.text] for comment in comments]

    comments, site, _took_s = visited(call)
    wanted = [["bob", "about 7"], ["ann", "about 7"]]
    if comments != wanted:
        raise Broken(f"the comments on article 7 are {wanted}, it returned {comments}")
    if site.without_timeout:
        raise Broken(
            f"a request had no timeout: {site.without_timeout[0]}\n"
            "  without one, a server that never answers holds your thread for ever"
        )


@pytest.mark.task(2)
def test_an_error_status_is_raised(lesson):
    """fetch_comments() raises requests.HTTPError when the site answers 404."""

    def call():
        try:
            lesson.fetch_comments(requests.Session(), BASE, 3)
        except requests.HTTPError:
            return True
        return False

    raised, _site, _took_s = visited(call)
    if not raised:
        raise Broken("the site answers 404 for article 3: fetch_comments() should raise HTTPError")


def seen_of(result):
    """Return a crawl's result as plain data."""
    comments = {
        number: [[comment.author, comment.text] for comment in own]
        for number, own in result.comments.items()
    }
    return [list(comments), comments, {number: bool(why) for number, why in result.failed.items()}]


EXPECTED = [
    [7, 12],
    {n: [["bob", f"about {n}"], ["ann", f"about {n}"]] for n in (7, 12)},
    {3: True},
]


def told(seen):
    """Say what is wrong with the result of a crawl."""
    order, comments, failed = seen
    if set(failed) != {3}:
        return f"article 3 answers 404 and should be in failed; failed has {sorted(failed)}"
    if not failed[3]:
        return "the reason why article 3 failed should not be empty"
    if sorted(order) != [7, 12]:
        return f"the comments should be those on the articles 7 and 12; there are {order}"
    if order != [7, 12]:
        return f"the articles should be in the order of the list, 7 before 12; they are {order}"
    return f"the comments should be {EXPECTED[1]}\n  they are {comments}"


@pytest.mark.task(3)
def test_one_failed_article_does_not_end_the_crawl(lesson):
    """crawl_sequential() keeps the others, in order, and says why one failed."""
    seen, _site, _took_s = visited(lambda: seen_of(lesson.crawl_sequential(BASE)))
    if seen != EXPECTED:
        raise Broken(told(seen))


@pytest.mark.task(4)
def test_crawl_is_as_fast_as_its_workers(lesson):
    """With two workers the articles' pages are fetched side by side, each once."""
    seen, site, took_s = visited(lambda: seen_of(lesson.crawl(BASE, workers=2)))
    if seen != EXPECTED:
        raise Broken(told(seen))
    twice = sorted({url for url in site.asked if site.asked.count(url) > 1})
    if twice:
        raise Broken(f"each page should be fetched once; this one was not: {twice[0]}")
    if site.most > 2:
        raise Broken(f"2 workers had {site.most} requests in flight at the same time")
    # Two pages of the list, then 2 + 2 + 1 pages of comments on two threads.
    if took_s > 5 * PAGE_S + 0.01:
        raise Broken(
            f"7 pages of {PAGE_S} s took {took_s} s with 2 workers; {5 * PAGE_S} s is possible\n"
            "  while one thread waits for its page, another one can ask for the next"
        )


@pytest.mark.task(4)
def test_crawl_gives_the_same_under_every_schedule(lesson):
    """Whoever comes first: crawl() has the same articles in the same order."""
    sites = []

    def program():
        sites.append(Site())
        return seen_of(lesson.crawl(BASE, workers=2))

    with answered(sites):
        seen = search(program, max_runs=12, samples=4, max_steps=2_000)
    always(seen, EXPECTED, told)


@pytest.mark.task(4)
def test_less_than_one_worker_is_refused(lesson):
    """crawl() with 0 workers raises ValueError with the number, before anything is fetched."""

    def call():
        try:
            lesson.crawl(BASE, workers=0)
        except ValueError as error:
            return str(error)
        return None

    message, site, _took_s = visited(call)
    if message is None:
        raise Broken("crawl(base_url, workers=0) should raise ValueError; it raised nothing")
    if "0" not in message:
        raise Broken(f"the message of the ValueError should have the value 0: {message!r}")
    if site.asked:
        raise Broken("crawl() fetched a page before it refused 0 workers")


@pytest.mark.task(5)
def test_the_bottleneck_is_one_of_three_words(lesson):
    """BOTTLENECK is "cpu", "network" or "disk"."""
    if lesson.BOTTLENECK is ...:
        raise Unfinished("TODO 5 in exercises/lesson10/comment_crawler.py")
    if lesson.BOTTLENECK not in ("cpu", "network", "disk"):
        raise Broken(f"BOTTLENECK should be 'cpu', 'network' or 'disk', not {lesson.BOTTLENECK!r}")
