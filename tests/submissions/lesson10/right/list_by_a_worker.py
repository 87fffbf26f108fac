# built: the list is a job like others: a worker fetches it while the others wait, an error travels in the result
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
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)


def pages(session, url):
    while url is not None:
        response = session.get(url, timeout=10)
        response.raise_for_status()
        page = response.json()
        yield page
        url = page["next"]


def fetch_articles(session, base_url):
    return [a["id"] for page in pages(session, f"{base_url}/articles") for a in page["articles"]]


def fetch_comments(session, base_url, article_id):
    found = []
    for page in pages(session, f"{base_url}/articles/{article_id}/comments"):
        found += [Comment(c["author"], c["text"]) for c in page["comments"]]
    return found


def visit(session, base_url, article_id, result):
    try:
        result.comments[article_id] = fetch_comments(session, base_url, article_id)
    except Exception as error:
        result.failed[article_id] = repr(error)


def crawl_sequential(base_url):
    result = CrawlResult()
    with requests.Session() as session:
        for article_id in fetch_articles(session, base_url):
            visit(session, base_url, article_id, result)
    return result


def crawl(base_url, workers=8):
    if workers < 1:
        raise ValueError(f"workers must be at least 1: {workers}")
    jobs, answers = Queue(), Queue()

    def work():
        session = requests.Session()
        while True:
            job = jobs.get()
            if job == "end":
                break
            try:
                if job == "list":
                    answers.put((job, fetch_articles(session, base_url), None))
                else:
                    answers.put((job, fetch_comments(session, base_url, job), None))
            except Exception as error:
                answers.put((job, None, error))

    team = [Thread(target=work) for _ in range(workers)]
    for thread in team:
        thread.start()
    try:
        jobs.put("list")
        _list, ids, error = answers.get()
        if error is not None:
            raise error
        for article_id in ids:
            jobs.put(article_id)
        by_id = {}
        for _ in ids:
            article_id, comments, error = answers.get()
            by_id[article_id] = comments, error
    finally:
        for _ in team:
            jobs.put("end")
        for thread in team:
            thread.join()
    result = CrawlResult()
    for article_id in ids:
        comments, error = by_id[article_id]
        if error is None:
            result.comments[article_id] = comments
        else:
            result.failed[article_id] = f"{type(error).__name__} {error}"
    return result


BOTTLENECK = "network"
