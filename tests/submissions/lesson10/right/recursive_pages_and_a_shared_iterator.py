# built: recursion from page to page; a lock around one iterator; as many threads as are needed; a tuple for the timeout
from dataclasses import dataclass, field
from itertools import count
from threading import Lock, Thread

import requests


@dataclass(frozen=True)
class Comment:
    author: str
    text: str


@dataclass
class CrawlResult:
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)


def pages(session, url):
    if url is None:
        return []
    response = session.request("GET", url, timeout=(3, 10))
    response.raise_for_status()
    page = response.json()
    return [page] + pages(session, page.get("next"))


def fetch_articles(session, base_url):
    return [a["id"] for page in pages(session, f"{base_url}/articles") for a in page["articles"]]


def fetch_comments(session, base_url, article_id):
    found = pages(session, f"{base_url}/articles/{article_id}/comments")
    return [Comment(c["author"], c["text"]) for page in found for c in page["comments"]]


def crawl_sequential(base_url):
    result = CrawlResult()
    session = requests.Session()
    for article_id in fetch_articles(session, base_url):
        try:
            result.comments[article_id] = fetch_comments(session, base_url, article_id)
        except (requests.RequestException, ValueError, KeyError) as error:
            result.failed[article_id] = repr(error)
    return result


def crawl(base_url, workers=8):
    if not workers >= 1:
        raise ValueError("workers: %d" % workers)
    with requests.Session() as session:
        ids = fetch_articles(session, base_url)
    numbers, lock, results = count(), Lock(), {}

    def run():
        with requests.Session() as session:
            while True:
                with lock:
                    place = next(numbers)
                if place >= len(ids):
                    break
                try:
                    found = (True, fetch_comments(session, base_url, ids[place]))
                except Exception as error:
                    found = (False, type(error).__name__)
                results[place] = found

    threads = [Thread(target=run) for _ in range(min(workers, len(ids)))]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    result = CrawlResult()
    for place, article_id in enumerate(ids):
        is_good, found = results[place]
        (result.comments if is_good else result.failed)[article_id] = found
    return result


BOTTLENECK = "network"
