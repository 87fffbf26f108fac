# built: asyncio.gather over run_in_executor, a Session made by the initializer of each worker
import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import local

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


def attempt(session, base_url, article_id):
    try:
        return article_id, fetch_comments(session, base_url, article_id), ""
    except Exception as error:
        return article_id, None, repr(error)


def collect(ids, answers):
    by_id = {article_id: (comments, reason) for article_id, comments, reason in answers}
    result = CrawlResult()
    for article_id in ids:
        comments, reason = by_id[article_id]
        if reason:
            result.failed[article_id] = reason
        else:
            result.comments[article_id] = comments
    return result


def crawl_sequential(base_url):
    with requests.Session() as session:
        ids = fetch_articles(session, base_url)
        return collect(ids, [attempt(session, base_url, article_id) for article_id in ids])


async def crawl_in(pool, visit, ids):
    loop = asyncio.get_running_loop()
    return await asyncio.gather(*[loop.run_in_executor(pool, visit, number) for number in ids])


def crawl(base_url, workers=8):
    if workers < 1:
        raise ValueError(f"cannot crawl with {workers} workers")
    with requests.Session() as session:
        ids = fetch_articles(session, base_url)
    here = local()

    def begin():
        here.session = requests.Session()

    def visit(article_id):
        return attempt(here.session, base_url, article_id)

    with ThreadPoolExecutor(workers, initializer=begin) as pool:
        return collect(ids, asyncio.run(crawl_in(pool, visit, ids)))


BOTTLENECK = "network"
