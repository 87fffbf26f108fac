"""What the pages say: every word in both languages, every step short."""

import ast
import re

import pytest

from tests.pictures.pages import ROOT
from tests.things import end_of, made
from threadlings.engine import Place, Step, Thing
from threadlings.feedback.words import STEPS
from threadlings.language import LANGUAGES
from threadlings.pictures._phrases import PAGE
from threadlings.pictures.words import Wording, page_words

ENGINE = ROOT / "graders" / "threadlings" / "engine"
ASSETS = ROOT / "graders" / "threadlings" / "pictures" / "assets"
HANGUL = re.compile("[가-힣]")


def texts_in(node):
    """Return the texts in a part of a program."""
    parts = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
    return {value for value in parts if isinstance(value, str)}


def actions_of_the_engine():
    """Return the verbs that the engine has for steps, as its source says."""
    found = {"reads", "writes", "waits for"}
    for path in ENGINE.glob("library/_*model*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "touch":
                found |= texts_in(node.args[1]) if len(node.args) == 2 else set()
    lock = (ENGINE / "library" / "_kernel_lock.py").read_text(encoding="utf-8")
    return found | set(re.findall(r'(?:TEST|PEEK|RELEASE): "(.+?)"', lock)) | {"takes"}


SAME_IN_KOREAN = {"schedule", "step", "main", "{} / {}", "{}"}
"""The course's words that Korean pages leave in English, and what has no words."""


def test_every_action_of_the_engine_is_said():
    actions = actions_of_the_engine()
    assert {"frees", "finds locked", "puts into", "sets"} <= actions
    assert actions - STEPS.keys() == set()


def test_no_action_is_left_over():
    assert STEPS.keys() - actions_of_the_engine() == set()


def test_every_phrase_is_in_both_languages_with_the_same_gaps():
    english, korean = page_words("en"), page_words("ko")
    for name in PAGE:
        assert not HANGUL.search(english[name]), name
        assert HANGUL.search(korean[name]) or korean[name] in SAME_IN_KOREAN, name
        assert english[name].count("{}") == korean[name].count("{}"), name


def test_page_asks_for_no_other_words_than_it_gets():
    script = "".join(path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.js")))
    asked = set(re.findall(r"\bwords\.(\w+)", script)) | set(re.findall(r'\bsay\("(\w+)"', script))
    named = set(re.findall(r'"(\w+)"', script))
    assert asked <= PAGE.keys()
    template = (ASSETS / "page.html.jinja").read_text(encoding="utf-8")
    in_page = set(re.findall(r"\bwords\.(\w+)", template))
    spans = {"running", "sleeping", "waiting"}
    assert PAGE.keys() - asked - named - in_page - spans == set()


def test_scripts_never_make_html_of_text():
    for path in ASSETS.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in text, path.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_words_are_of_one_language(language):
    assert page_words(language)["watch"] == {"en": "Watch", "ko": "지켜보기"}[language]


SOURCE = """
self.lock = Lock()
left, right = Lock(), Lock()
queue: Queue[int] = queue.Queue(2)
box, done = Box(), Event()
"""


@pytest.mark.parametrize(
    ("action", "what", "value", "english", "korean"),
    [
        ("reads", "n", "0", "reads n = 0", "n = 0 읽음"),
        ("writes", "[2]", "[1, 2]", "writes [2] → [1, 2]", "[2] → [1, 2] 씀"),
        ("writes", "append", "[1]", "append() → [1]", "append() → [1]"),
        ("takes", made("lock", "a.py", 2, 1), None, "takes self.lock", "self.lock 잡음"),
        ("takes", made("lock", "a.py", 3, 2), None, "takes right", "right 잡음"),
        ("takes", made("lock", "a.py", 3), None, "takes the lock of line 3", None),
        ("takes", made("lock", "a.py", 3, 3), None, "takes the lock of line 3 #3", None),
        ("sets", made("Event", "a.py", 5, 1), None, "sets done #1", "done #1 켬"),
        ("gets from", made("Queue", "a.py", 4), None, "gets from queue", "queue에서 꺼냄"),
        (
            "frees",
            made("lock", "b.py", 9),
            None,
            "frees the lock of line 9",
            "9번 줄의 lock 놓음",
        ),
        ("takes", end_of("B"), None, "has joined B", "B 끝난 것을 확인"),
        ("waits for", end_of("B"), None, "waits for the end of B", "B의 끝 기다림"),
        ("waits for", Thing("Event.wait()"), None, "waits in Event.wait()", None),
        ("finds unset", made("Event", "b.py", 1), None, "finds the Event of line 1 unset", None),
        ("finds items in", made("Queue", "a.py", 4), None, "finds items in queue", None),
        ("sleeps", "until 5 s", None, "sleeps until 5 s", "5초까지 잠"),
        ("prints", "a line", None, 'prints "a line"', '"a line" 출력'),
    ],
)
def test_step_in_words(action, what, value, english, korean):
    step = Step("A", action, what, value, Place("a.py", 2, "f"), 0.0)
    whats = [made("lock", "a.py", 3, 2), made("Event", "a.py", 5, 2)]
    assert Wording({"a.py": SOURCE}, "en", whats).text_of(step) == english
    if korean is not None:
        assert Wording({"a.py": SOURCE}, "ko", whats).text_of(step) == korean
