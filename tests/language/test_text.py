"""What is said is a key and its values until it is printed."""

import json

import pytest

from threadlings import language
from threadlings.language import Text, joined, lines, said
from threadlings.language.catalogue import read

KOREAN = {
    "{done} of {all} points": "{all}점 중 {done}점",
    "{who} waits for {what}": "{who}: {what} 기다림",
    "the end of {thread}": "{thread}의 끝",
    "it took {took_s:.1f} s": "{took_s}초 걸림",
    "done": "완료",
}


def in_korean(text):
    return text.in_words(lambda key: KOREAN.get(key, key))


def test_values_take_their_places_in_every_language():
    text = said("{done} of {all} points", done=3, all=10)
    assert str(text) == "3 of 10 points"
    assert in_korean(text) == "10점 중 3점"


def test_a_value_may_be_a_text_itself():
    text = said("{who} waits for {what}", who="A", what=said("the end of {thread}", thread="B"))
    assert in_korean(text) == "A: B의 끝 기다림"


def test_what_a_student_wrote_is_a_value_and_is_not_looked_at():
    theirs = "done{who}{{" * 3
    text = said("{who} waits for {what}", who=theirs, what="done")
    assert in_korean(text) == f"{theirs}: done 기다림"


def test_a_key_says_how_its_values_are_written():
    assert str(said("it took {took_s:.1f} s", took_s=2.345)) == "it took 2.3 s"
    assert in_korean(said("it took {took_s:.1f} s", took_s=2.345)) == "2.3초 걸림"
    assert str(said("it returned {value!r}", value="x")) == "it returned 'x'"


def test_facts_without_a_place_are_left_out():
    text = said("it returned {value!r}", value="x", took_s=3, asked="f()")
    assert text == said("it returned {value!r}", value="x")
    assert said("done", took_s=3) == said("done")


def test_braces_are_braces_where_there_are_no_values():
    assert str(said("a set {1, 2}")) == "a set {1, 2}"
    assert str(said("{{{n}}}", n=1)) == "{1}"


def test_a_place_without_a_value_stays():
    assert Text.from_data([["{who} waits", {"x": 1}]]).in_words(str) == "{who} waits"


def test_texts_are_put_together():
    text = lines(said("done"), "as it is", Text("  ", said("done")))
    assert in_korean(text) == "완료\nas it is\n  완료"
    assert in_korean(joined(", ", [said("done"), "x"])) == "완료, x"
    assert in_korean("well " + said("done") + "!") == "well 완료!"
    assert not Text("")
    assert not lines()


def test_a_text_is_the_same_after_a_journey_as_json():
    text = lines(
        said("{who} waits for {what}", who="A", what=said("done")),
        said("it took {took_s:.1f} s", took_s=1.25),
        said("x", x=1.5),
    )
    again = Text.from_data(json.loads(json.dumps(text.as_data())))
    assert again == text
    assert hash(again) == hash(text)
    assert again != said("done")


@pytest.mark.parametrize(
    "data", [None, "text", [1], [["key"]], [["key", {"a": None}]], [["key", {"a": [{}]}]]]
)
def test_other_data_is_refused(data):
    with pytest.raises(ValueError, match=r"a text is a list|a piece of a text"):
        Text.from_data(data)


def test_a_text_without_an_end_is_refused():
    data = ["deep"]
    for _ in range(30):
        data = [["{a}", {"a": data}]]
    with pytest.raises(ValueError, match="a text is a list of pieces"):
        Text.from_data(data)


def test_a_broken_catalogue_is_refused(tmp_path):
    file = tmp_path / "ko.po"
    file.write_text('msgid "done"\nnonsense\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"ko\.po cannot be read as a catalogue"):
        read(file)
    with pytest.raises(ValueError, match="cannot be read"):
        read(tmp_path / "none.po")


def test_nothing_is_translated_until_a_language_is_chosen():
    told = said("deadlock: nobody can go on")
    assert str(told) == "deadlock: nobody can go on"
    language.choose("ko")
    try:
        assert str(told).startswith("deadlock: 아무도")
    finally:
        language.choose("en")
