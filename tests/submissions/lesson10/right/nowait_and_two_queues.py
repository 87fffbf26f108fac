# built: get_nowait until Empty; results through a second queue, sorted by place; own error class
import json
from dataclasses import dataclass, field
from queue import Empty, Queue
from threading import Thread

import requests


@dataclass(frozen=True)
class Comment:
    author: str
    text: str


@dataclass
class CrawlResult:
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)


class FetchError(Exception):
    pass


def load(session, url):
    response = session.get(url=url, timeout=3.0, headers={"Accept": "application/json"})
    response.raise_for_status()
    return json.loads(response.text)


def fetch_articles(session, base_url):
    url, ids = f"{base_url}/articles", []
    while True:
        try:
            page = load(session, url)
        except Exception as error:
            raise FetchError(f"no list of articles: {error}") from error
        ids += [article["id"] for article in page["articles"]]
        url = page["next"]
        if not url:
            return ids


def fetch_comments(session, base_url, article_id):
    url, comments = f"{base_url}/articles/{article_id}/comments", []
    while url is not None:
        page = load(session, url)
        comments += [Comment(each["author"], each["text"]) for each in page["comments"]]
        url = page["next"]
    return comments


def visit(session, base_url, article_id):
    try:
        return "ok", fetch_comments(session, base_url, article_id)
    except requests.HTTPError as error:
        return "failed", f"status {error.response.status_code}"
    except requests.Timeout:
        return "failed", "timeout"
    except requests.ConnectionError:
        return "failed", "no connection"
    except (ValueError, KeyError):
        return "failed", "broken answer"


def put_together(outcomes):
    result = CrawlResult()
    for article_id, kind, value in outcomes:
        (result.comments if kind == "ok" else result.failed)[article_id] = value
    return result


def crawl_sequential(base_url):
    with requests.Session() as session:
        ids = fetch_articles(session, base_url)
        return put_together((i, *visit(session, base_url, i)) for i in ids)


def crawl(base_url, workers=8):
    if not workers >= 1:
        raise ValueError(f"workers: {workers}")
    todo, done = Queue(), Queue()
    with requests.Session() as session:
        for place, article_id in enumerate(fetch_articles(session, base_url)):
            todo.put((place, article_id))

    def work():
        with requests.Session() as session:
            while True:
                try:
                    place, article_id = todo.get_nowait()
                except Empty:
                    return
                done.put((place, article_id, *visit(session, base_url, article_id)))

    threads = []
    for number in range(workers):
        thread = Thread(target=work, name=f"crawler {number}", daemon=True)
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    outcomes = sorted((done.get() for _ in range(done.qsize())), key=lambda entry: entry[0])
    return put_together(entry[1:] for entry in outcomes)


BOTTLENECK = "network"
