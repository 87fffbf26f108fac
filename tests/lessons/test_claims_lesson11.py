"""What the page of lesson 11 says about Python is so."""

import multiprocessing
import os
import subprocess
import sys

import pytest

METHODS = multiprocessing.get_all_start_methods()
by_fork = pytest.mark.skipif("fork" not in METHODS, reason="this platform has no fork")

seen = []


def note(number):
    seen.append(number)


def dies(sender):
    os._exit(3)


def run_fresh(*lines):
    """Run a program in an interpreter of its own, and return what it printed."""
    command = [sys.executable, "-W", "always", "-c", "\n".join(lines)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.strip() + done.stderr


def test_start_method_is_what_the_page_says():
    found = run_fresh("import multiprocessing", "print(multiprocessing.get_start_method())")
    if sys.platform in ("darwin", "win32"):
        assert found == "spawn"
    elif sys.platform == "linux":
        assert found == ("forkserver" if sys.version_info >= (3, 14) else "fork")


@by_fork
def test_fork_beside_another_thread_warns_since_3_12():
    told = run_fresh(
        "import os, threading",
        "event = threading.Event()",
        "threading.Thread(target=event.wait).start()",
        "child = os.fork()",
        "if child == 0: os._exit(0)",
        "os.waitpid(child, 0)",
        "event.set()",
    )
    assert ("DeprecationWarning" in told) == (sys.version_info >= (3, 12))


@by_fork
def test_what_a_child_changes_its_parent_does_not_see():
    child = multiprocessing.get_context("fork").Process(target=note, args=(1,))
    child.start()
    child.join()
    assert (child.exitcode, seen) == (0, [])


@pytest.mark.parametrize("method", METHODS)
def test_end_of_a_pipe_tells_that_the_child_has_died(method):
    context = multiprocessing.get_context(method)
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=dies, args=(sender,))
    child.start()
    sender.close()
    with pytest.raises(EOFError):
        receiver.recv()
    child.join()
    assert child.exitcode == 3


def test_child_does_not_end_before_its_result_is_taken():
    context = multiprocessing.get_context(METHODS[0])
    queue = context.Queue()
    child = context.Process(target=queue.put, args=(bytes(2**20),))
    child.start()
    child.join(0.2)  # However long: it cannot end.
    assert child.is_alive()
    assert len(queue.get()) == 2**20
    child.join()
