"""What threads wait for, made for tests."""

from threadlings.engine import Place, Thing


def made(kind: str, file: str, line: int, number: int | None = None) -> Thing:
    """Return a lock or its like, made at a line."""
    return Thing(kind, Place(file, line, "f"), number)


def end_of(thread: str) -> Thing:
    """Return the end of a thread."""
    return Thing("end", thread=thread)
