"""Integrity flags: what a person is shown, what it costs, and who is not told."""

from __future__ import annotations

import io
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from threadlings import manifest
from threadlings.cells import faults, real_scenario, scenario
from threadlings.flags import MAX_FLAGS, Flag, flags_in, flags_told
from threadlings.gradebook import Gradebook, LessonGrade, exports, markdown, pages, table

from .conftest import RIGHT, MakeSubmission, School

ROOT = Path(__file__).parent.parent.parent
MODULES = [f"{lesson.folder}/{lesson.module}.py" for lesson in manifest.read()]
HONEST = [
    *sorted(ROOT.glob("tests/submissions/lesson*/right/*.py")),
    *(ROOT / tree / name for tree in ("exercises", "solutions") for name in MODULES),
]


def _told(source: str) -> list[tuple[int, str]]:
    return [(flag.line, flag.what) for flag in flags_in(source.encode(), "x.py")]


@pytest.mark.parametrize("path", HONEST, ids=lambda path: "/".join(path.parts[-3:]))
def test_an_honest_solution_has_no_flags(path: Path) -> None:
    assert flags_in(path.read_bytes(), path.name) == ()


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("import sys\nsys._getframe(1)", "looks at the frames of running code: sys._getframe"),
        ("import sys as s\ns._getframe()", "frames of running code: sys._getframe"),
        ("x = 1\nx.f_back", "looks at the frames of running code: f_back"),
        ("x = 1\ngetattr(x, 'f_locals')", "looks at the frames of running code: f_locals"),
        ("import inspect\ninspect.stack()", "frames of running code: inspect.stack"),
        ("import gc\ngc.get_objects()", "looks for objects in memory: gc.get_objects"),
        ("import ctypes as c\nc.pythonapi", "reaches below Python: ctypes.pythonapi"),
        ("\nfrom ctypes import *", "reaches below Python: ctypes.*"),
        ("\nimport _thread", "uses private parts of the library: _thread"),
        ("\nfrom concurrent.futures import _base", "concurrent.futures._base"),
        ("import threading\nthreading._active", "private parts of the library: threading._active"),
        ("import sys\ngetattr(sys, '_get' + 'frame')", "getattr(sys, ...)"),
        ("\nimport threadlings.engine", "names the grader's own package: threadlings"),
        ("\nfrom threadlings import engine", "names the grader's own package: threadlings"),
        ("\n__import__('threadlings')", "names the grader's own package: threadlings"),
        ("import importlib\nimportlib.import_module('threadlings.engine')", "own package"),
        ("import importlib\nimportlib.import_module('thread' + 'lings')", "import_module of ..."),
        ("import sys\nsys.modules['threadlings.engine']", "names the grader's own package"),
        ("import sys\nsys.modules['time'] = 1", "changes what an import finds: sys.modules"),
        ("import sys\nsys.settrace(None)", "traces the interpreter: sys.settrace"),
        (
            "import threading\nthreading.settrace(None)",
            "the interpreter: threading.settrace",
        ),
        ("import sys\nsys.monitoring.use_tool_id(3, '')", "interpreter: sys.monitoring"),
        ("import sys\nsys.addaudithook(print)", "traces the interpreter: sys.addaudithook"),
        ("import threading\nthreading.Thread.start = 1", "the library: threading.Thread.start"),
        ("import threading as t\nt.Thread.start = 1", "the library: threading.Thread.start"),
        ("from threading import Thread as T\nT.start = 1", "library: threading.Thread.start"),
        (
            "from threading import *\nThread.start = 1",
            "changes the library: threading.Thread.start",
        ),
        ("import queue\nQ = queue.Queue; Q.get = 1", "changes the library: queue.Queue.get"),
        ("import time\nfor time.sleep in [print]: pass", "changes the library: time.sleep"),
        ("import time\ndel time.sleep", "changes the library: time.sleep"),
        ("import time\nsetattr(time, 'sleep', 1)", "changes the library: time.sleep"),
        ("import time\nvars(time)['sleep'] = 1", "changes the library: time.sleep"),
        ("import time\ntime.__dict__.update(sleep=1)", "changes the library: time"),
        ("import time\ntype.__setattr__(time, 'sleep', 1)", "changes the library: time"),
        ("import json\njson.dumps = repr", "changes the library: json.dumps"),
        ("import builtins\nbuiltins.len = 1", "changes the library: builtins.len"),
        ("\n__builtins__", "changes what an import finds: __builtins__"),
        ("class A:\n    def __eq__(self, other): return True", "pass for any other: __eq__"),
        ("class A:\n    __eq__ = lambda self, other: True", "pass for any other: __eq__"),
        ("class A:\n    __class__ = int", "makes objects that pass for any other: __class__"),
        ("x = 1\nx.__class__ = int", "makes objects that pass for any other: __class__"),
        ("class A(type):\n    def __instancecheck__(a, b): return True", "__instancecheck__"),
        ("def f(): pass\nf.__code__.co_consts", "looks inside functions: co_consts"),
        ("import os\nos._exit(0)", "ends, signals or starts processes by itself: os._exit"),
        ("import os\nos.fork()", "ends, signals or starts processes by itself: os.fork"),
        ("import os\nos.dup2(1, 2)", "uses file descriptors: os.dup2"),
        ("\nimport signal", "changes signals or limits: signal"),
        ("\nimport resource", "changes signals or limits: resource"),
        ("\nexec('x')", "runs text as code: exec"),
        ("import builtins\nbuiltins.eval('x')", "runs text as code: eval"),
        ("import base64\nexec(base64.b64decode('eA=='))", "text as code: exec of coded text"),
        ("\nopen('/etc/passwd')", "opens files outside its folder: /etc/passwd"),
        ("\nopen('../x')", "opens files outside its folder: ../x"),
        ("\nopen(f'/home/{1}')", "opens files outside its folder: /home/"),
        ("\nopen(3, 'wb')", "uses file descriptors: open(3)"),
        ("from pathlib import Path\nPath('a/../..')", "outside its folder: a/../.."),
        ("import os\nos.listdir('/proc/self/fd')", "outside its folder: /proc/self/fd"),
        ("\nimport pytest", "uses tools for tests: pytest"),
    ],
)
def test_what_a_solution_has_no_use_for_is_flagged(source: str, what: str) -> None:
    (found,) = [found for found in _told(source) if what in found[1]]
    assert found[0] == 2


@pytest.mark.parametrize(
    "source",
    [
        "import threading\nthreading.current_thread().name = 'a'",
        "import os, atexit\nos.getpid(); os.cpu_count(); atexit.register(print)",
        "class A:\n    def __eq__(self, other): return self.n == other.n",
        "class A:\n    n: int\n    def __bool__(self): return True",
        "import queue\ndef f(queue): queue.maxsize = 3; queue._put(1)",
        "import threading, sys\nthreading.excepthook = sys.excepthook = print",
        "from threading import Thread\nclass T(Thread): pass\nT.n = 1; Thread(name='a').name = 'b'",
        '"""threadlings"""\nimport gc, re\ngc.collect(); re.compile("x")',
        "open('results.txt'); open('/dev/null'); open('a..b')",
        "import ctypes\nfrom ctypes import c_int\nctypes.c_double",
        "import os\nos.environ['A'] = '1'",
    ],
)
def test_what_is_honest_is_not_flagged(source: str) -> None:
    assert _told(source) == []


def test_a_line_has_one_flag_of_each_kind_and_lines_are_in_order() -> None:
    source = "import os, sys\nsys._getframe().f_back.f_locals; os.kill(1, 9)\nsys._getframe()"
    assert [(line, what.split(":")[0]) for line, what in _told(source)] == [
        (2, "ends, signals or starts processes by itself"),
        (2, "looks at the frames of running code"),
        (3, "looks at the frames of running code"),
    ]


def test_of_many_flags_the_last_counts_the_rest() -> None:
    found = _told("exec('')\n" * (MAX_FLAGS + 5))
    assert len(found) == MAX_FLAGS + 1
    assert found[-1] == (MAX_FLAGS + 1, "and 5 more")


@pytest.mark.parametrize(
    "source",
    [
        b"def f(:",
        b"a\0b",
        b"x = '\xe9'",
        b"# coding: nonsense\n",
        b"x = '\\d'",
        b"(" * 300,
        b"-" * 100_000 + b"1",
        b"a" + b".b" * 100_000,
        b"x = " + b"9" * 10_000,
    ],
)
def test_what_is_not_python_has_no_flags(source: bytes) -> None:
    assert flags_in(source, "x.py") == ()


_WORDS = """import from as os sys . * = ( ) [ ] ' getattr vars exec open lambda : , x __dict__
threading Thread del for in def class"""
_PARTS = st.sampled_from([*_WORDS.split(), "\n", "\n    "])


@given(st.text() | st.lists(_PARTS).map(" ".join))
def test_no_text_makes_it_fail(text: str) -> None:
    assert isinstance(flags_in(text.encode("utf-8", "replace"), "x.py"), tuple)


@given(st.binary())
def test_no_bytes_make_it_fail(data: bytes) -> None:
    assert isinstance(flags_in(data, "x.py"), tuple)


_SECRET = """
import sys, threading
def peek(): return sys._getframe(1).f_locals
def start(self): threading.Thread.run(self)
threading.Thread.go = start
"""
_FOUND = (
    Flag("tiny.py", 4, "has changed the library when it ran: threading.Thread.go"),
    Flag("tiny.py", 3, "looks at the frames of running code: sys._getframe"),
    Flag("tiny.py", 5, "changes the library: threading.Thread.go"),
)


def test_flags_are_in_the_gradebook_and_cost_nothing(school: School) -> None:
    book = school.grade(school.hand_in(_SECRET + RIGHT))
    ((lesson,),) = [submission.lessons for submission in book.submissions]
    assert (lesson.status, lesson.points) == ("passed", 10)
    assert set(lesson.flags) == set(_FOUND)
    assert LessonGrade.from_data(lesson.as_data()) == lesson
    (data,) = book.as_data()["submissions"]
    assert data["lessons"][0]["flags"] == [vars(flag) for flag in lesson.flags]


def test_only_the_instructor_is_told_of_flags(school: School) -> None:
    book = school.grade(school.hand_in(_SECRET + RIGHT))
    told_to_students = (markdown.feedback_for_students, pages.feedback_pages)
    for export in (*told_to_students, exports.gradescope, exports.classroom50):
        export(book, school.root / "told")
    told = [path.read_text() for path in (school.root / "told").rglob("*.*") if path.is_file()]
    assert len(told) == 4
    assert not [text for text in told if "frames" in text or "library" in text or "flag" in text]
    exports.gradebook_csv(book, school.root)
    (line,) = (school.root / "gradebook.csv").read_text("utf-8-sig").splitlines()[1:]
    assert line == "ada,10,10,10,3"
    assert "  ada lesson01/tiny.py:3: looks at the frames of running code" in _shown(book)
    assert "to review" not in _shown(school.grade(school.hand_in(RIGHT)))


def _shown(book: Gradebook) -> str:
    file = io.StringIO()
    table.show(book, Console(file=file, width=100))
    return file.getvalue()


@pytest.mark.parametrize(
    "source",
    [
        "def double(:  # sys._getframe",
        "import sys, os\nsys._getframe(); os._exit(0)",
        "import sys\nsys._getframe()\nwhile True: pass",
    ],
)
def test_a_file_that_cannot_be_used_is_looked_at_too(school: School, source: str) -> None:
    lesson = school.grade_source(source)
    assert (lesson.status, lesson.points) == ("unusable", 0)
    assert ("frames" in str(lesson.flags)) == source.startswith("import")


PUT_BACK = ("builtins", "queue", "threading", "time")
"""What an import replaces in these is put back before anything is called."""


@pytest.mark.parametrize(
    ("code", "flags"),
    [
        ("threading.Thread.start = changed", [(2, "threading.Thread.start")]),
        ("time.sleep = changed", [(2, "time.sleep")]),
        ("json.dumps = functools.partial(json.dumps)", [(0, "json.dumps")]),
        ("os.getpid = changed", [(2, "os.getpid")]),
        ("builtins.sorted = changed", [(2, "builtins.sorted")]),
        ("engine.Run.lines = changed", [(2, "threadlings.engine.runs._run.Run.lines")]),
        ("queue.Queue.get = threading.Event.set = changed", 2),
        ("threading.excepthook = sys.stdout = changed", []),
    ],
)
@pytest.mark.parametrize("call", ["later", "at import"])
def test_what_was_replaced_in_the_library_is_seen_at_the_end(
    make_submission: MakeSubmission, code: str, flags: list[tuple[int, str]] | int, call: str
) -> None:
    head = """import builtins, functools, json, os, queue, sys, threading, time
def changed(*args, **kwargs): return 1
from threadlings import engine
"""
    body = f"def double(n):\n    {code}" if call == "later" else f"{code}\ndef double(n): pass"
    submission = make_submission(head + body)
    is_put_back = call == "at import" and code.startswith(PUT_BACK)
    refused = pytest.raises(faults.Raised, match=r"replaces .*: leave the library as it is")
    with nullcontext() if is_put_back or not flags else refused:
        submission.run(doubled)
    found = [
        (flag.line, flag.what.removeprefix("has changed the library when it ran: "))
        for flag in submission.take_flags()
        if flag.what.startswith("has changed")
    ]
    assert found == flags if isinstance(flags, list) else len(found) == flags
    assert submission.take_flags() == ()


@scenario
def doubled(lesson):  # type: ignore[no-untyped-def]
    return simulate(lambda: lesson.double(1))  # type: ignore[name-defined]  # noqa: F821


def test_a_real_program_is_looked_at_at_its_end(make_submission: MakeSubmission) -> None:
    submission = make_submission(
        """
        import sys, threading
        def double(n):
            threading.Thread.start = threading.Thread.run
            sys.settrace(lambda *_: None)
        """
    )
    with pytest.raises(faults.Raised, match=r"the code replaces threading\.Thread\.start"):
        submission.run(real_double)
    found = [flag.what for flag in submission.take_flags() if "when it ran" in flag.what]
    assert found == [
        "has changed the library when it ran: sys.settrace",
        "has changed the library when it ran: threading.Thread.start",
    ]


@real_scenario()
def real_double(lesson):  # type: ignore[no-untyped-def]
    import time

    time.sleep = lambda _seconds: None
    lesson.double(1)


@pytest.mark.parametrize(
    "data",
    [None, 5, {}, [5], [[1]], [[1, 2]], [["1", "x"]], [[-1, "x"]], [[True, "x"]], [[1, "x", 2]]],
)
def test_what_is_told_of_flags_and_is_none_is_ignored(data: object) -> None:
    assert flags_told(data, "x.py") == ()


def test_flags_that_are_told_are_bounded() -> None:
    found = flags_told([[1, "x" * 1000]] * 1000, "x.py")
    assert len(found) == MAX_FLAGS + 1
    assert len(found[0].what) < 200
