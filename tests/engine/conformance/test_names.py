"""The simulated ``_thread`` and ``time`` offer what CPython's offer."""

import _thread
import time

import pytest

from threadlings.engine import simulate

TAKEN_BY_THREADING = {
    "3.11": {
        *("RLock", "TIMEOUT_MAX", "_ExceptHookArgs", "_excepthook", "_local", "_set_sentinel"),
        *("allocate_lock", "error", "get_ident", "get_native_id", "stack_size"),
        *("start_new_thread",),
    },
    "3.14": {
        *("LockType", "RLock", "TIMEOUT_MAX", "_ExceptHookArgs", "_ThreadHandle", "_excepthook"),
        *("_get_main_thread_ident", "_is_main_interpreter", "_local", "_make_thread_handle"),
        *("_shutdown", "allocate_lock", "daemon_threads_allowed", "error", "get_ident"),
        *("get_native_id", "set_name", "stack_size", "start_joinable_thread"),
    },
}
"""What ``Lib/threading.py`` takes from ``_thread``, in the oldest and the newest version."""


def names_of(module):
    def program():
        return set(dir(__import__(module)))

    return simulate(program).value


@pytest.mark.parametrize("version", TAKEN_BY_THREADING)
def test_thread_offers_what_threading_takes(version):
    assert TAKEN_BY_THREADING[version] <= names_of("_thread")


@pytest.mark.parametrize("module", [_thread, time], ids=lambda module: module.__name__)
def test_module_offers_what_this_pythons_own_offers(module):
    assert set(dir(module)) <= names_of(module.__name__)


def test_handle_of_a_thread_offers_what_threading_uses():
    def program():
        import _thread

        handle = _thread._ThreadHandle()
        done = []
        _thread.start_joinable_thread(lambda: done.append(1), handle=handle, daemon=False)
        handle.join(None)
        return done, handle.is_done(), handle.ident is not None, callable(handle._set_done)

    assert simulate(program).value == ([1], True, True, True)


def test_main_threads_handle_lets_those_who_join_go():
    def program():
        import _thread

        handle = _thread._make_thread_handle(_thread._get_main_thread_ident())
        waits = []

        def join_main():
            handle.join()
            waits.append("joined")

        joiner = _thread.start_joinable_thread(join_main)
        handle._set_done()
        joiner.join()
        return waits

    assert simulate(program).value == ["joined"]
