"""The parent's side of a cell, with cells that are not processes."""

from __future__ import annotations

import io
import os
from typing import BinaryIO

from threadlings.cells import CellProcess, Ending, Limits, _cell_process, ask
from threadlings.cells._messages import read_message, write_message


class EndedEarly:
    """A cell whose end is known before its last messages could be read."""

    def __init__(self) -> None:
        descriptor, self._late = os.pipe()
        self.reader: BinaryIO = os.fdopen(descriptor, "rb")
        self.writer = io.BytesIO()

    def wait(self) -> Ending:
        return Ending(0, 0.1)

    def is_at_work(self) -> bool:
        return False

    def end(self) -> None:
        request = read_message(io.BytesIO(self.writer.getvalue()), 4096) or {}
        mark = {"nonce": request["nonce"]}
        with os.fdopen(self._late, "wb") as late:
            write_message(late, {"kind": "loaded"} | mark)
            write_message(late, {"kind": "answer", "value": 5} | mark)
            write_message(late, {"kind": "answer", "value": 6} | mark)

    def abandon(self) -> None:
        raise AssertionError("it has ended")


class OneCell:
    """Makes that cell."""

    def start(self) -> CellProcess:
        return EndedEarly()

    def close(self) -> None:
        """Do nothing."""


def test_an_answer_counts_though_its_process_is_known_to_have_ended() -> None:
    report = ask(OneCell(), {}, Limits())
    assert report.is_loaded
    assert report.answer == {"kind": "answer", "value": 5}
    assert not report.is_late
    assert report.ending == Ending(0, 0.1)


def test_fault_of_ours_is_not_called_an_end_of_the_students_code(tmp_path, monkeypatch):
    def stumble(*_args, **_kwargs):
        raise LookupError("an instruction that nobody knows")

    monkeypatch.setattr(_cell_process.engine, "load", stumble)
    path = tmp_path / "locks.py"
    path.write_text("", encoding="utf-8")
    answer = _cell_process._answer_or_fault({"is_first": True}, path, lambda: None)
    assert answer["kind"] == "scenario error"
    assert "LookupError: an instruction that nobody knows" in answer["message"][0]
