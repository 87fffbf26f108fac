"""Who measures time has the machine alone, and is not kept waiting by those who come later."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest

from threadlings.judging._alone import Turns

if sys.platform != "win32":
    import fcntl

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no file locks")


def _wait_until_taken(file: Path) -> None:
    with file.open("ab") as other:
        while True:
            try:
                fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            fcntl.flock(other, fcntl.LOCK_UN)
            time.sleep(0.001)


def test_others_share_a_turn(tmp_path: Path) -> None:
    with Turns(tmp_path).turn(alone=False), Turns(tmp_path).turn(alone=False):
        pass


def test_who_wants_to_be_alone_waits_for_those_inside_and_comes_before_later_ones(
    tmp_path: Path,
) -> None:
    order = []

    def take(name: str, alone: bool) -> None:
        with Turns(tmp_path).turn(alone=alone):
            order.append(name)

    measuring = threading.Thread(target=take, args=("alone", True))
    later = threading.Thread(target=take, args=("later", False))
    with Turns(tmp_path).turn(alone=False):
        measuring.start()
        _wait_until_taken(tmp_path / "door")
        later.start()
        order.append("inside")
    measuring.join()
    later.join()
    assert order == ["inside", "alone", "later"]


def test_a_turn_is_given_back_after_an_error(tmp_path: Path) -> None:
    def fail() -> None:
        with Turns(tmp_path).turn(alone=True):
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - ours
        fail()
    with Turns(tmp_path).turn(alone=True):
        pass
