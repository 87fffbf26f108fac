# built: futures as they come, put in order at the end; a session for each ident; workers end by a timeout
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from queue import Empty, Queue

import requests


@dataclass(frozen=True)
class Comment:
    author: str
    text: str


@dataclass
class CrawlResult:
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)


def walk(session, first):
    url = first
    while url is not None:
        response = session.get(url, timeout=6)
        response.raise_for_status()
        page = response.json()
        url = page["next"]
        yield page


def fetch_articles(session, base_url):
    return sum(([a["id"] for a in page["articles"]] for page in walk(session, f"{base_url}/articles")), [])


def fetch_comments(session, base_url, article_id):
    pages = walk(session, f"{base_url}/articles/{article_id}/comments")
    return [Comment(c["author"], c["text"]) for page in pages for c in page["comments"]]


def crawl_sequential(base_url):
    result = CrawlResult()
    with requests.Session() as session:
        for i in fetch_articles(session, base_url):
            try:
                result.comments[i] = fetch_comments(session, base_url, i)
            except requests.RequestException as error:
                result.failed[i] = repr(error)
    return result


def crawl(base_url, workers=8):
    if workers < 1:
        raise ValueError(f"workers must not be {workers}")
    sessions = {}
    queue = Queue()

    def visit():
        session = sessions.setdefault(threading.get_ident(), requests.Session())
        done = []
        while True:
            try:
                article_id = queue.get(timeout=0.2)
            except Empty:
                return done
            try:
                done.append((article_id, fetch_comments(session, base_url, article_id)))
            except requests.RequestException as error:
                done.append((article_id, error))

    with requests.Session() as session:
        ids = fetch_articles(session, base_url)
    for i in ids:
        queue.put(i)
    found = {}
    with ThreadPoolExecutor(workers) as pool:
        for future in as_completed([pool.submit(visit) for _ in range(workers)]):
            found.update(future.result())
    result = CrawlResult()
    for i in ids:
        if isinstance(found[i], requests.RequestException):
            result.failed[i] = repr(found[i])
        else:
            result.comments[i] = found[i]
    return result


BOTTLENECK = "network"
