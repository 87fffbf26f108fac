"""What the pages of lesson 03 say about Python is so."""

import re
import threading
from threading import Thread, current_thread

import pytest


def name_noted_by(thread_of):
    """Return the name that a thread finds from inside; ``thread_of`` makes it for a target."""
    found = []

    def work():
        found.append(current_thread().name)

    thread = thread_of(work)
    thread.start()
    thread.join()
    assert found == [thread.name]
    return found[0]


def test_the_first_thread_is_called_main_thread():
    assert threading.main_thread().name == "MainThread"


def test_a_thread_finds_the_name_that_it_was_made_with():
    assert name_noted_by(lambda work: Thread(target=work, name="test")) == "test"


@pytest.mark.parametrize("keywords", [{}, {"name": None}, {"name": ""}], ids=str)
def test_without_a_name_python_chooses_one(keywords):
    name = name_noted_by(lambda work: Thread(target=work, **keywords))
    assert re.fullmatch(r"Thread-\d+ \(work\)", name)


def test_python_counts_on_also_for_threads_that_never_start():
    first, second = Thread(), Thread()
    assert int(second.name.split("-")[1]) == int(first.name.split("-")[1]) + 1


def test_a_thread_with_a_name_is_not_counted():
    first = Thread()
    Thread(name="test")
    assert int(Thread().name.split("-")[1]) == int(first.name.split("-")[1]) + 1


def test_two_threads_of_one_name_are_told_apart_by_their_identifiers():
    together = threading.Barrier(3)
    twins = [Thread(target=together.wait, name="twin") for _ in range(2)]
    for thread in twins:
        thread.start()
    assert [thread.name for thread in twins] == ["twin", "twin"]
    assert twins[0].ident != twins[1].ident
    together.wait()
    for thread in twins:
        thread.join()


def test_a_name_can_be_changed_while_the_thread_runs():
    release = threading.Event()
    thread = Thread(target=release.wait, name="early")
    thread.start()
    thread.name = "late"
    assert thread.name == "late"
    release.set()
    thread.join()


def test_enumerate_knows_who_is_alive():
    release = threading.Event()
    daemon = Thread(target=release.wait, daemon=True)
    unborn = Thread(target=release.wait)
    daemon.start()
    alive = threading.enumerate()
    assert daemon in alive
    assert threading.main_thread() in alive
    assert unborn not in alive
    release.set()
    daemon.join()
    assert daemon not in threading.enumerate()


def test_the_notebooks_calls_are_deprecated_and_work():
    with pytest.warns(DeprecationWarning, match=r"currentThread\(\) is deprecated"):
        thread = threading.currentThread()
    with pytest.warns(DeprecationWarning, match=r"getName\(\) is deprecated"):
        assert thread.getName() == current_thread().name
