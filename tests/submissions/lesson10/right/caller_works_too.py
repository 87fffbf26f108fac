# built: one iterator behind a lock; the caller works too, with the session it has; outcomes by place
from dataclasses import dataclass, field
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


def read(session, url, key):
    found = []
    while True:
        with session.get(url, timeout=8, stream=True) as response:
            response.raise_for_status()
            page = response.json()
        found += page[key]
        if page["next"] is None:
            return found
        url = page["next"]


def fetch_articles(session, base_url):
    return [article["id"] for article in read(session, f"{base_url}/articles", "articles")]


def fetch_comments(session, base_url, article_id):
    told = read(session, f"{base_url}/articles/{article_id}/comments", "comments")
    return [Comment(each["author"], each["text"]) for each in told]


def crawl_sequential(base_url):
    result = CrawlResult()
    with requests.Session() as session:
        for article_id in fetch_articles(session, base_url):
            try:
                comments = fetch_comments(session, base_url, article_id)
            except Exception as error:
                result.failed[article_id] = f"{type(error).__name__}({error})"
            else:
                result.comments[article_id] = comments
    return result


def crawl(base_url, workers=8):
    if workers < 1:
        raise ValueError(f"at least 1 worker, not {workers}")
    lock = Lock()
    own = requests.Session()
    ids = fetch_articles(own, base_url)
    places = iter(range(len(ids)))
    outcomes = [None] * len(ids)

    def work(session):
        while True:
            with lock:
                place = next(places, None)
            if place is None:
                return
            try:
                outcomes[place] = fetch_comments(session, base_url, ids[place])
            except Exception as error:
                outcomes[place] = error

    helpers = [Thread(target=lambda: work(requests.Session())) for _ in range(workers - 1)]
    for helper in helpers:
        helper.start()
    work(own)
    for helper in helpers:
        helper.join()
    result = CrawlResult()
    for article_id, outcome in zip(ids, outcomes):
        if isinstance(outcome, Exception):
            result.failed[article_id] = f"{type(outcome).__name__}({outcome})"
        else:
            result.comments[article_id] = outcome
    return result


BOTTLENECK = "network"
