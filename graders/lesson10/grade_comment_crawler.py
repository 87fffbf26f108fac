"""Hidden checks of lesson 10: comment crawler."""

from dataclasses import dataclass, field
from functools import partial

import pytest

from threadlings.checks import Unfinished, always, ended_well
from threadlings.engine import search, simulate
from threadlings.grading import Broken, real_scenario, scenario, scenario_with
from threadlings.language import said

BASE = "http://news.example/api"

FAILURES = {
    "404": "answered 404",
    "500": "answered 500",
    "timeout": said("did not answer in time (ReadTimeout)"),
    "no connection": said("could not be reached (ConnectionError)"),
    "broken JSON": said("answered with JSON that breaks off in the middle"),
    "no JSON": said("answered with a page that is not JSON"),
}
"""How an article's comments can fail, in words for the student."""


@dataclass
class Article:
    """An article of a site that we make up.

    Attributes:
        number: Its id.
        pages: The texts of the comments on each page.
        after_s: How long each page takes.
        fails: What becomes of the last page instead; a key of FAILURES.
    """

    number: int
    pages: list[list[str]] = field(default_factory=lambda: [["first", "second"]])
    after_s: float = 0
    fails: str | None = None

    @property
    def comments(self):
        """The comments as told by the cell."""
        return [[_author_of(text), text] for texts in self.pages for text in texts]


def _author_of(text):
    return f"who wrote {text}"


def _site(articles, *, per_page=3, list_fails=None):
    """Return the pages of a site: what becomes of a request for each URL.

    Args:
        articles: The articles, in order.
        per_page: How many of them a page of the list has.
        list_fails: What becomes of the list's last page.
    """
    groups = [articles[at : at + per_page] for at in range(0, len(articles), per_page)]
    lists = [
        {"articles": [{"id": a.number, "title": f"news {a.number}"} for a in group]}
        for group in groups or [[]]
    ]
    site = _linked(f"{BASE}/articles", lists, 0, list_fails)
    for article in articles:
        pages = [
            {"comments": [{"author": _author_of(text), "text": text} for text in texts]}
            for texts in article.pages
        ]
        url = f"{BASE}/articles/{article.number}/comments"
        site |= _linked(url, pages, article.after_s, article.fails)
    return site


def _linked(first, pages, after_s, fails):
    """Return pages by their URL, each with the URL of the next one."""
    urls = [first, *(f"{first}?after={17 * place}" for place in range(1, len(pages)))]
    linked = {
        url: [after_s, "page", {**page, "next": after}]
        for url, page, after in zip(urls, pages, [*urls[1:], None], strict=True)
    }
    if fails is not None:
        linked[urls[-1]] = [after_s, fails, None]
    return linked


class AskedTooOften(BaseException):
    """Ends a program that asks for a page for ever."""


class Site:
    """A site that we make up; it answers through ``responses``, and virtual time goes by.

    Args:
        pages: What becomes of a request for each URL: how long it takes, ``page`` or how it
            fails, and what the page says.
    """

    too_often = 50

    def __init__(self, pages):
        self.pages = pages
        self.open()

    def open(self):
        """Let it be as if nobody had been there."""
        import threading

        self.caller = threading.current_thread()
        self.asked = {}
        self.strange = []
        self.hasty = []
        self.sessions = []
        self.users = {}
        self.now = self.most = 0

    def note_session(self, session):
        """Note which thread uses which session."""
        import threading

        numbers = [n for n, known in enumerate(self.sessions) if known is session]
        number = numbers[0] if numbers else len(self.sessions)
        if not numbers:
            self.sessions.append(session)
        self.users.setdefault(threading.current_thread(), {})[number] = True

    def answer(self, request):
        """Answer as ``responses`` wants it."""
        import time

        self.note_request(request.url, request.req_kwargs.get("timeout"))
        after_s, kind, content = self.pages.get(request.url, [0, "404", None])
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            if after_s:
                time.sleep(after_s)
            return answer_of_kind(kind, content)
        finally:
            self.now -= 1

    def note_request(self, url, timeout):
        """Note what was asked for; a page that is asked for again and again ends the program."""
        self.asked[url] = self.asked.get(url, 0) + 1
        if self.asked[url] > self.too_often:
            raise AskedTooOften(f"it asked for the same page {self.asked[url]} times: {url}")
        if url not in self.pages:
            self.strange.append(url)
        if all(part is None for part in (timeout if isinstance(timeout, tuple) else [timeout])):
            self.hasty.append(url)

    def again(self):
        """Return the good pages that were asked for more than once."""
        good = [url for url, page in self.pages.items() if page[1] == "page"]
        return sorted(url for url in good if self.asked.get(url, 0) > 1)

    def told(self):
        """Return the books."""
        users = [[user.name, user is self.caller, list(n)] for user, n in self.users.items()]
        return {
            "asked": dict(self.asked),
            "strange": list(self.strange),
            "hasty": list(self.hasty),
            "most": self.most,
            "users": users,
        }


def answer_of_kind(kind, content):
    """Return status, headers and body of an answer, or raise as requests does."""
    import json

    import requests

    where = "HTTPConnectionPool(host='news.example', port=80)"
    if kind == "timeout":
        raise requests.ReadTimeout(f"{where}: Read timed out. (read timeout=5)")
    if kind == "no connection":
        raise requests.ConnectionError(f"{where}: Max retries exceeded")
    if kind in ("404", "500"):
        # A body as of a page: who does not look at the status takes it for one.
        empty = {"error": "sorry", "articles": [], "comments": [], "next": None}
        return int(kind), {}, json.dumps(empty)
    if kind == "broken JSON":
        return 200, {}, '{"comments": [{"author": "ann", "te'
    if kind == "no JSON":
        return 200, {}, "<html><body>Please try again later</body></html>"
    return 200, {}, json.dumps(content)


def serve(get_site):
    """Let all requests, of all sessions, go to the site of the moment."""
    import re

    import requests
    import responses

    mock = responses.RequestsMock(assert_all_requests_are_fired=False)
    mock.add_callback("GET", re.compile(".*"), callback=lambda request: get_site().answer(request))
    mock.start()
    real_send = requests.Session.send

    def send(session, request, **options):
        mock.calls.reset()
        get_site().note_session(session)
        return real_send(session, request, **options)

    requests.Session.send = send


def shown(thing):
    """Return what is not as it should be, as a text without addresses."""
    text = repr(thing)
    return f"a {type(thing).__name__} object" if " at 0x" in text else text[:100]


def told_comments(found):
    """Return comments as plain data; what is none as a text."""
    if not isinstance(found, list | tuple):
        return shown(found)
    return [
        [comment.author, comment.text]
        if hasattr(comment, "author") and hasattr(comment, "text")
        else shown(comment)
        for comment in found
    ]


def told_result(found):
    """Return what a crawl returned as plain data; what is no CrawlResult as a text."""
    comments, failed = getattr(found, "comments", None), getattr(found, "failed", None)
    if not isinstance(comments, dict) or not isinstance(failed, dict):
        return shown(found)
    kept = [
        [n if isinstance(n, int | str) else repr(n), told_comments(own)]
        for n, own in comments.items()
    ]
    reasons = [
        [
            n if isinstance(n, int | str) else repr(n),
            reason if isinstance(reason, str) else {"type": type(reason).__name__},
        ]
        for n, reason in failed.items()
    ]
    return {"comments": kept, "failed": sorted(reasons, key=repr)}


def told_error(error):
    """Return an exception as plain data, with the last line of the student's in it."""
    import re

    import requests

    place, step = "", error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename.endswith("comment_crawler.py"):
            place = f" at comment_crawler.py:{step.tb_lineno}"
        step = step.tb_next
    return {
        "type": type(error).__name__,
        "text": re.sub(" at 0x[0-9a-f]+", "", str(error))[:300],
        "place": place,
        "is_http": isinstance(error, requests.HTTPError),
        "is_value": isinstance(error, ValueError),
    }


@scenario_with(
    AskedTooOften, Site, answer_of_kind, serve, shown, told_comments, told_result, told_error
)
def visits(lesson, name, sites, arguments=(), every_schedule=False):
    """Call a function of the lesson once on each site; tell of each call how it went."""
    import requests

    current = [None]
    serve(lambda: current[0])

    def program():
        import threading
        import time

        site = current[0]
        site.open()
        base, result, error = "http://news.example/api", None, None
        session = requests.Session() if name.startswith("fetch_") else None
        given = [base] if session is None else [session, base]
        before = threading.active_count()
        start_s = time.monotonic()
        call = getattr(lesson, name)
        try:
            found = call(*given, *arguments)
            if name == "fetch_articles":
                is_list = isinstance(found, list | tuple)
                result = list(found) if is_list else shown(found)
            else:
                result = (told_result if session is None else told_comments)(found)
        except NotImplementedError:
            raise
        except Exception as caught:
            error = told_error(caught)
        if every_schedule:
            if isinstance(result, dict):  # Reasons may differ.
                result["failed"] = [[number, bool(why)] for number, why in result["failed"]]
            return {"result": result, "error": error, "again": site.again()}
        took_s = time.monotonic() - start_s
        time.sleep(0.001)  # Who is about to end may do so.
        left = threading.active_count() - before
        is_given = session is None or all(one is session for one in site.sessions)
        seen = {"took_s": took_s, "left": left, "is_given": is_given, **site.told()}
        return {"result": result, "error": error, **seen}

    runs = []
    for pages in sites:
        current[0] = Site(pages)
        if every_schedule:
            runs.append(search(program, max_runs=60, samples=20, max_decisions=2_000))
        else:
            runs.append(simulate(program))
    return runs


def _visits(submission, name, sites, **more):
    return submission.run(visits, name=name, sites=sites, **more)


def _visit(submission, name, site, **more):
    (run,) = _visits(submission, name, [site], **more)
    return run


def _end(run, name, *, may_leave=True):
    """Return how a call ended that came to an end; without an error in any thread."""
    if run.returned and run.value["left"] > 0 and not may_leave:
        raise Broken(_left(run, name))
    if run.returned and run.value["left"] > 0 and run.deadlock:
        return run.value  # It is what another check says: threads are left.
    return ended_well(run)


def _left(run, name):
    did = (
        "returned"
        if run.value["error"] is None
        else said("raised {type}", type=run.value["error"]["type"])
    )
    return said(
        "{name}() {did} and left threads behind: {left}\n"
        "  every thread that it started should have ended by then",
        name=name,
        did=did,
        left=run.value["left"],
    )


def _result(run, name):
    """Return what a call returned, which should raise nothing."""
    end = _end(run, name)
    if end["error"] is not None:
        raise Broken(
            "{name}() raised {named}{remark}",
            name=name,
            named=_named(end["error"]),
            remark=_remark(end),
        )
    return end


def _named(error):
    text = f": {error['text']}" if error["text"] else ""
    return f"{error['type']}{text}{error['place']}"


def _remark(end):
    """Say what else was strange in a call: it may be the reason."""
    text = ""
    if end["strange"]:
        text += said(
            "\n  it asked for {strange}, which is no page of the site", strange=end["strange"][0]
        )
        text += said('\n  the URL of a next page is the value of "next", as it is')
    if end.get("left", 0) > 0:
        text += said("\n  threads that had not ended when it returned: {left}", left=end["left"])
    return text


LISTED = [Article(7), Article(3), Article(12), Article(5), Article(40)]
"""Ids in no order, on two pages of the list."""


@pytest.mark.task(1)
def test_ids_of_all_pages_are_in_order(submission):
    """fetch_articles() returns the ids of all pages, in order."""
    sites = [_site(LISTED), _site(LISTED, per_page=1), _site([Article(9)]), _site([])]
    wanted = [[7, 3, 12, 5, 40], [7, 3, 12, 5, 40], [9], []]
    for run, ids in zip(_visits(submission, "fetch_articles", sites), wanted, strict=True):
        end = _result(run, "fetch_articles")
        if end["result"] != ids:
            raise Broken(
                "the ids are not those of all the pages, in order\n"
                "  fetch_articles() should return {ids}, it returned {result}{remark}",
                ids=ids,
                result=end["result"],
                remark=_remark(end),
            )


@pytest.mark.task(1)
def test_an_empty_page_is_not_the_last_one(submission):
    """fetch_articles() goes on until "next" is null, also after a page without articles."""
    site = _site([Article(7), Article(3)], per_page=1)
    _first, second = [url for url in site if url.split("?")[0].endswith("/articles")]
    after = f"{second}-and-more"
    site[after] = site[second]
    site[second] = [0, "page", {"articles": [], "next": after}]
    end = _result(_visit(submission, "fetch_articles", site), "fetch_articles")
    if end["result"] != [7, 3]:
        raise Broken(
            "it does not go on after a page without articles\n"
            "  fetch_articles() should return [7, 3], it returned {result}\n"
            '  page 2 of 3 has no articles, but its "next" is not null{remark}',
            result=end["result"],
            remark=_remark(end),
        )
    _used_the_given_session(end, "fetch_articles")


def _used_the_given_session(end, name):
    if not end["is_given"]:
        raise Broken(
            "{name}() did not use the session that it was given\n"
            "  each of its requests should go through that session",
            name=name,
        )


THREE_PAGES = Article(7, [["a", "b"], ["c"], ["d", "e"]])


@pytest.mark.task(2)
def test_comments_of_all_pages_are_in_order(submission):
    """fetch_comments() returns the comments of all pages, in order."""
    articles = [THREE_PAGES, Article(7, [["a", "b"], [], ["a"]]), Article(7, [[]])]
    sites = [_site([article, Article(8)]) for article in articles]
    runs = _visits(submission, "fetch_comments", sites, arguments=[7])
    for run, article in zip(runs, articles, strict=True):
        end = _result(run, "fetch_comments")
        _compare_comments(
            end["result"], article, said("fetch_comments() should return"), _remark(end)
        )


def _compare_comments(found, article, should, remark=""):
    if found == article.comments:
        return
    wrong = found if isinstance(found, str) else next((c for c in found if isinstance(c, str)), "")
    if wrong:
        raise Broken(
            "{should} a list of Comment objects; there was {wrong}{remark}",
            should=should,
            wrong=wrong,
            remark=remark,
        )
    raise Broken(
        "the comments are not those of all the pages, in order\n"
        "  {should} comments with the texts {comments}\n"
        "  the texts are {found}{authors}{remark}",
        should=should,
        comments=[text for _author, text in article.comments],
        found=[text for _author, text in found],
        authors=_authors(found, article),
        remark=remark,
    )


def _authors(found, article):
    texts = [text for _author, text in article.comments]
    if [text for _author, text in found] != texts:
        return ""
    wrong = next(c for c, right in zip(found, article.comments, strict=True) if c != right)
    return said(
        ", but the author of {wrong!r} should be {author_of!r}, not {wrong_2!r}",
        wrong=wrong[1],
        author_of=_author_of(wrong[1]),
        wrong_2=wrong[0],
    )


@pytest.mark.task(2)
def test_an_error_status_is_an_http_error(submission):
    """fetch_comments() raises requests.HTTPError when a page answers 4xx or 5xx."""
    cases = [(pages, kind) for pages in ([["a"]], [["a"], ["b"]]) for kind in ("404", "500")]
    sites = [_site([Article(7, pages, fails=kind)]) for pages, kind in cases]
    runs = _visits(submission, "fetch_comments", sites, arguments=[7])
    for run, (pages, kind) in zip(runs, cases, strict=True):
        end = _end(run, "fetch_comments")
        where = said("page {count} of {count} answered {kind}", count=len(pages), kind=kind)
        if end["error"] is None:
            raise Broken(
                "fetch_comments() did not raise requests.HTTPError\n"
                "  {where}; it returned {result}{remark}",
                where=where,
                result=end["result"],
                remark=_remark(end),
            )
        if not end["error"]["is_http"]:
            raise Broken(
                "fetch_comments() did not raise requests.HTTPError\n  {where}; it raised {named}",
                where=where,
                named=_named(end["error"]),
            )


@pytest.mark.task(2)
def test_every_request_has_a_timeout(submission):
    """Every request of fetch_comments() has a timeout, and goes through the given session."""
    run = _visit(submission, "fetch_comments", _site([THREE_PAGES]), arguments=[7])
    end = _result(run, "fetch_comments")
    if end["hasty"]:
        raise Broken(
            "a request has no timeout: if the server never answers, it waits for ever\n"
            "  requests without one: {count} of {values}, the first of them for {hasty}",
            count=len(end["hasty"]),
            values=sum(end["asked"].values()),
            hasty=end["hasty"][0],
        )
    _used_the_given_session(end, "fetch_comments")


def _compare(end, articles, name):
    """Require that a crawl found what there is: ``comments`` in order, ``failed`` with reasons."""
    found = end["result"]
    if not isinstance(found, dict):
        raise Broken(
            "{name}() should return a CrawlResult, it returned {found}", name=name, found=found
        )
    comments, failed = dict(map(_pair, found["comments"])), dict(map(_pair, found["failed"]))
    for reason in failed.values():
        if "TODO" in str(reason) and "exercises/" in str(reason):
            raise Unfinished(str(reason))
    for article in articles:
        (_compare_failed if article.fails else _compare_kept)(comments, failed, article, end, name)
    numbers = [article.number for article in articles if not article.fails]
    if list(comments) != numbers:
        raise Broken(
            "comments is not in the order of the article pages\n"
            "  the ids should be in the order {numbers}, they are {comments}",
            numbers=numbers,
            comments=list(comments),
        )


def _pair(entry):
    return entry[0], entry[1]


def _compare_failed(comments, failed, article, _end, name):
    why = said(
        "article {number} {failures}", number=article.number, failures=FAILURES[article.fails]
    )
    if len(article.pages) > 1:
        why += said(" on page {count} of {count}", count=len(article.pages))
    if article.number in comments:
        raise Broken(
            "a failed article is in comments\n  {why}: it belongs in failed alone", why=why
        )
    if article.number not in failed:
        raise Broken(
            "a failed article is missing in failed of {name}()\n  {why}", name=name, why=why
        )
    reason = failed[article.number]
    if not isinstance(reason, str) or not reason.strip():
        found = (
            f"{reason!r}"
            if isinstance(reason, str)
            else said("no text, but an object of class {type}", type=reason["type"])
        )
        raise Broken(
            "the reason of a failed article should be a text that is not empty\n"
            "  {why}; its reason is {found}",
            why=why,
            found=found,
        )


def _compare_kept(comments, failed, article, end, name):
    if article.number in failed:
        raise Broken(
            "an article is in failed, but all its pages came\n"
            "  article {number}, its reason is {failed!r}{remark}",
            number=article.number,
            failed=failed[article.number],
            remark=_remark(end),
        )
    if article.number not in comments:
        raise Broken(
            "an article is missing in the result of {name}()\n"
            "  article {number} is neither in comments nor in failed\n"
            "  comments has the ids {comments}{remark}",
            name=name,
            number=article.number,
            comments=list(comments)[:10],
            remark=_remark(end),
        )
    should = said("article {number} should have", number=article.number)
    _compare_comments(comments[article.number], article, should, _remark(end))


PLAIN = [Article(7, [["a", "b"], ["c"]]), Article(3, [[]]), Article(12), Article(5), Article(40)]


@pytest.mark.task(3)
def test_all_comments_of_all_articles_are_there(submission):
    """crawl_sequential() has the comments of all articles, in the order of the article pages."""
    for site, articles in ((_site(PLAIN), PLAIN), (_site([]), [])):
        end = _result(_visit(submission, "crawl_sequential", site), "crawl_sequential")
        _compare(end, articles, "crawl_sequential")


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
    sites = [_site(articles) for articles in lists]
    runs = _visits(submission, name, sites, arguments=arguments)
    for run, articles in zip(runs, lists, strict=True):
        failing = next(article for article in articles if article.fails)
        why = said(
            "{failures}: it belongs in failed, and the others in comments",
            failures=FAILURES[failing.fails],
        )
        why = said("a failed article ended {name}()\n  an article {why}\n  ", name=name, why=why)
        try:
            end = _end(run, name)
        except Unfinished:
            raise
        except Broken as broken:
            raise broken.within("{why}{told}", why=why) from None
        if end["error"] is not None:
            raise Broken(
                "{why}{name}() raised {named}", why=why, name=name, named=_named(end["error"])
            )
        _compare(end, articles, name)


@pytest.mark.task(3)
def test_failed_articles_are_kept_apart(submission):
    """An article whose fetch fails in any way is in failed; crawl_sequential() keeps the rest."""
    _failures_are_kept_apart(submission, "crawl_sequential")


def _failing_list_is_raised(submission, name, arguments=()):
    cases = [*((5, kind) for kind in FAILURES), (2, "500"), (2, "timeout")]
    sites = [_site(LISTED, per_page=n, list_fails=kind) for n, kind in cases]
    runs = _visits(submission, name, sites, arguments=arguments)
    for run, (per_page, kind) in zip(runs, cases, strict=True):
        pages = -(-len(LISTED) // per_page)
        where = said(
            "page {pages} of {pages} of the article list {failures}",
            pages=pages,
            failures=FAILURES[kind],
        )
        try:
            end = _end(run, name, may_leave=False)
        except Unfinished:
            raise
        except Broken as broken:
            listed = "a failing article list should be raised\n  {where}\n  {told}"
            raise broken.within(listed, where=where) from None
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
def test_eight_workers_are_seven_times_faster(submission):
    """crawl() with 8 workers fetches 64 equal pages at least 7 times faster than one by one."""
    articles = [Article(number, [["a"]], after_s=5) for number in range(100, 164)]
    end = _result(_visit(submission, "crawl", _site(articles, per_page=64)), "crawl")
    if end["took_s"] > 64 * 5 / 7:
        raise Broken(
            "64 pages of 5 s each took {took_s:.1f} s with 8 workers; 40.0 s is possible\n"
            "  one by one they take 320 s; at least 7 times faster are 45.7 s\n"
            "  at most {most} of its requests were in flight at a time",
            took_s=end["took_s"],
            most=end["most"],
        )


@pytest.mark.task(4)
def test_never_more_requests_in_flight_than_workers(submission):
    """Never more than ``workers`` requests are in flight."""
    articles = [Article(number, [["a"]], after_s=1) for number in range(100, 110)]
    for workers, limit in (([], 8), ([1], 1), ([3], 3)):
        run = _visit(submission, "crawl", _site(articles), arguments=workers)
        end = _result(run, "crawl")
        if end["most"] > limit:
            raise Broken(
                "more requests are in flight than there are workers\n"
                "  crawl(base_url, {limit}) had {most} in flight at a time",
                limit=limit,
                most=end["most"],
            )


UNEQUAL = [
    Article(7, [["a"], ["b"]], after_s=9),
    Article(3, after_s=4),
    Article(12, [["c"], ["d"]], after_s=1),
    Article(5, [["e"], ["f"], ["g"]], after_s=2),
    Article(40, after_s=0.5),
    Article(8, [[]], after_s=7),
]


@pytest.mark.task(4)
def test_the_result_is_that_of_the_sequential_crawl(submission):
    """The result equals that of the sequential crawl, whichever page comes first."""
    for articles in (UNEQUAL, []):
        run = _visit(submission, "crawl", _site(articles), arguments=[3])
        _compare(_result(run, "crawl"), articles, "crawl")


@pytest.mark.task(4)
def test_each_page_is_fetched_once(submission):
    """Each page is fetched exactly once."""
    end = _result(_visit(submission, "crawl", _site(UNEQUAL), arguments=[3]), "crawl")
    good = [url for url, page in _site(UNEQUAL).items() if page[1] == "page"]
    for url in good:
        times = end["asked"].get(url, 0)
        if times != 1:
            raise Broken(_not_once(times, url) + _remark(end))


def _not_once(times, url):
    was = said("was fetched {times} times", times=times) if times else said("was not fetched")
    return said(
        "a page {was}; each should be fetched exactly once\n  it is {url}", was=was, url=url
    )


SMALL = [Article(7, [["a"]]), Article(3, [["b"]], fails="404"), Article(12, [["c"], ["d"]])]
SMALLER = [SMALL[:1], [Article(7, [["a"]]), Article(3, [["b"]])], SMALL]
"""The first is small enough for all schedules to be tried, whatever the crawl is made of."""


@pytest.mark.task(4)
def test_every_schedule_gives_the_same(submission):
    """crawl() gives the same result under every schedule that was tried, each page once."""
    sites = [_site(articles) for articles in SMALLER]
    found = submission.run(visits, name="crawl", sites=sites, arguments=[2], every_schedule=True)
    for seen, articles in zip(found, SMALLER, strict=True):
        kept = [[article.number, article.comments] for article in articles if not article.fails]
        failed = [[article.number, True] for article in articles if article.fails]
        expected = {"result": {"comments": kept, "failed": failed}, "error": None, "again": []}
        always(seen, expected, partial(_wrong_end, articles))


def _wrong_end(articles, end):
    """Return what is wrong with the end of a crawl under a schedule."""
    if end["error"] is not None:
        return said("crawl() raised {named}", named=_named(end["error"]))
    if end["again"]:
        return said("a page was fetched more than once: {again}", again=end["again"][0])
    result = end["result"]
    if isinstance(result, dict):
        reasons = [[number, "a reason" if is_told else ""] for number, is_told in result["failed"]]
        end = {"result": {**result, "failed": reasons}, "strange": []}
    try:
        _compare(end, articles, "crawl")
    except Broken as broken:
        return broken.finding.text
    return said("the result is not that of the sequential crawl")


@pytest.mark.task(4)
def test_each_thread_has_a_session_of_its_own(submission):
    """Each thread that fetches has one Session, and no other thread uses it."""
    articles = [Article(number, [["a"]], after_s=1) for number in range(100, 107)]
    end = _result(_visit(submission, "crawl", _site(articles), arguments=[3]), "crawl")
    for session in {number for _name, _is_caller, used in end["users"] for number in used}:
        users = [name for name, _is_caller, used in end["users"] if session in used]
        if len(users) > 1:
            raise Broken(
                "a Session was used by more than one thread: it is not made for that\n"
                "  {count} threads used the same one: {users}",
                count=len(users),
                users=", ".join(users[:4]),
            )
    for name, is_caller, used in end["users"]:
        if len(used) > 1 and not is_caller:
            raise Broken(
                "a thread used more than one Session: then no connection is used again\n"
                "  {name} used {count}; one serves for all its requests",
                name=name,
                count=len(used),
            )


@pytest.mark.task(4)
def test_no_thread_is_left_behind(submission):
    """When crawl() returns, every thread that it started has ended."""
    for articles, workers in ((PLAIN, 3), ([], 2)):
        run = _visit(submission, "crawl", _site(articles), arguments=[workers])
        _end(run, "crawl", may_leave=False)


@pytest.mark.task(4)
def test_failed_articles_end_no_worker(submission):
    """An article whose fetch fails in any way is in failed; crawl() keeps the rest."""
    _failures_are_kept_apart(submission, "crawl", arguments=[2])


@pytest.mark.task(4)
def test_a_failing_article_list_is_raised_by_crawl(submission):
    """When a page of the article list fails, crawl() raises that error and leaves no thread."""
    _failing_list_is_raised(submission, "crawl", arguments=[2])


@pytest.mark.task(4)
def test_a_number_of_workers_below_one_is_refused(submission):
    """A number of workers below 1 is a ValueError with that number, before anything is fetched."""
    for workers in (0, -2):
        _workers_are_refused(submission, workers)


def _workers_are_refused(submission, workers):
    end = _end(_visit(submission, "crawl", _site(PLAIN), arguments=[workers]), "crawl")
    asked = f"crawl(base_url, {workers})"
    if end["error"] is None:
        raise Broken("{asked} should raise ValueError, it returned", asked=asked)
    if not end["error"]["is_value"] or str(workers) not in end["error"]["text"]:
        raise Broken(
            "{asked} should raise ValueError with {workers} in its text\n  it raised {named}",
            asked=asked,
            workers=workers,
            named=_named(end["error"]),
        )
    if end["asked"]:
        raise Broken("{asked} fetched a page before it raised ValueError", asked=asked)


@real_scenario(shown, told_comments, told_result)
def real_crawl(lesson, pages, base, workers):
    """Crawl a server on this machine that has these pages."""
    import json
    import threading
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    asked = []

    class News(BaseHTTPRequestHandler):
        def do_GET(self):
            here = f"http://127.0.0.1:{self.server.server_port}/api"
            asked.append(self.path)
            _after_s, kind, content = pages.get(
                base + self.path.removeprefix("/api"), [0, "404", None]
            )
            if kind == "no connection":
                return  # The connection is closed without an answer.
            text = json.dumps(content).replace(base, here)
            if kind in ("broken JSON", "no JSON"):
                text = text[:-2] if kind == "broken JSON" else "<html></html>"
            body = text.encode()
            self.send_response(int(kind) if kind in ("404", "500") else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), News)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found = lesson.crawl(f"http://127.0.0.1:{server.server_port}/api", workers=workers)
    return {"result": told_result(found), "asked": asked, "strange": []}


@pytest.mark.task(4)
def test_a_real_server_is_crawled(submission):
    """crawl() works with a real HTTP server, and asks it for each page once."""
    kinds = [kind for kind in FAILURES if kind != "timeout"]
    failing = [Article(50 + n, [["a"], ["b"]], fails=kind) for n, kind in enumerate(kinds)]
    articles = [*PLAIN, *failing, Article(99, [["a", "b"], ["c"], ["d"]])]
    site = _site(articles)
    # A program that is wrong here as well might wait for real, for ever.
    _compare(_result(_visit(submission, "crawl", site, arguments=[4]), "crawl"), articles, "crawl")
    end = submission.run(real_crawl, pages=site, base=BASE, workers=4)
    _compare(end, articles, "crawl")
    good = [url.removeprefix(BASE) for url, page in site.items() if page[1] == "page"]
    asked = [path.removeprefix("/api") for path in end["asked"]]
    for path in good:
        if asked.count(path) != 1:
            raise Broken(
                "with a real server, {not_once}", not_once=_not_once(asked.count(path), path)
            )


@scenario
def answer_about_the_bottleneck(lesson):
    if lesson.BOTTLENECK is ...:
        raise NotImplementedError("TODO 5 in exercises/lesson10/comment_crawler.py")
    return lesson.BOTTLENECK


@pytest.mark.task(5)
def test_the_bottleneck_is_named(submission):
    """BOTTLENECK names what the sequential crawler spends its time on."""
    answer = submission.run(answer_about_the_bottleneck)
    words = ["cpu", "network", "disk"]
    if not isinstance(answer, str) or answer.strip().lower() not in words:
        raise Broken(
            "BOTTLENECK should be one of {words}, it is {answer!r}", words=words, answer=answer
        )
    if answer.strip().lower() != "network":
        raise Broken(
            "BOTTLENECK is {answer!r}, and that is not it\n"
            "  8 workers made the same crawl 7 times faster on the same computer: what were they "
            "all waiting for?",
            answer=answer,
        )
