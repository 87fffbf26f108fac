"""The programs that ``threadlings show 10`` draws, each run once in virtual time.

A function with the parameter ``lesson`` is a program over your file; its name begins with
``timed_``. Add your own. ``responses`` answers in place of the site, 2 s later.
"""

import json
import re
import time

import responses

BASE = "http://news.example/api"
ARTICLES = json.dumps({"articles": [{"id": 7}, {"id": 3}, {"id": 12}], "next": None})
COMMENTS = json.dumps({"comments": [{"author": "ann", "text": "first"}], "next": None})


def answer(request):
    """Answer a request: three articles, a comment on each, an error for article 12."""
    time.sleep(2)
    print(request.url.removeprefix(BASE))
    if request.url.endswith("/articles"):
        return 200, {}, ARTICLES
    if "/12/" in request.url:
        return 500, {}, "sorry"
    return 200, {}, COMMENTS


def crawl_with(crawl):
    """Let a crawl go through the site, and print which articles it has."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as site:
        site.add_callback("GET", re.compile(".*"), callback=answer)
        result = crawl(BASE)
    print("comments", list(result.comments), "failed", list(result.failed))


def timed_sequential(lesson):
    """One article after the other; each answer takes 2 s.

    article을 하나씩 차례로. 응답마다 2초가 걸립니다.
    """
    crawl_with(lesson.crawl_sequential)


def timed_two_workers(lesson):
    """Two workers; each answer takes 2 s.

    worker 두 개. 응답마다 2초가 걸립니다.
    """
    crawl_with(lambda base_url: lesson.crawl(base_url, workers=2))


def timed_three_workers(lesson):
    """Three workers; each answer takes 2 s.

    worker 세 개. 응답마다 2초가 걸립니다.
    """
    crawl_with(lambda base_url: lesson.crawl(base_url, workers=3))
