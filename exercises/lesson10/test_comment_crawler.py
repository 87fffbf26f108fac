"""What you can check yourself in lesson 10. Run it with: pytest exercises/lesson10

No request leaves your computer: ``responses`` answers in place of the site, and the seconds that
a page takes are virtual ones.
"""

import json
import re
import threading
import time

import pytest
import requests
import responses

from threadlings.checks import Broken, Unfinished, always, ended_well
from threadlings.engine import search, simulate
from threadlings.language import said

BASE = "http://news.example/api"


class Site:
    """A news site with the articles 7, 3 and 12, whose list has two pages.

    Attributes:
        pages: What each URL answers: a text, the number of a status, an error, or all of an answer.
        seconds: How long each page takes.
    """

    def __init__(self, mock):
        self.mock = mock
        self.seconds = 0
        self.pages = {}
        self.articles([7, 3], [12])

    @property
    def requests(self):
        """The requests that came; each knows its session, its thread, and when it was there."""
        return [call.request for call in self.mock.calls]

    @property
    def most_in_flight(self):
        """How many requests were in flight at a time, at most."""
        spans = [(request.began_s, request.ended_s) for request in self.requests]
        return max(sum(b <= now < e for b, e in spans) for now, _ended in spans)

    def articles(self, *pages):
        """Let the list of articles have these pages of ids; each article has a comment."""
        told = [{"articles": [{"id": article_id} for article_id in ids]} for ids in pages]
        self.link(f"{BASE}/articles", told)
        for article_id in (article_id for ids in pages for article_id in ids):
            self.comments(article_id, [f"about {article_id}"])

    def comments(self, article_id, *pages):
        """Let an article have these pages of comments."""
        told = [{"comments": [{"author": "ann", "text": text} for text in page]} for page in pages]
        self.link(f"{BASE}/articles/{article_id}/comments", told)

    def link(self, url, pages):
        """Keep pages, each with the URL of the next one."""
        urls = [url, *(f"{url}?after={number}" for number in range(1, len(pages)))]
        for place, page in enumerate(pages):
            after = urls[place + 1] if place + 1 < len(urls) else None
            self.pages[urls[place]] = json.dumps({**page, "next": after})

    def fails(self, article_id, how):
        """Let the comments of an article fail: with a status, an error or a broken page."""
        self.pages[f"{BASE}/articles/{article_id}/comments"] = how

    def answer(self, request):
        """Answer a request as ``responses`` wants it."""
        request.began_s = time.monotonic()
        if self.seconds:
            time.sleep(self.seconds)
        request.ended_s = time.monotonic()
        page = self.pages.get(request.url, 404)
        if isinstance(page, Exception):
            raise page
        if isinstance(page, int):
            return page, {}, "sorry"
        if isinstance(page, tuple):
            return page
        return 200, {}, page


@pytest.fixture
def site(monkeypatch):
    """A site that answers every request, of every Session."""
    real_send = requests.Session.send

    def send(session, request, **options):
        request.session, request.thread = session, threading.current_thread().name
        return real_send(session, request, **options)

    monkeypatch.setattr(requests.Session, "send", send)
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        made = Site(mock)
        mock.add_callback("GET", re.compile(".*"), callback=made.answer)
        yield made


def texts_of(comments):
    """Return the texts of comments; a list of them is expected."""
    if not isinstance(comments, list):
        raise Broken(
            "there should be a list of Comment objects, there is {comments!r:.80}",
            comments=comments,
        )
    for comment in comments:
        if not hasattr(comment, "text"):
            raise Broken(
                "there should be Comment objects in the list, there is {comment!r:.80}",
                comment=comment,
            )
    return [comment.text for comment in comments]


def found_by(result):
    """Return the texts of a CrawlResult by article, and the ids that failed."""
    if not hasattr(result, "comments") or not hasattr(result, "failed"):
        raise Broken("there should be a CrawlResult, there is {result!r:.80}", result=result)
    texts = {article_id: texts_of(comments) for article_id, comments in result.comments.items()}
    return texts, sorted(result.failed)


@pytest.mark.task(1)
def test_ids_of_all_pages_are_in_order(lesson, site):
    """fetch_articles() returns the ids of all pages, in order."""
    ids = ended_well(simulate(lambda: lesson.fetch_articles(requests.Session(), BASE)))
    if ids != [7, 3, 12]:
        raise Broken(
            "the list of articles has two pages, with the ids 7, 3 and 12\n"
            "  fetch_articles() should return [7, 3, 12], it returned {ids}",
            ids=ids,
        )


@pytest.mark.task(1)
def test_a_second_list_is_fetched_afresh(lesson, site):
    """A second call of fetch_articles() knows nothing of the first; all go through the session."""
    session = requests.Session()

    def program():
        lesson.fetch_articles(session, BASE)
        site.articles([5])
        return lesson.fetch_articles(session, BASE)

    again = ended_well(simulate(program))
    if again != [5]:
        raise Broken(
            "a call should know nothing of an earlier one\n"
            "  now the site has article 5 alone; fetch_articles() returned {again}",
            again=again,
        )
    if any(request.session is not session for request in site.requests):
        raise Broken("a request of fetch_articles() did not go through the session it was given")


@pytest.mark.task(1)
def test_a_page_of_the_list_that_fails_is_raised(lesson, site):
    """When a page of the list answers with an error status, fetch_articles() raises."""

    def program():
        try:
            return lesson.fetch_articles(requests.Session(), BASE)
        except NotImplementedError:
            raise
        except Exception:
            return "raised"

    error = json.dumps({"error": "sorry", "articles": [], "next": None})
    site.pages[f"{BASE}/articles?after=1"] = (503, {}, error)
    seen = ended_well(simulate(program))
    if seen != "raised":
        raise Broken(
            "page 2 of the article list answered 503, and that should be raised\n"
            "  fetch_articles() returned {seen}",
            seen=seen,
        )


@pytest.mark.task(2)
def test_comments_of_all_pages_are_in_order(lesson, site):
    """fetch_comments() returns the comments of all pages, in order."""
    site.comments(7, ["first", ""], [], ["first"])
    comments = ended_well(simulate(lambda: lesson.fetch_comments(requests.Session(), BASE, 7)))
    if texts_of(comments) != ["first", "", "first"]:
        raise Broken(
            "article 7 has three pages of comments, and nobody wrote on the second one\n"
            "  the texts should be ['first', '', 'first'], they are {texts_of}",
            texts_of=texts_of(comments),
        )


@pytest.mark.task(2)
def test_a_second_article_is_fetched_afresh(lesson, site):
    """A second call of fetch_comments() knows nothing of the first."""

    def program():
        lesson.fetch_comments(requests.Session(), BASE, 7)
        site.comments(7, ["new"])
        return lesson.fetch_comments(requests.Session(), BASE, 7)

    texts = texts_of(ended_well(simulate(program)))
    if texts != ["new"]:
        raise Broken(
            "a call should know nothing of an earlier one\n"
            "  now article 7 has the comment 'new' alone; the texts are {texts}",
            texts=texts,
        )


@pytest.mark.task(2)
@pytest.mark.parametrize("status", [404, 500, 400])
def test_an_error_status_is_an_http_error(lesson, site, status):
    """fetch_comments() raises requests.HTTPError when a page answers 4xx or 5xx."""

    def program():
        try:
            return lesson.fetch_comments(requests.Session(), BASE, 7)
        except requests.HTTPError:
            return "HTTPError"

    site.fails(7, status)
    seen = ended_well(simulate(program))
    if seen != "HTTPError":
        raise Broken(
            "the page answered {status}; fetch_comments() returned {seen}", status=status, seen=seen
        )


@pytest.mark.task(2)
def test_every_request_has_a_timeout(lesson, site):
    """Every request of fetch_comments() has a timeout."""
    site.comments(7, ["first"], ["second"])
    ended_well(simulate(lambda: lesson.fetch_comments(requests.Session(), BASE, 7)))
    for request in site.requests:
        if request.req_kwargs.get("timeout") is None:
            raise Broken(
                "a request has no timeout: if no answer comes, it waits for ever\n"
                "  it is the one for {url}",
                url=request.url,
            )


FAILURES = [
    500,
    requests.ReadTimeout("Read timed out."),
    requests.ConnectionError("Connection refused"),
    '{"comments": [{"auth',
]
"""A status, no answer in time, no connection, and JSON that breaks off."""


@pytest.mark.task(3)
@pytest.mark.parametrize("failure", FAILURES, ids=["status", "timeout", "connection", "json"])
def test_an_article_that_fails_is_kept_apart(lesson, site, failure):
    """An article that fails is in failed, with a reason; crawl_sequential() keeps the others."""
    keeps_apart(lesson.crawl_sequential, site, failure)


@pytest.mark.task(4)
@pytest.mark.parametrize("failure", FAILURES, ids=["status", "timeout", "connection", "json"])
def test_an_article_that_fails_ends_no_worker(lesson, site, failure):
    """An article that fails is in failed, with a reason; crawl() keeps the others."""
    keeps_apart(lambda base_url: lesson.crawl(base_url, 2), site, failure)


def keeps_apart(crawl, site, failure):
    """Require that a crawl keeps articles 7 and 12 when article 3 fails."""
    site.fails(3, failure)
    result = ended_well(simulate(lambda: crawl(BASE)))
    texts, failed = found_by(result)
    if (list(texts), failed) != ([7, 12], [3]):
        raise Broken(
            "article 3 fails, 7 and 12 do not\n"
            "  comments should have the ids [7, 12] in that order, and failed [3]\n"
            "  comments has {texts}, failed has {failed}",
            texts=list(texts),
            failed=failed,
        )
    if not result.failed[3]:
        raise Broken("article 3 fails, and the reason in failed is empty")


@pytest.mark.task(3)
def test_a_failing_article_list_is_raised(lesson, site):
    """When a page of the article list fails, crawl_sequential() raises."""
    raises_the_list(lesson.crawl_sequential, "crawl_sequential", site)


@pytest.mark.task(4)
def test_a_failing_article_list_is_raised_by_crawl(lesson, site):
    """When a page of the article list fails, crawl() raises, and leaves no thread."""
    raises_the_list(lesson.crawl, "crawl", site)


def raises_the_list(crawl, name, site):
    """Require that a crawl raises when page 2 of the list fails."""

    def program():
        try:
            seen = crawl(BASE)
        except NotImplementedError:
            raise
        except Exception:
            seen = "raised"
        time.sleep(0.001)  # Who is about to end may do so.
        return seen, threading.active_count() - 1

    site.pages[f"{BASE}/articles?after=1"] = requests.ReadTimeout("Read timed out.")
    run = simulate(program)
    seen, left = run.value if run.returned else ended_well(run)
    if seen != "raised":
        raise Broken(
            "page 2 of the article list did not answer in time, and that should be raised\n"
            "  {name}() returned {seen}",
            name=name,
            seen=seen,
        )
    if left > 0:
        raise Broken(
            "{name}() raised, and {left} of its threads had not ended", name=name, left=left
        )


@pytest.mark.task(3)
def test_one_page_is_fetched_at_a_time(lesson, site):
    """crawl_sequential() fetches one page after the other."""
    site.seconds = 1
    ended_well(simulate(lambda: lesson.crawl_sequential(BASE)))
    if site.most_in_flight > 1:
        raise Broken(
            "crawl_sequential() had {most} requests in flight at a time", most=site.most_in_flight
        )


@pytest.mark.task(3)
def test_a_second_crawl_starts_afresh(lesson, site):
    """A second call of crawl_sequential() knows nothing of the first."""
    starts_afresh(lesson.crawl_sequential, site)


@pytest.mark.task(4)
def test_a_second_call_of_crawl_starts_afresh(lesson, site):
    """A second call of crawl() knows nothing of the first."""
    starts_afresh(lambda base_url: lesson.crawl(base_url, 2), site)


def starts_afresh(crawl, site):
    """Require that a crawl after another one finds what is there then."""

    def program():
        crawl(BASE)
        site.articles([5])
        return found_by(crawl(BASE))

    site.fails(3, 500)
    texts, failed = ended_well(simulate(program))
    if (texts, failed) != ({5: ["about 5"]}, []):
        raise Broken(
            "a call should know nothing of an earlier one\n"
            "  now the site has article 5 alone; comments has {texts}, failed has {failed}",
            texts=list(texts),
            failed=failed,
        )


@pytest.mark.task(4)
def test_eight_workers_are_seven_times_faster(lesson, site):
    """64 pages of 5 s, one by one, take 320 s: 8 workers do it in 45 s, 8 at a time."""
    site.articles(range(64))
    site.seconds = 5
    run = simulate(lambda: lesson.crawl(BASE))
    texts, _failed = found_by(ended_well(run))
    if len(texts) != 64:
        raise Broken(
            "there are 64 articles, with the ids 0 to 63; comments has {count} of them",
            count=len(texts),
        )
    took_s = run.returned_s - 5  # The list of the articles is one page more.
    if site.most_in_flight > 8:
        raise Broken(
            "8 workers should have 8 requests in flight, there were {most_in_flight}",
            shown_by=run,
            most_in_flight=site.most_in_flight,
        )
    if took_s > 320 / 7:
        raise Broken(
            "64 pages of 5 s took {took_s:.0f} s with 8 workers; 40 s are possible\n"
            "  there were never more than {most_in_flight} requests in flight",
            shown_by=run,
            took_s=took_s,
            most_in_flight=site.most_in_flight,
        )


@pytest.mark.task(4)
def test_no_more_requests_in_flight_than_workers(lesson, site):
    """With 2 workers 2 requests are in flight at most, those for the list included."""
    site.articles([1, 2, 3], [4, 5, 6], [7, 8])
    site.seconds = 1
    run = simulate(lambda: lesson.crawl(BASE, workers=2))
    ended_well(run)
    if site.most_in_flight > 2:
        raise Broken(
            "2 workers should have 2 requests in flight, there were {most}",
            shown_by=run,
            most=site.most_in_flight,
        )


@pytest.mark.task(4)
def test_the_result_does_not_depend_on_who_is_first(lesson, site):
    """crawl() has the order of the article pages, and fetches each page once."""

    def program():
        site.mock.calls.reset()
        texts, failed = found_by(lesson.crawl(BASE, workers=2))
        urls = [request.url for request in site.requests]
        return [list(texts), failed, sorted({url for url in urls if urls.count(url) > 1})]

    def told(seen):
        ids, failed, again = seen
        if again:
            return said("a page was fetched more than once: {again}", again=again[0])
        return said(
            "comments should have the ids [7, 12], it has {ids}; failed has {failed}",
            ids=ids,
            failed=failed,
        )

    site.articles([7, 12])
    always(search(program, max_runs=12, samples=4, max_decisions=1_000), [[7, 12], [], []], told)


@pytest.mark.task(4)
def test_each_thread_has_one_session_and_ends(lesson, site):
    """Each thread fetches with one Session of its own, and has ended when crawl() returns."""

    def program():
        lesson.crawl(BASE, workers=2)
        time.sleep(0.001)  # Who is about to end may do so.
        return threading.active_count() - 1

    site.seconds = 1
    run = simulate(program)
    if run.returned and run.value:
        raise Broken("crawl() returned, and {value} of its threads had not ended", value=run.value)
    ended_well(run)
    owners, own = {}, {}
    for request in site.requests:
        owner = owners.setdefault(id(request.session), request.thread)
        if owner != request.thread:
            raise Broken(
                "one Session was used by {owner} and by {thread}",
                shown_by=run,
                owner=owner,
                thread=request.thread,
            )
        own.setdefault(request.thread, set()).add(id(request.session))
        if len(own[request.thread]) > 1 and request.thread != "MainThread":
            raise Broken(
                "{thread} used more than one Session; one serves for all its requests",
                shown_by=run,
                thread=request.thread,
            )


@pytest.mark.task(4)
def test_less_than_one_worker_is_refused(lesson, site):
    """crawl() with 0 workers raises ValueError with the number, before anything is fetched."""

    def program():
        try:
            lesson.crawl(BASE, workers=0)
        except ValueError as error:
            return str(error)
        return "nothing was raised"

    run = simulate(program)
    text = ended_well(run)
    if "0" not in text:
        raise Broken("a ValueError that names the 0 should be raised; instead: {text}", text=text)
    if site.requests:
        raise Broken("a page was fetched before the ValueError was raised")
    if len(run.threads) > 1:
        raise Broken("a thread had started before the ValueError was raised")


@pytest.mark.task(5)
def test_the_bottleneck_is_one_of_three_words(lesson):
    """BOTTLENECK is one of the three words; whether it is the right one, you find out."""
    if lesson.BOTTLENECK is ...:
        raise Unfinished("TODO 5 in exercises/lesson10/comment_crawler.py")
    if lesson.BOTTLENECK not in ("cpu", "network", "disk"):
        raise Broken(
            'BOTTLENECK is {bottleneck!r}; use "cpu", "network" or "disk"',
            bottleneck=lesson.BOTTLENECK,
        )
