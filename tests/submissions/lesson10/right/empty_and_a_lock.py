# built: workers end at queue.Empty; results under a lock; prints left in
from dataclasses import dataclass, field
from queue import Empty, Queue
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


def fetch_articles(session, base_url):
    ids = []
    url = base_url + "/articles"
    while url:
        answer = session.get(url, timeout=5)
        answer.raise_for_status()
        page = answer.json()
        for article in page["articles"]:
            ids.append(article["id"])
        url = page["next"]
    return ids


def fetch_comments(session, base_url, article_id):
    comments = []
    url = f"{base_url}/articles/{article_id}/comments"
    while url:
        answer = session.get(url, timeout=5)
        answer.raise_for_status()
        page = answer.json()
        comments += [Comment(**told) for told in page["comments"]]
        url = page["next"]
    return comments


def crawl_sequential(base_url):
    result = CrawlResult()
    session = requests.Session()
    for article_id in fetch_articles(session, base_url):
        try:
            result.comments[article_id] = fetch_comments(session, base_url, article_id)
        except (requests.RequestException, ValueError, KeyError) as error:
            result.failed[article_id] = repr(error)
    return result


def crawl(base_url: str, workers: int = 8) -> CrawlResult:
    if workers < 1:
        raise ValueError("need at least one worker, got " + str(workers))
    first = requests.Session()
    ids = fetch_articles(first, base_url)
    print("articles", ids)
    todo: Queue = Queue()
    for place in range(len(ids)):
        todo.put(place)
    slots: list = [None] * len(ids)
    lock = Lock()

    def worker():
        mine = requests.Session()
        while True:
            try:
                place = todo.get_nowait()
            except Empty:
                return
            try:
                outcome = fetch_comments(mine, base_url, ids[place])
            except Exception as error:
                outcome = error
            with lock:
                slots[place] = outcome
            print("done", place)

    threads = [Thread(target=worker, name=f"crawler {n}", daemon=True) for n in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result = CrawlResult()
    for article_id, outcome in zip(ids, slots):
        if isinstance(outcome, Exception):
            result.failed[article_id] = f"{outcome!r}"
        else:
            result.comments[article_id] = outcome
    return result


BOTTLENECK = "network"
