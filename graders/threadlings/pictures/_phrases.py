"""The phrases of the pages: English and Korean side by side, so that neither is forgotten."""

from __future__ import annotations

from ..engine import Ending

PAGE: dict[str, tuple[str, str]] = {
    "programs": ("Programs", "프로그램"),
    "watch": ("Watch", "지켜보기"),
    "choose": ("Be the scheduler", "내가 scheduler"),
    "compare": ("Where it goes wrong", "어디서 갈라지나"),
    "views": ("What to do", "보는 방법"),
    "which": ("Schedule", "schedule"),
    "first": ("To the start", "처음으로"),
    "back": ("One step back", "한 step 뒤로"),
    "forward": ("One step on", "한 step 앞으로"),
    "last": ("To the end", "끝으로"),
    "position": ("Step", "step"),
    "of": ("{} of {}", "{} / {}"),
    "start": (
        "The threads are ready. Nobody was chosen yet.",
        "thread가 준비됐고 아직 아무도 고르지 않았습니다.",
    ),
    "begin": ("start", "시작"),
    "steps": ("Steps", "step"),
    "code": ("Your code", "코드"),
    "line": ("line {}", "{}번 줄"),
    "here": ("{} is here", "{} 여기"),
    "main": ("main", "main"),
    "goes": ("{} goes", "{} 차례"),
    "goes_on": ("goes on to its end", "끝까지 진행"),
    "moves_on": ("goes on", "계속 진행"),
    "next": ("next: {}", "다음: {}"),
    "waits": ("{} cannot go now (next: {})", "{} 지금은 갈 수 없음 (다음: {})"),
    "untried": (
        "{} going here was not tried (next: {})",
        "여기서 {} 차례는 시도하지 않음 (다음: {})",
    ),
    "ended": ("{} has ended", "{} 끝남"),
    "who": ("Who goes next?", "누가 다음일까요?"),
    "who_hint": (
        "Choose a thread, or press its letter. Take back with ←, begin again with Home.",
        "thread를 고르거나 그 글자를 누르세요. ←로 되돌리고 Home으로 다시 시작합니다.",
    ),
    "take_back": ("Take back", "되돌리기"),
    "again": ("Begin again", "다시 시작"),
    "schedule": ("Your schedule", "내 schedule"),
    "broke": ("You broke it!", "깨뜨렸습니다!"),
    "held": ("This schedule ends well", "이 schedule은 잘 끝납니다"),
    "lost": ("It goes wrong", "잘못됩니다"),
    "won": ("It ends well", "잘 끝납니다"),
    "cut": ("This run was cut off", "실행이 중간에 끊겼습니다"),
    "found": ("Endings found: {} of {}", "찾은 결말: {} / {}"),
    "hidden": ("not found yet", "아직 못 찾음"),
    "losing": ("A losing schedule", "잘못되는 schedule"),
    "winning": ("A winning schedule", "잘 끝나는 schedule"),
    "part": ("here they part", "여기서 갈라집니다"),
    "together": (
        "Both schedules begin alike. They part where {} goes in one and {} in the other.",
        "두 schedule은 똑같이 시작합니다. 한쪽은 {}, 다른 쪽은 {} 차례인 곳에서 갈라집니다.",
    ),
    "seconds": ("virtual seconds", "가상 시간(초)"),
    "timeline": ("Timeline", "타임라인"),
    "step": ("a step", "step"),
    "running": ("runs", "실행"),
    "sleeping": ("sleeps", "잠"),
    "waiting": ("waits", "기다림"),
    "for": ("for {}", "{}"),
    "bars": (
        "Bars show who sleeps or waits, and when; the steps below say the same in words.",
        "막대는 누가 언제 자거나 기다리는지 보여 줍니다. 아래 step이 같은 내용을 말로 알려 줍니다.",
    ),
    "keys": (
        "Keys: ← and → go one step, Home and End to the start and the end.",
        "키: ←와 →로 한 step씩, Home과 End로 처음과 끝으로 갑니다.",
    ),
    "no_script": (
        "This page needs JavaScript, which this browser does not run.",
        "이 페이지에는 JavaScript가 필요한데, 이 브라우저는 실행하지 않습니다.",
    ),
    "good": ("ends well", "잘 끝남"),
    "bad": ("goes wrong", "잘못됨"),
    "skip": ("To the steps", "step으로 건너뛰기"),
}

SUMMARIES: dict[str, tuple[str, str]] = {
    "lost": (
        "Wrong endings: {bad} of {all}. Runs, for every schedule that can matter: {runs}.",
        "잘못된 결말: {all}개 중 {bad}개. 결과를 바꿀 수 있는 schedule 전부: 실행 {runs}번.",
    ),
    "won": (
        "No schedule breaks it. Runs, for every schedule that can matter: {runs}.",
        "어떤 schedule도 깨뜨리지 못합니다. 결과를 바꿀 수 있는 schedule 전부: 실행 {runs}번.",
    ),
    "part": (
        "Wrong endings: {bad} of {all} seen. Runs: {runs}; there are more schedules than that.",
        "잘못된 결말: 살펴본 {all}개 중 {bad}개. 실행: {runs}번. schedule은 그보다 더 있습니다.",
    ),
    "unseen": (
        "Wrong endings: {bad} of {all} seen. Runs: {runs}; they do not show everything: {why}.",
        "잘못된 결말: 살펴본 {all}개 중 {bad}개. 실행: {runs}번. 모두 보이지는 않습니다: {why}.",
    ),
    "timed": (
        "One run in virtual time: {seconds:g} s.",
        "가상 시간으로 한 번 실행: {seconds:g}초.",
    ),
    "alone": (
        "The program starts no thread, so there is nobody to choose from.",
        "프로그램이 thread를 시작하지 않아 고를 thread가 없습니다.",
    ),
    "program's end": ("the program's end", "프로그램의 끝"),
    "more threads": ("... and {count} more threads", "... 그리고 thread {count}개 더"),
    "more lines": ("... and {count} more lines", "... 그리고 {count}줄 더"),
    "todo": ("Not done yet: {todo}", "아직 하지 않았습니다: {todo}"),
}

ACTIONS: dict[str, str] = {
    "reads": "{} 읽음",
    "writes": "{} 씀",
    "takes": "{} 얻음",
    "frees": "{} 놓음",
    "releases": "{} 놓음",
    "finds locked": "{} 잠겨 있음",
    "finds free": "{} 비어 있음",
    "waits for": "{} 기다림",
    "finds set": "{} 켜져 있음",
    "finds unset": "{} 꺼져 있음",
    "sets": "{} 켬",
    "clears": "{} 끔",
    "looks at": "{} 살펴봄",
    "ends": "{} 끝냄",
    "finds ended": "{} 끝나 있음",
    "finds running": "{} 아직 실행 중",
    "begins": "{} 시작",
    "cancels": "{} 취소",
    "puts into": "{}에 넣음",
    "gets from": "{}에서 꺼냄",
    "finds full": "{} 가득 참",
    "finds empty": "{} 비어 있음",
    "finds items in": "{}에 항목 있음",
    "finds room in": "{}에 자리 있음",
    "ends a task of": "{} 작업 하나 끝냄",
    "finds done": "{} 모두 끝남",
    "shuts down": "{} 닫음",
}

ENDS: dict[Ending, str] = {
    Ending.ERROR: "예외로 끝납니다",
    Ending.THREAD_ERROR: "thread가 예외로 끝납니다",
    Ending.DEADLOCK: "deadlock: 아무도 더 갈 수 없습니다",
    Ending.LIVELOCK: "끝나지 않습니다: 아무것도 바뀌지 않는데 계속 돕니다",
    Ending.EXHAUSTED: "아주 많은 step 뒤에도 아직 실행 중입니다",
}

METHODS = frozenset(
    (
        *("append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse", "add"),
        *("discard", "update", "setdefault", "popitem", "appendleft", "extendleft", "popleft"),
        "rotate",
    )
)
"""Methods of containers, by which the engine names what they do."""
