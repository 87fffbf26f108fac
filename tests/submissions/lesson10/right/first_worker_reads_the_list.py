# built: the list is read within the first thread that comes; a Future carries it; BoundedSemaphore of sessions
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Queue

import requests



@dataclass(frozen=True)
class Comment:
    author: str
    text: str


@dataclass
class CrawlResult:
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)


def _json(session, url):
    response = session.get(url, timeout=11)
    response.raise_for_status()
    return response.json()


def _all(session, url, key):
    found = []
    while url:
        page = _json(session, url)
        found, url = found + page[key], page["next"]
    return found


def fetch_articles(session, base_url):
    return [one["id"] for one in _all(session, f"{base_url}/articles", "articles")]


def fetch_comments(session, base_url, article_id):
    found = _all(session, f"{base_url}/articles/{article_id}/comments", "comments")
    return [Comment(one["author"], one["text"]) for one in found]


def _outcome(session, base_url, number):
    try:
        return fetch_comments(session, base_url, number)
    except Exception as error:
        return error


def _result(outcomes):
    good = {n: o for n, o in outcomes.items() if isinstance(o, list)}
    return CrawlResult(good, {n: repr(o) for n, o in outcomes.items() if n not in good})


def crawl_sequential(base_url):
    session = requests.Session()
    ids = fetch_articles(session, base_url)
    return _result({number: _outcome(session, base_url, number) for number in ids})


def crawl(base_url, workers=8):
    if workers < 1:
        raise ValueError(f"workers should be positive: {workers}")
    ids, jobs, outcomes = Future(), Queue(), {}
    who = threading.Lock()

    def work():
        session = requests.Session()
        if who.acquire(blocking=False):
            try:
                ids.set_result(fetch_articles(session, base_url))
            except Exception as error:
                ids.set_exception(error)
        if ids.exception() is not None:
            return
        while (number := jobs.get()) is not None:
            outcomes[number] = _outcome(session, base_url, number)

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    try:
        for number in ids.result():
            jobs.put(number)
    finally:
        for thread in threads:
            jobs.put(None)
        for thread in threads:
            thread.join()
    return _result({number: outcomes[number] for number in ids.result()})


BOTTLENECK = "network"
