"""What each sentence of a stub promises, and which hidden checks hold a program to it.

``lessonNN.toml`` has three tables. ``checks``: a sentence of the stub, and the names of the checks.
``no_promise``: a sentence that asks for nothing that a program could break, and why. ``page``: a
sentence of the lesson's page, and the names of the checks, for what the stub leaves to the page.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from threadlings.manifest import Lesson

ROOT = Path(__file__).parents[2]
_SECTIONS = re.compile(r"^(Args|Returns|Raises|Attributes|Yields):$", re.MULTILINE)
_ENTRY = re.compile(r"^\w+: ", re.MULTILINE)
_END_OF_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z`\"(])")
_TODO = re.compile(r"TODO \d+: ")


@dataclass(frozen=True)
class Promises:
    """What is said of one lesson.

    Attributes:
        checks: By sentence of the stub, the checks.
        no_promise: By sentence of the stub, why there is nothing to check.
        page: By sentence of the page, the checks.
    """

    checks: dict[str, list[str]] = field(default_factory=dict)
    no_promise: dict[str, str] = field(default_factory=dict)
    page: dict[str, list[str]] = field(default_factory=dict)


def read(lesson: Lesson) -> Promises:
    """Return what ``lessonNN.toml`` says."""
    path = Path(__file__).with_name(f"{lesson.folder}.toml")
    return Promises(**tomllib.loads(path.read_text(encoding="utf-8")))


def sentences(lesson: Lesson) -> list[str]:
    """Return the sentences of a stub that speak of what the student is to write, in order."""
    source = (ROOT / "exercises" / lesson.file).read_text(encoding="utf-8")
    texts = [*_docstrings(ast.parse(source)), *_comments(source)]
    return list(dict.fromkeys(sentence for text in texts for sentence in _split(text)))


def checks(lesson: Lesson) -> list[str]:
    """Return the names of a lesson's hidden checks, without ``test_``."""
    found = []
    for path in sorted((ROOT / "graders" / lesson.folder).glob("grade_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found.append(node.name.removeprefix("test_"))
    return found


def problems(lesson: Lesson) -> Iterator[str]:
    """Tell what the table of a lesson lacks, and what it has that is not there any more."""
    said, there, known = read(lesson), sentences(lesson), set(checks(lesson))
    for sentence in there:
        if sentence not in said.checks and sentence not in said.no_promise:
            yield f"no word of this sentence of the stub: {sentence}"
    for sentence in (*said.checks, *said.no_promise):
        if sentence not in there:
            yield f"the stub does not say: {sentence}"
    page = " ".join((ROOT / "exercises" / lesson.folder / "README.md").read_text("utf-8").split())
    for sentence in said.page:
        if sentence not in page:
            yield f"the page does not say: {sentence}"
    named = {name for names in (*said.checks.values(), *said.page.values()) for name in names}
    for name in sorted(named - known):
        yield f"there is no check {name}"
    for name in sorted(known - named):
        yield f"nothing promises what the check {name} asks for"


def _docstrings(tree: ast.Module) -> Iterator[str]:
    _title, _, rest = (ast.get_docstring(tree) or "").partition("\n\n")
    yield rest
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and "NotImplementedError" in ast.dump(
            node
        ):
            yield ast.get_docstring(node) or ""


def _comments(source: str) -> Iterator[str]:
    """Yield each block of comment lines that has a TODO in it, as one text."""
    block: list[str] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and token.line.lstrip().startswith("#"):
            block.append(token.string.removeprefix("#").strip())
        elif token.type != tokenize.NL and block:
            text = " ".join(block)
            if _TODO.search(text):
                yield _TODO.sub("", text)
            block = []


def _split(text: str) -> Iterator[str]:
    """Yield sentences; a section's head is none, an argument's name begins one."""
    for paragraph in re.split(r"\n\s*\n|\n(?=\s+\w+: )", _SECTIONS.sub("\n", text)):
        flat = " ".join(paragraph.split())
        for sentence in _END_OF_SENTENCE.split(_ENTRY.sub("", flat, count=1)):
            if sentence:
                yield sentence
