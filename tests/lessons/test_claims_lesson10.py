"""What lesson 10's pages say about requests and about waiting threads is true here."""

import json
import socket
import threading

import pytest
import requests
import responses

from threadlings.engine import simulate

URL = "http://news.example/api/articles"


def answered(body="", status=200):
    """Return the response to a request that nobody was in the way of."""
    with responses.RequestsMock() as site:
        site.add("GET", URL, body=body, status=status)
        response = requests.Session().get(URL)
        return response, site.calls[0].request.req_kwargs


def test_a_request_waits_for_ever_unless_it_has_a_timeout():
    _response, options = answered()
    assert options["timeout"] is None


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_an_error_status_raises_nothing_by_itself(status):
    response, _options = answered(status=status)
    with pytest.raises(requests.HTTPError):
        response.raise_for_status()


def test_a_good_status_raises_nothing():
    response, _options = answered(status=200)
    response.raise_for_status()


def test_the_null_of_json_is_none():
    response, _options = answered(json.dumps({"next": None}))
    assert response.json() == {"next": None}


def test_the_errors_of_requests_have_a_common_base_class():
    kinds = [requests.HTTPError, requests.Timeout, requests.ConnectionError]
    assert all(issubclass(kind, requests.RequestException) for kind in kinds)


@pytest.mark.parametrize("body", ['{"comments": [', "<html></html>", ""])
def test_broken_json_is_a_request_exception_and_a_value_error(body):
    response, _options = answered(body)
    with pytest.raises(requests.RequestException) as caught:
        response.json()
    assert isinstance(caught.value, ValueError)
    with pytest.raises(ValueError, match="line 1"):
        json.loads(body)


def test_who_waits_for_an_answer_lets_others_run():
    """While a thread waits for the network, another one runs, the GIL or not: it answers."""
    here, there = socket.socketpair()
    answers = []
    thread = threading.Thread(target=lambda: answers.append(here.recv(5)))
    with here, there:
        thread.start()
        there.send(b"hello")
        thread.join()
    assert answers == [b"hello"]


def test_picture_shows_what_happens():
    def took_s(workers):
        def program():
            import time
            from queue import Queue
            from threading import Thread

            waiting = Queue()
            for article in (7, 3, 12, 5, *[None] * workers):
                waiting.put(article)
            visited = [[] for _ in range(workers)]

            def work(mine):
                while (article := waiting.get()) is not None:
                    mine.append(article)
                    time.sleep(1)

            threads = [Thread(target=work, args=(mine,)) for mine in visited]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            return [visited, time.monotonic()]

        return simulate(program).value

    assert took_s(1) == [[[7, 3, 12, 5]], 4]
    assert took_s(2) == [[[7, 12], [3, 5]], 2]
