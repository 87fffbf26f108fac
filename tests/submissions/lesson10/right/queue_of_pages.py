# built: pages are the work, not articles; a Condition counts what is under way; sequential is a crawl of one
from collections import deque
from dataclasses import dataclass, field
from threading import Condition, Thread

import requests


@dataclass(frozen=True)
class Comment:
    author: str
    text: str


@dataclass
class CrawlResult:
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)


def fetch_page(session, url):
    response = session.send(
        session.prepare_request(requests.Request("GET", url)), timeout=(5, 30)
    )
    response.raise_for_status()
    return response.json()


def fetch_articles(session, base_url):
    ids, url = [], f"{base_url}/articles"
    while url:
        page = fetch_page(session, url)
        ids.extend([article["id"] for article in page["articles"]])
        url = page.get("next")
    return ids


def fetch_comments(session, base_url, article_id):
    comments, url = [], f"{base_url}/articles/{article_id}/comments"
    while url:
        page = fetch_page(session, url)
        comments.extend([Comment(c["author"], c["text"]) for c in page["comments"]])
        url = page.get("next")
    return comments


def crawl_sequential(base_url):
    return crawl(base_url, 1)


class Desk:
    """Hands out pages; an article's next page is known only when the one before has come."""

    def __init__(self, base_url, ids):
        self.waiting = deque((i, f"{base_url}/articles/{i}/comments") for i in ids)
        self.comments = {i: [] for i in ids}
        self.failed = {}
        self.under_way = 0
        self.changed = Condition()

    def take(self):
        with self.changed:
            self.changed.wait_for(lambda: self.waiting or self.under_way == 0)
            if not self.waiting:
                return None
            self.under_way += 1
            return self.waiting.popleft()

    def bring(self, article_id, page):
        with self.changed:
            self.comments[article_id] += [Comment(c["author"], c["text"]) for c in page["comments"]]
            if page["next"]:
                self.waiting.append((article_id, page["next"]))
            self.under_way -= 1
            self.changed.notify_all()

    def give_up(self, article_id, reason):
        with self.changed:
            del self.comments[article_id]
            self.failed[article_id] = reason
            self.under_way -= 1
            self.changed.notify_all()


def crawl(base_url, workers=8):
    if workers < 1:
        raise ValueError(f"{workers} workers cannot crawl")
    with requests.Session() as session:
        desk = Desk(base_url, fetch_articles(session, base_url))

    def work():
        with requests.Session() as session:
            while True:
                job = desk.take()
                if job is None:
                    return
                article_id, url = job
                try:
                    page = fetch_page(session, url)
                except Exception as error:
                    desk.give_up(article_id, f"{url}: {error}")
                else:
                    desk.bring(article_id, page)

    threads = [Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return CrawlResult(desk.comments, desk.failed)


BOTTLENECK = "network"
