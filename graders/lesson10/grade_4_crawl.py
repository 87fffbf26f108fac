"""Hidden checks of lesson 10, task 4: crawl. More of them are beside those of task 3."""

import pytest

from threadlings.checks import (
    BASE,
    FAILURES,
    LEFT,
    NEWS,
    Article,
    Broken,
    Site,
    counted,
    fetched,
    left_threads,
    named_error,
    never_wrong,
    news,
    not_once,
    nothing_wrong,
    refused_with,
    remark,
    shown,
    told_comments,
    told_result,
    visited,
    wrong_crawl,
)
from threadlings.engine import search, simulate
from threadlings.grading import real_scenario, scenario_with
from threadlings.language import said


@scenario_with(*NEWS)
def crawls(lesson, sites, base, workers, every_schedule=False):
    """Crawl each site with these workers (by default if there is no number)."""
    site = Site()
    site.serve()

    def program_of(pages):
        def program():
            end = site.visit(pages, lambda: told_result(lesson.crawl(base, *workers)))
            if every_schedule:
                end = {key: end[key] for key in ("result", "error", "left", "again", "strange")}
            return [end]

        return program

    programs = [program_of(pages) for pages in sites]
    if every_schedule:
        return [search(p, max_runs=40, samples=10, max_decisions=2_000) for p in programs]
    return [simulate(program) for program in programs]


def _crawl(submission, articles, *workers, **of_the_list):
    site = news(articles, **of_the_list)
    (run,) = submission.run(crawls, sites=[site], base=BASE, workers=workers)
    return run


@pytest.mark.task(4)
def test_eight_workers_are_seven_times_faster(submission):
    """crawl() with 8 workers fetches 64 equal pages at least 7 times faster than one by one."""
    articles = [Article(number, [["a"]], after_s=5) for number in range(100, 164)]
    run = _crawl(submission, articles, per_page=64)
    end = fetched(run, "crawl")
    if run.returned_s > 64 * 5 / 7:
        raise Broken(
            "64 pages of 5 s each took {took_s:.1f} s with 8 workers; 40.0 s is possible\n"
            "  one by one they take 320 s; at least 7 times faster are 45.7 s\n"
            "  at most {most} of its requests were in flight at a time",
            took_s=run.returned_s,
            most=len(end["busiest"]),
        )


@pytest.mark.task(4)
def test_as_many_requests_as_workers_are_in_flight(submission):
    """With more workers more requests are in flight, as long as there are articles."""
    articles = [Article(number, [["a"]], after_s=5) for number in range(100, 130)]
    run = _crawl(submission, articles, 12, per_page=30)
    most = len(fetched(run, "crawl")["busiest"])
    if most < 12:
        raise Broken(
            "{workers} workers had at most {most} requests in flight at a time\n"
            "  there were {count} articles, and each worker can fetch one",
            workers=12,
            most=most,
            count=len(articles),
        )


@pytest.mark.task(4)
def test_never_more_requests_in_flight_than_workers(submission):
    """Never more than ``workers`` requests are in flight, those for the list included."""
    articles = [Article(number, [["a"], ["b"]], after_s=3) for number in range(100, 110)]
    for workers, limit in (([], 8), ([1], 1), ([3], 3)):
        run = _crawl(submission, articles, *workers, per_page=2, list_after_s=2)
        busiest = fetched(run, "crawl")["busiest"]
        if len(busiest) > limit:
            of_the_list = [url for url in busiest if "/comments" not in url]
            which = "\n  one of them was for the list of articles: {url}"
            raise Broken(
                "more requests are in flight than there are workers\n"
                "  crawl(base_url, {limit}) had {most} in flight at a time{which}",
                limit=limit,
                most=len(busiest),
                which=said(which, url=of_the_list[0]) if of_the_list else "",
            )


UNEQUAL = [
    Article(7, [["a"], ["b"]], after_s=9),
    Article(0, after_s=4),
    Article(12, [["c"], ["d"]], after_s=1),
    Article(5, [["e"], ["f"], ["g"]], after_s=2),
    Article(40, after_s=0.5),
    Article(8, [[]], after_s=7),
]


@pytest.mark.task(4)
def test_the_result_is_that_of_the_sequential_crawl(submission):
    """The result equals that of the sequential crawl, whichever page comes first."""
    for articles in (UNEQUAL, UNEQUAL[::-1], []):
        end = fetched(_crawl(submission, articles, 3), "crawl")
        nothing_wrong(wrong_crawl(end, articles, "crawl"))


def _wrong_count(site, asked):
    """Return which good page was not fetched exactly once, in words; nothing if all were."""
    good = [url for url, page in site.items() if page[1] == "page"]
    wrong = [url for url in good if asked.get(url, 0) != 1]
    return not_once(asked.get(wrong[0], 0), wrong[0]) if wrong else ""


@pytest.mark.task(4)
def test_each_page_is_fetched_once(submission):
    """Each page is fetched exactly once."""
    end = fetched(_crawl(submission, UNEQUAL, 3), "crawl")
    wrong = _wrong_count(news(UNEQUAL), end["asked"])
    nothing_wrong(wrong and wrong + remark(end))


SMALL = [Article(7, [["a"]]), Article(3, [["b"]], fails="404"), Article(12, [["c"], ["d"]])]
SMALLER = [SMALL[:1], [Article(7, [["a"]]), Article(3, [["b"]])], SMALL]
"""The first is small enough for all schedules to be tried, whatever the crawl is made of."""


@pytest.mark.task(4)
def test_every_schedule_gives_the_same(submission):
    """crawl() gives the same result under every schedule that was tried, each page once."""
    for articles in SMALLER:  # Each in a cell of its own: what a cell may compute is limited.
        asked = {"sites": [news(articles)], "base": BASE, "workers": [2], "every_schedule": True}
        (seen,) = submission.run(crawls, **asked)
        never_wrong(
            seen,
            lambda ends, articles=articles: _wrong_end(ends[0], articles),
            told_by_value=LEFT,
        )


def _wrong_end(end, articles):
    """Return what is wrong with the end of a crawl under a schedule."""
    if end["error"] is not None:
        return said("crawl() raised {named}", named=named_error(end["error"]))
    if end["again"]:
        return said("a page was fetched more than once: {again}", again=end["again"][0])
    return wrong_crawl(end, articles, "crawl") or left_threads(end, "crawl")


@pytest.mark.task(4)
def test_a_failing_list_leaves_no_thread_behind(submission):
    """Whoever is slow: when crawl() raises, every thread that it started has ended."""
    site = news(SMALLER[1], per_page=1, list_fails="500")
    (seen,) = submission.run(crawls, sites=[site], base=BASE, workers=[2], every_schedule=True)
    never_wrong(seen, lambda ends: left_threads(ends[0], "crawl"), told_by_value=LEFT)


@pytest.mark.task(4)
def test_each_thread_has_a_session_of_its_own(submission):
    """Each thread that fetches has one Session, and no other thread uses it."""
    articles = [Article(number, [["a"]], after_s=1) for number in range(100, 107)]
    end = fetched(_crawl(submission, articles, 3), "crawl")
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


PLAIN = [Article(7, [["a", "b"], ["c"]]), Article(3, [[]]), Article(12), Article(0), Article(40)]


@pytest.mark.task(4)
def test_no_thread_is_left_behind(submission):
    """When crawl() returns, every thread that it started has ended."""
    for articles, workers in ((PLAIN, 3), ([], 2)):
        visited(_crawl(submission, articles, workers), "crawl", may_leave=False)


@pytest.mark.task(4)
def test_a_number_of_workers_below_one_is_refused(submission):
    """A number of workers below 1 is a ValueError with that number, before anything is fetched."""
    for workers in (0, -2):
        run = _crawl(submission, PLAIN, workers)
        end = visited(run, "crawl")
        asked, error = f"crawl(base_url, {workers})", end["error"]
        if error is not None:
            kind = "ValueError" if error["is_value"] else error["type"]
            error = kind, error["text"]
        refused_with(error, asked, workers)
        if end["asked"]:
            raise Broken("{asked} fetched a page before it raised ValueError", asked=asked)
        started = counted(len(run.threads) - 1, "thread")
        if len(run.threads) > 1:
            raise Broken(
                "{asked} started {started} before it raised ValueError",
                asked=asked,
                started=started,
            )


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
            url = base + self.path.removeprefix("/api")
            asked.append(url)
            _after_s, kind, content = pages.get(url, [0, "404", None])
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
    times = {url: asked.count(url) for url in asked}
    return {"result": told_result(found), "asked": times, "strange": []}


@pytest.mark.task(4)
def test_a_real_server_is_crawled(submission):
    """crawl() works with a real HTTP server, and asks it for each page once."""
    kinds = [kind for kind in FAILURES if kind != "timeout"]
    failing = [Article(50 + n, [["a"], ["b"]], fails=kind) for n, kind in enumerate(kinds)]
    articles = [*PLAIN, *failing, Article(99, [["a", "b"], ["c"], ["d"]])]
    site = news(articles)
    # A program that is wrong here as well might wait for real, for ever.
    end = fetched(_crawl(submission, articles, 4), "crawl")
    nothing_wrong(wrong_crawl(end, articles, "crawl"))
    end = submission.run(real_crawl, pages=site, base=BASE, workers=4)
    nothing_wrong(wrong_crawl(end, articles, "crawl"))
    wrong = _wrong_count(
        {url.removeprefix(BASE): page for url, page in site.items()},
        {url.removeprefix(BASE): times for url, times in end["asked"].items()},
    )
    if wrong:
        raise Broken("with a real server, {not_once}", not_once=wrong)
