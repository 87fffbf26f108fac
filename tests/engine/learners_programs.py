"""Small random programs in the words of learners, as the text of a module with ``program()``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from .learners_words import IMPORTS, THINGS, Thing

ENDS = ("joined", "joined", "joined", "joined", "left", "daemons joined", "daemons left", "late")
"""What becomes of the threads: ``late`` is a main thread that does something before it joins."""
FRAMES = ("", "", "", "", "lock", "lock", "try", "finally", "twice", "with", "function", "lambda")
"""What stands around a statement."""


@dataclass(frozen=True)
class Statement:
    """A statement, and what stands around it."""

    text: str
    frame: str = ""

    def lines(self, me: int) -> list[str]:
        """Return its lines in the function of thread ``me``."""
        lines = self.text.replace("{me}", str(me)).splitlines()
        match self.frame:
            case "lock":
                return ["with lock:", *_indented(lines)]
            case "try":
                handler = ["except Exception as error:", "    log.append(type(error).__name__)"]
                return ["try:", *_indented(lines), *handler]
            case "finally":
                return ["try:", *_indented(lines), "finally:", '    log.append("done")']
            case "twice":
                return ["for _ in range(2):", *_indented(lines)]
            case "with":
                return [
                    "lock.acquire()",
                    "try:",
                    *_indented(lines),
                    "finally:",
                    "    lock.release()",
                ]
            case "lambda" if self.text.startswith("log.append("):
                return [f"late_log = lambda: {lines[0]}", "late_log()"]
            case _:
                return lines


@dataclass(frozen=True)
class Program:
    """A program: what its threads share, what each does, and what becomes of them."""

    things: tuple[Thing, ...]
    bodies: tuple[tuple[Statement, ...], ...]
    end: str = "joined"
    is_one_log: bool = False

    def text(self) -> str:
        """Return the program as Python."""
        inside = [line for thing in self.things for line in thing.setup.strip().splitlines()]
        count = len(self.bodies)
        logs = f"[[]] * {count}" if self.is_one_log else f"[[] for _ in range({count})]"
        inside += ["lock, threads = threading.Lock(), []", f"logs = {logs}"]
        for me, body in enumerate(self.bodies):
            inside += self._function(me, body)
        inside += self._main()
        module = "".join(thing.module for thing in self.things)
        return f"{IMPORTS}{module}\n\ndef program():\n" + "\n".join(_indented(inside)) + "\n"

    def _function(self, me: int, body: tuple[Statement, ...]) -> list[str]:
        lines = [thing.declared for thing in self.things if thing.declared]
        lines.append(f"log = logs[{me}]")
        for statement in body:
            lines += statement.lines(me)
        return [f"def body{me}():", *_indented(lines)]

    def _main(self) -> list[str]:
        """Return what the main thread does: with ``late`` the last body is its own."""
        workers = range(len(self.bodies) - (self.end == "late"))
        is_daemon = ", daemon=True" if self.end.startswith("daemons") else ""
        bodies = ", ".join(f"body{me}" for me in workers)
        lines = [
            f"for body in ({bodies},):",
            f"    threads.append(threading.Thread(target=body{is_daemon}))",
            "for thread in list(threads):",
            "    thread.start()",
        ]
        if self.end == "late":
            lines.append(f"body{len(self.bodies) - 1}()")
        if not self.end.endswith("left"):
            lines += ["for thread in list(threads):", "    thread.join()"]
        return [*lines, f"return [{', '.join(self._result())}]"]

    def _result(self) -> list[str]:
        """Return what shows the order of things; if threads go on, as it is at that moment."""
        finals = [thing.final for thing in self.things]
        if not self.end.endswith("left"):
            return ["logs", *finals]
        return [f"list(logs[{me}])" for me in range(len(self.bodies))] + [
            f"repr({final})" for final in finals
        ]


def _indented(lines: list[str]) -> list[str]:
    return ["    " + line for line in lines]


def drawn(seed: int) -> Program:
    """Return the program of a seed: few different statements over one or two things."""
    random = Random(seed)
    drawn_things = random.sample(THINGS, random.choice((1, 1, 1, 2)))
    things = tuple(dict.fromkeys(drawn_things))
    words = [word for thing in things for word in thing.statements]
    few = random.sample(words, min(len(words), random.randint(2, 3)))
    most = random.choice((1, 2, 2, 3))
    bodies = tuple(
        tuple(
            Statement(random.choice(few), random.choice(FRAMES))
            for _ in range(random.randint(1, most))
        )
        for _ in range(random.choice((2, 2, 2, 3)))
    )
    return Program(things, bodies, random.choice(ENDS), random.random() < 0.1)


def shrunk(program: Program, fails: Callable[[Program], bool], tries: int = 60) -> Program:
    """Return a smaller program that still fails, as small as ``tries`` attempts can make it."""
    is_smaller = True
    while is_smaller:
        is_smaller = False
        for smaller in _smaller(program):
            tries -= 1
            if tries < 0:
                return program
            if fails(smaller):
                program, is_smaller = smaller, True
                break
    return program


def _smaller(program: Program) -> Iterator[Program]:
    for me, body in enumerate(program.bodies):
        others = program.bodies[:me], program.bodies[me + 1 :]
        if len(program.bodies) > 2:
            yield replace(program, bodies=others[0] + others[1])
        for position, statement in enumerate(body):
            rest = body[:position], body[position + 1 :]
            if len(body) > 1:
                yield replace(program, bodies=(*others[0], rest[0] + rest[1], *others[1]))
            if statement.frame:
                plain = (*rest[0], replace(statement, frame=""), *rest[1])
                yield replace(program, bodies=(*others[0], plain, *others[1]))
    for thing in program.things:
        if len(program.things) > 1:
            yield replace(program, things=tuple(t for t in program.things if t is not thing))
    if program.end != "joined":
        yield replace(program, end="joined")
    if program.is_one_log:
        yield replace(program, is_one_log=False)
