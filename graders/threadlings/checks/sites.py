"""A web site that we make up, which a scenario carries: ``scenario_with(*SITE)``.

Its pages are JSON. It answers through ``responses``, in virtual time, and keeps books. Being
carried it is what a library is: a search sees the steps of the student's program alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

BASE = "http://news.example/api"
"""Where the site is."""

Pages = dict[str, list[Any]]
"""What becomes of a request for each URL: the seconds that it takes, ``page`` or how it fails (see
``answer_of_kind``), and what the page says."""


def linked(
    first: str, pages: Sequence[dict[str, Any]], *, after_s: float = 0, fails: str | None = None
) -> Pages:
    """Return pages of which each has the URL of the next one as ``next``, the last one null.

    Args:
        first: The URL of the first page.
        pages: What the pages say besides, at least one.
        after_s: How long each takes.
        fails: What becomes of the last page instead.
    """
    urls = [first, *(f"{first}?after={17 * place}" for place in range(1, len(pages)))]
    found: Pages = {
        url: [after_s, "page", {**page, "next": after}]
        for url, page, after in zip(urls, pages, [*urls[1:], None], strict=True)
    }
    if fails is not None:
        found[urls[-1]] = [after_s, fails, None]
    return found


class AskedTooOften(BaseException):
    """Ends a program that asks for a page for ever."""


class Site:
    """A site, and the books of who asked it for what.

    Before the first run, :meth:`serve` it; in a run, :meth:`visit` it.
    """

    too_often = 50

    def __init__(self) -> None:
        self.open({})

    def open(self, pages: Pages) -> None:
        """Have these pages, and let it be as if nobody had been there."""
        self.pages = pages
        self.asked: dict[str, int] = {}
        self.strange: list[str] = []
        self.hasty: list[str] = []
        self.sessions: list[object] = []
        self.users: dict[Any, dict[int, bool]] = {}
        self.now = self.most = 0

    def visit(
        self, pages: Pages, call: Callable[[], object], session: object = None
    ) -> dict[str, Any]:
        """Have these pages, and call a function; return what became of it, and the books.

        Args:
            pages: The pages.
            call: Returns data.
            session: The one that all requests should go through, if there is one.
        """
        import threading
        import time

        self.open(pages)
        caller, before = threading.current_thread(), threading.active_count()
        result, error = None, None
        try:
            result = call()
        except NotImplementedError:
            raise
        except Exception as caught:
            error = error_as_data(caught)
        time.sleep(0.001)  # Who is about to end may do so.
        good = [url for url, page in self.pages.items() if page[1] == "page"]
        return {
            "result": result,
            "error": error,
            "left": threading.active_count() - before,
            "asked": dict(self.asked),
            "again": sorted(url for url in good if self.asked.get(url, 0) > 1),
            "strange": list(self.strange),
            "hasty": list(self.hasty),
            "most": self.most,
            "users": [[user.name, user is caller, list(n)] for user, n in self.users.items()],
            "is_given": all(one is session for one in self.sessions),
        }

    def serve(self) -> None:
        """Let all requests, of all sessions, go to this site from now on."""
        import re

        import requests
        import responses

        mock = responses.RequestsMock(assert_all_requests_are_fired=False)
        mock.add_callback("GET", re.compile(".*"), callback=self.answer)
        mock.start()
        sessions: Any = requests.Session
        real_send = sessions.send

        def send(session: Any, request: Any, **options: Any) -> Any:
            mock.calls.reset()
            self.note_session(session)
            return real_send(session, request, **options)

        sessions.send = send

    def note_session(self, session: object) -> None:
        """Note which thread uses which session."""
        import threading

        numbers = [n for n, known in enumerate(self.sessions) if known is session]
        number = numbers[0] if numbers else len(self.sessions)
        if not numbers:
            self.sessions.append(session)
        self.users.setdefault(threading.current_thread(), {})[number] = True

    def answer(self, request: Any) -> tuple[int, dict[str, str], str]:
        """Answer as ``responses`` wants it."""
        import time

        self.note_request(request.url, request.req_kwargs.get("timeout"))
        after_s, kind, content = self.pages.get(request.url, [0, "404", None])
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            if after_s:
                time.sleep(after_s)
            return answer_of_kind(kind, content)
        finally:
            self.now -= 1

    def note_request(self, url: str, timeout: Any) -> None:
        """Note what was asked for; a page that is asked for again and again ends the program."""
        self.asked[url] = self.asked.get(url, 0) + 1
        if self.asked[url] > self.too_often:
            raise AskedTooOften(f"it asked for the same page {self.asked[url]} times: {url}")
        if url not in self.pages:
            self.strange.append(url)
        if all(part is None for part in (timeout if isinstance(timeout, tuple) else [timeout])):
            self.hasty.append(url)


def answer_of_kind(kind: str, content: object) -> tuple[int, dict[str, str], str]:
    """Return status, headers and body of an answer, or raise as requests does."""
    import json

    import requests

    where = "HTTPConnectionPool(host='news.example', port=80)"
    if kind == "timeout":
        raise requests.ReadTimeout(f"{where}: Read timed out. (read timeout=5)")
    if kind == "no connection":
        raise requests.ConnectionError(f"{where}: Max retries exceeded")
    if kind in ("404", "500"):
        # A body as of a page: who does not look at the status takes it for one.
        empty: dict[str, object] = {"error": "sorry", "articles": [], "comments": [], "next": None}
        return int(kind), {}, json.dumps(empty)
    if kind == "broken JSON":
        return 200, {}, '{"comments": [{"author": "ann", "te'
    if kind == "no JSON":
        return 200, {}, "<html><body>Please try again later</body></html>"
    return 200, {}, json.dumps(content)


def error_as_data(error: BaseException) -> dict[str, Any]:
    """Return an exception as data, with the last line of the student's file in it."""
    import os
    import re

    import requests

    place, step = "", error.__traceback__
    while step is not None:
        folder, file = os.path.split(step.tb_frame.f_code.co_filename)
        if folder == os.getcwd():
            place = f" at {file}:{step.tb_lineno}"
        step = step.tb_next
    return {
        "type": type(error).__name__,
        "text": re.sub(" at 0x[0-9a-f]+", "", str(error))[:300],
        "place": place,
        "is_http": isinstance(error, requests.HTTPError),
        "is_value": isinstance(error, ValueError),
    }


def shown(thing: object) -> str:
    """Return what is not as it should be, as a text without addresses."""
    text = repr(thing)
    return f"a {type(thing).__name__} object" if " at 0x" in text else text[:100]


SITE = (AskedTooOften, Site, answer_of_kind, error_as_data, shown)
"""What a scenario has to carry."""
