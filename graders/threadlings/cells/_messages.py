"""Messages on the private channel between a check and its cell: a length, then JSON."""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">I")

MAX_DEPTH = 64
"""How deep lists and objects may lie in each other in a message."""


class MessageError(ValueError):
    """What came over the channel is not a message."""


def write_message(stream: BinaryIO, message: dict[str, Any]) -> None:
    """Send one message.

    Raises:
        OSError: If nobody reads any more.
    """
    write_message_text(stream, json.dumps(message))


def write_message_text(stream: BinaryIO, text: str) -> None:
    """Send one message that is JSON text already."""
    data = text.encode("ascii")
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def read_message(stream: BinaryIO, max_bytes: int) -> dict[str, Any] | None:
    """Wait for one message.

    Returns:
        The message, or None at the end of the stream, also in the middle of a message.
    Raises:
        MessageError: If it is longer than ``max_bytes``, deeper than ``MAX_DEPTH``, or not a JSON
            object.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > max_bytes:
        raise MessageError(f"{length} bytes, more than {max_bytes}")
    data = stream.read(length)
    if len(data) < length:
        return None
    return _decoded(data)


def _decoded(data: bytes) -> dict[str, Any]:
    try:
        message = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise MessageError(f"not JSON: {type(error).__name__}") from error
    if not isinstance(message, dict):
        raise MessageError("not a JSON object")
    if not is_shallow(message):
        raise MessageError(f"lists in lists, more than {MAX_DEPTH} deep")
    return message


def is_shallow(data: object) -> bool:
    """Return True if JSON data is at most ``MAX_DEPTH`` deep."""
    level = [data]
    for _ in range(MAX_DEPTH):
        inner: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                inner += value.values()
            elif isinstance(value, list):
                inner += value
        level = inner
        if not level:
            return True
    return False
