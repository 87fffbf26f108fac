"""Be the scheduler: what a student can reach in a page is just what the search saw."""

import shutil

import pytest

from tests.pictures import programs
from tests.pictures.pages import ROOT, data_of, page_of, searched
from threadlings.engine import search
from threadlings.pictures import show
from threadlings.pictures.programs import Programs
from threadlings.pictures.words import end_of

SUBMISSIONS = ROOT / "tests" / "submissions"
PROGRAMS = [
    programs.unlocked,
    programs.locked,
    programs.three,
    programs.opposite,
    programs.always_stuck,
    programs.drained,
    programs.waiting_main,
]


def endings_reached(scene):
    """Walk through all choices of a scene in a page; return the endings, by kind and text."""
    events, runs = scene["events"], [(set(run["events"]), run["end"]) for run in scene["runs"]]
    columns = {thread["letter"] for thread in scene["threads"]}
    reached, seen = set(), set()

    def available(taken):
        held = [own for own, _end in runs if taken <= own]
        found = {n for own in held for n in own - taken if taken.issuperset(events[n]["after"])}
        own_accord = {n for n in found if events[n]["thread"] not in columns}
        return own_accord or found

    def walk(taken):
        if taken in seen:
            return
        seen.add(taken)
        following = available(taken)
        ends = {end for own, end in runs if own == taken}
        assert bool(ends) != bool(following), "a schedule ends where nobody can go on"
        reached.update(ends)
        for number in following:
            walk(taken | {number})

    walk(frozenset())
    return {(scene["ends"][end]["kind"], scene["ends"][end]["text"]) for end in reached}


def endings_seen(program):
    """Return the endings that a search comes to, which keeps nothing else."""
    return {(outcome.kind, end_of(outcome, "en")) for outcome in search(program).outcomes}


@pytest.mark.parametrize("program", PROGRAMS)
def test_reachable_is_just_what_the_search_saw(program):
    scene = data_of(page_of(searched(program)))["scenes"][0]
    assert endings_reached(scene) == endings_seen(program)


def of_lessons():
    for number in ("07", "08", "09"):
        folder = SUBMISSIONS / f"lesson{number}"
        yield number, next((ROOT / "solutions" / folder.name).glob("*.py"))
        for path in sorted([*folder.glob("right/*.py"), *folder.glob("wrong/*.py")])[::5]:
            yield number, path


@pytest.mark.parametrize(
    ("number", "path"), list(of_lessons()), ids=lambda value: getattr(value, "stem", value)
)
def test_in_a_lesson_too(number, path, tmp_path):
    folder = tmp_path / f"lesson{number}"
    folder.mkdir()
    module = next((ROOT / "solutions" / folder.name).glob("*.py")).name
    (folder / module).write_bytes(path.read_bytes())
    shutil.copy(ROOT / "exercises" / folder.name / "show.py", folder)
    scenes = data_of(show(folder, "en"))["scenes"]
    for program, scene in zip(Programs.of(folder).all, scenes, strict=True):
        if scene["kind"] == "search":
            assert endings_reached(scene) == endings_seen(program.call), scene["title"]


def test_all_orders_of_two_increments_can_be_chosen():
    scene = data_of(page_of(searched(programs.unlocked)))["scenes"][0]
    events = scene["events"]
    found = set()

    def walk(taken, letters):
        held = [set(run["events"]) for run in scene["runs"] if taken <= set(run["events"])]
        following = {n for own in held for n in own - taken if taken.issuperset(events[n]["after"])}
        main = {n for n in following if events[n]["thread"] == "m"}
        for number in main or following:
            letter = events[number]["thread"]
            walk(taken | {number}, letters + (letter if letter != "m" else ""))
        if not following:
            found.add(letters)

    walk(frozenset(), "")
    assert found == {"AABB", "ABAB", "ABBA", "BAAB", "BABA", "BBAA"}


def test_main_is_a_choice_only_where_it_can_lose_one():
    assert not searched(programs.unlocked).data["choosesMain"]
    assert searched(programs.waiting_main).data["choosesMain"]


def test_losing_and_winning_part_as_late_as_they_can():
    scene = searched(programs.unlocked).data
    fork, events = scene["fork"], scene["events"]

    def letters(numbers):
        return "".join(events[n]["thread"] for n in numbers).replace("m", "")

    assert fork["losing"][: fork["alike"]] == fork["winning"][: fork["alike"]]
    assert letters(fork["losing"][: fork["alike"]]) == "A"
    assert letters(fork["losing"])[:2] == "AB"
    assert letters(fork["winning"]) == "AABB"


def test_without_a_winning_schedule_nothing_parts():
    scene = searched(programs.always_stuck).data
    assert scene["fork"] is None
    assert [end["good"] for end in scene["ends"]] == [False]
