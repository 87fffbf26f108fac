"""Lesson 10: comment crawler. One possible solution.

A news site answers in JSON, page by page:

- ``GET {base_url}/articles``: ``{"articles": [{"id": 7, "title": "..."}, ...], "next": ...}``
- ``GET {base_url}/articles/7/comments``:
  ``{"comments": [{"author": "...", "text": "..."}, ...], "next": ...}``

``next`` is the URL of the next page, or null on the last one. An article that cannot be fetched
answers with an error status (404, 500), too late, not at all, or with text that is not JSON.
"""

# Given: do not change.
from collections.abc import Iterator
from dataclasses import dataclass, field
from queue import Queue
from threading import Thread
from typing import Any

import requests

TIMEOUT_S = 10


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
    pages = _pages(session, f"{base_url}/articles")
    return [article["id"] for page in pages for article in page["articles"]]


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
    pages = _pages(session, f"{base_url}/articles/{article_id}/comments")
    return [Comment(told["author"], told["text"]) for page in pages for told in page["comments"]]


def _pages(session: requests.Session, url: str | None) -> Iterator[dict[str, Any]]:
    """Yield a page and all that follow it."""
    while url is not None:
        # Without a timeout requests waits for ever.
        response = session.get(url, timeout=TIMEOUT_S)
        # The answer to a wrong request may be JSON as well.
        response.raise_for_status()
        page = response.json()
        yield page
        url = page["next"]


def crawl_sequential(base_url: str) -> CrawlResult:
    """Fetch the comments on all articles of a site, one article after the other.

    An article of which any page fails is in ``failed``, with a reason, and not in ``comments``.
    All other articles are in ``comments``.

    Args:
        base_url: The site; no slash at its end.

    Raises:
        Exception: If the list of articles cannot be fetched.
    """
    result = CrawlResult()
    with requests.Session() as session:
        for article_id in fetch_articles(session, base_url):
            _visit(session, base_url, article_id, result)
    return result


def _visit(session: requests.Session, base_url: str, article_id: int, result: CrawlResult) -> None:
    """Put an article into the result, in one place or the other."""
    try:
        result.comments[article_id] = fetch_comments(session, base_url, article_id)
    # The errors of requests, broken JSON among them; a page of a strange shape as well.
    except Exception as error:
        # The type is there even if the error has no text.
        result.failed[article_id] = f"{type(error).__name__}: {error}"


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
    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    # The list comes first: if it fails, no thread has been started yet.
    with requests.Session() as session:
        article_ids = fetch_articles(session, base_url)
    waiting: Queue[int | None] = Queue()
    for article_id in article_ids:
        waiting.put(article_id)
    for _ in range(workers):
        # One for each thread: who takes it ends, and nobody else gets it.
        waiting.put(None)
    found = CrawlResult()

    def work() -> None:
        with requests.Session() as session:
            while (article_id := waiting.get()) is not None:
                _visit(session, base_url, article_id, found)

    threads = [Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # The results are there in the order in which they came.
    return CrawlResult(
        {
            article_id: found.comments[article_id]
            for article_id in article_ids
            if article_id in found.comments
        },
        {
            article_id: found.failed[article_id]
            for article_id in article_ids
            if article_id in found.failed
        },
    )


# The processor has next to nothing to do until an answer has come.
BOTTLENECK: str = "network"
