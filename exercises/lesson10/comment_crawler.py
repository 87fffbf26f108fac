"""Lesson 10: comment crawler. Fill in the five TODOs; the page is README.md.

A news site answers in JSON, page by page:

- ``GET {base_url}/articles``: ``{"articles": [{"id": 7, "title": "..."}, ...], "next": ...}``
- ``GET {base_url}/articles/7/comments``:
  ``{"comments": [{"author": "...", "text": "..."}, ...], "next": ...}``

``next`` is the URL of the next page, or null on the last one. An article that cannot be fetched
answers with an error status (404, 500), too late, not at all, or with text that is not JSON.
"""

# Given: do not change.
from dataclasses import dataclass, field
from queue import Queue
from threading import Thread

import requests


# Given: do not change.
@dataclass(frozen=True)
class Comment:
    """What one reader wrote below an article."""

    author: str
    text: str


# Given: do not change.
@dataclass
class CrawlResult:
    """What a crawl found.

    Attributes:
        comments: The comments of each article that could be fetched, by its id; the articles are
            in the order of the article pages.
        failed: Why an article could not be fetched, by its id; a text that is not empty.
    """

    comments: dict[int, list[Comment]] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)


def fetch_articles(session: requests.Session, base_url: str) -> list[int]:
    """Return the ids of all articles on the site.

    Args:
        session: Every request goes through it.
        base_url: The site, such as ``http://news.example/api``; no slash at its end.

    Returns:
        The ids of all pages, in the order in which the pages have them.

    Raises:
        Exception: If a page of the list cannot be fetched.
    """
    # TODO 1: follow the list from page to page and collect the ids.
    raise NotImplementedError("TODO 1 in exercises/lesson10/comment_crawler.py")


def fetch_comments(session: requests.Session, base_url: str, article_id: int) -> list[Comment]:
    """Return all comments on one article.

    Every request has a timeout, so that a server that never answers holds nobody for ever.

    Args:
        session: Every request goes through it.
        base_url: The site; no slash at its end.
        article_id: An id that the list of articles has.

    Returns:
        The comments of all pages, in the order in which the pages have them.

    Raises:
        requests.HTTPError: If a page answers with a status of 4xx or 5xx.
        Exception: If a page does not answer in time, or at all, or not in JSON.
    """
    # TODO 2: the same walk from page to page, with its timeouts and its errors.
    raise NotImplementedError("TODO 2 in exercises/lesson10/comment_crawler.py")


def crawl_sequential(base_url: str) -> CrawlResult:
    """Fetch the comments on all articles of a site, one article after the other.

    An article of which any page fails is in ``failed``, with a reason, and not in ``comments``.
    All other articles are in ``comments``.

    Args:
        base_url: The site; no slash at its end.

    Raises:
        Exception: If the list of articles cannot be fetched.
    """
    # TODO 3: visit the articles in turn; one that fails must not end the crawl.
    raise NotImplementedError("TODO 3 in exercises/lesson10/comment_crawler.py")


def crawl(base_url: str, workers: int = 8) -> CrawlResult:
    """Fetch the comments on all articles of a site, several articles at the same time.

    The result equals that of ``crawl_sequential``, also in the order of ``comments``, whichever
    page comes first. Each page is fetched exactly once. Each thread that fetches has one Session
    of its own for all its requests. When the function returns or raises, every thread that it
    started has ended.

    Args:
        base_url: The site; no slash at its end.
        workers: How many requests may be in flight at a time, those for the list of articles
            included; at least 1.

    Raises:
        ValueError: If ``workers`` is below 1, with that number in the message, before anything is
            fetched.
        Exception: If the list of articles cannot be fetched.
    """
    # TODO 4: share the articles among threads, and bring the results back into their order.
    raise NotImplementedError("TODO 4 in exercises/lesson10/comment_crawler.py")


# TODO 5: what does the sequential crawler wait for most of the time: "cpu", "network" or "disk"?
BOTTLENECK: str = ...  # TODO 5 in exercises/lesson10/comment_crawler.py


if __name__ == "__main__":
    # A program to run and to change: threadlings run 10
    from time import perf_counter

    from given import news_site

    with news_site(articles=20, seconds=0.05) as base_url:
        print("a news site of our own is at", base_url)
        for crawler in (crawl_sequential, crawl):
            begin = perf_counter()
            found = crawler(base_url)
            print(f"{crawler.__name__} took {perf_counter() - begin:.2f} s:", end=" ")
            print(len(found.comments), "articles,", len(found.failed), "failed:", *found.failed)
