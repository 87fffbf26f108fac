# task: 4; reason: fetched 3 times
from dataclasses import dataclass, field
from queue import Queue
from threading import Thread

import requests


@dataclass(frozen=True)
class Comment:
    author: str
    text: str


@dataclass
class CrawlResult:
    comments: dict = field(default_factory=dict)
    failed: dict = field(default_factory=dict)


def walk(session, url, what):
    items = []
    while url:
        response = session.get(url, timeout=10)
        response.raise_for_status()
        page = response.json()
        items += page[what]
        url = page["next"]
    return items


def fetch_articles(session, base_url):
    return [article["id"] for article in walk(session, f"{base_url}/articles", "articles")]


def fetch_comments(session, base_url, article_id):
    told = walk(session, f"{base_url}/articles/{article_id}/comments", "comments")
    return [Comment(comment["author"], comment["text"]) for comment in told]


def crawl_sequential(base_url):
    result = CrawlResult()
    session = requests.Session()
    for article_id in fetch_articles(session, base_url):
        try:
            result.comments[article_id] = fetch_comments(session, base_url, article_id)
        except Exception as error:
            result.failed[article_id] = repr(error)
    return result


def crawl(base_url, workers=8):
    if workers < 1:
        raise ValueError(f"workers must be at least 1: {workers}")
    errors, parts = [], [CrawlResult() for _ in range(workers)]

    def work(number):
        session = requests.Session()
        try:
            ids = fetch_articles(session, base_url)
        except Exception as error:
            errors.append(error)
            return
        for place, article_id in enumerate(ids):
            parts[number].failed[article_id] = "not mine"
            if place % workers == number:
                try:
                    parts[number].comments[article_id] = fetch_comments(session, base_url, article_id)
                except Exception as error:
                    parts[number].failed[article_id] = repr(error)
                else:
                    del parts[number].failed[article_id]

    threads = [Thread(target=work, args=(number,)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    comments, failed = {}, {}
    for place, article_id in enumerate([*parts[0].comments, *parts[0].failed]):
        for part in parts:
            if article_id in part.comments:
                comments[article_id] = part.comments[article_id]
            elif part.failed[article_id] != "not mine":
                failed[article_id] = part.failed[article_id]
    return CrawlResult(comments, failed)


BOTTLENECK = "network"
