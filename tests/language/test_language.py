"""Which language is spoken, and how a text finds its translation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from threadlings import language
from threadlings.language import said
from threadlings.language.catalogue import Catalogue, read
from threadlings.language.columns import padded, width


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    """Leave the language as it was."""
    yield
    language.choose("en")


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "ko_KR.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "ko_KR", "LANG": "en_US"}, "ko"),
        ({"THREADLINGS_LANG": "en", "LC_ALL": "ko_KR.UTF-8"}, "en"),
        ({"THREADLINGS_LANG": "KO"}, "ko"),
    ],
)
def test_the_environment_says_which_language(environment: dict[str, str], wanted: str) -> None:
    assert language.of_system(environment) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("ko_KR", "ko"), ("Korean_Korea", "ko"), ("English_United States", "en"), (None, "en")],
)
def test_without_a_variable_the_system_is_asked(
    monkeypatch: pytest.MonkeyPatch, name: str | None, wanted: str
) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: (name, None))
    assert language.of_system({}) == wanted


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="must be one of en, ko, not 'fr'"):
        language.choose("fr")


def test_nothing_is_translated_until_a_language_is_chosen() -> None:
    assert said("deadlock: nobody can go on") == "deadlock: nobody can go on"
    language.choose("ko")
    assert said("deadlock: nobody can go on").startswith("deadlock: 아무도")


def test_values_are_found_again_and_take_their_places(tmp_path: Path) -> None:
    file = tmp_path / "ko.toml"
    file.write_text(
        '[[message]]\nen = "{0} points"\nko = "{0}점"\n'
        '[[message]]\nen = "{0} of {1} points"\nko = "{1}점 중 {0}점"\n'
        '[[message]]\nen = "{0} of {1} points, at last"\nko = "마침내 {1}점 중 {0}점"\n',
        encoding="utf-8",
    )
    catalogue = Catalogue([file])
    assert catalogue.translated("3 of 10 points") == "10점 중 3점"
    assert catalogue.translated("3 of 10 points, at last") == "마침내 10점 중 3점"
    assert catalogue.translated("a of (.*) points") == "(.*)점 중 a점"
    assert catalogue.translated("three points") == "three점"
    assert catalogue.translated("three") == "three"


def test_a_value_may_be_a_text_itself(tmp_path: Path) -> None:
    file = tmp_path / "ko.toml"
    file.write_text(
        '[[message]]\nen = "{0} waits: {1}"\nko = "{0} 기다림: {1}"\n'
        '[[message]]\nen = "for {0} s"\nko = "{0}초"\n',
        encoding="utf-8",
    )
    assert Catalogue([file]).translated("A waits: for 3 s") == "A 기다림: 3초"


def test_lines_that_no_message_has_together_are_translated_one_by_one(tmp_path: Path) -> None:
    file = tmp_path / "ko.toml"
    file.write_text(
        '[[message]]\nen = "it raised {0}"\nko = "일으킨 예외: {0}"\n'
        '[[message]]\nen = "{0} task {1}: {2}"\nko = "{0} 과제 {1}: {2}"\n'
        '[[message]]\nen = "items {0}\\nare missing"\nko = "없는 item: {0}"\n',
        encoding="utf-8",
    )
    catalogue = Catalogue([file])
    assert catalogue.translated("wrong\n  it raised A") == "wrong\n  일으킨 예외: A"
    assert catalogue.translated("the task\nraised: A") == "the task\nraised: A"
    assert catalogue.translated("it raised A\nit raised B") == "일으킨 예외: A\n일으킨 예외: B"
    assert catalogue.translated("items 1\n2\nare missing") == "없는 item: 1\n2"
    assert catalogue.translated("all (a.py:7)") == "all (a.py:7)"


def test_a_place_behind_a_text_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "ko.toml"
    file.write_text('[[message]]\nen = "it never ends"\nko = "끝나지 않음"\n', encoding="utf-8")
    catalogue = Catalogue([file])
    assert catalogue.translated("  it never ends (a.py:7)") == "  끝나지 않음 (a.py:7)"
    assert catalogue.translated("it ends (a.py:7)") == "it ends (a.py:7)"


def test_a_line_of_a_message_may_stand_alone(tmp_path: Path) -> None:
    file = tmp_path / "ko.toml"
    file.write_text(
        '[[message]]\nen = "it is all wrong\\n  what it is now: {0}"\nko = "잘못\\n  값: {0}"\n'
        '[[message]]\nen = "late {0}\\n  after {1} s"\nko = "{1}초 뒤\\n  늦음 {0}"\n',
        encoding="utf-8",
    )
    catalogue = Catalogue([file])
    between = "it is all wrong\n  in between\n  what it is now: 5"
    assert catalogue.translated(between) == "잘못\n  in between\n  값: 5"
    assert catalogue.translated("late A") == "late A", "its values are in other lines in Korean"


def test_a_line_that_is_all_values_is_no_message(tmp_path: Path) -> None:
    file = tmp_path / "ko.toml"
    file.write_text(
        '[[message]]\nen = "it goes wrong\\n  {0}: {1}"\nko = "잘못\\n  {0} ({1})"\n',
        encoding="utf-8",
    )
    assert Catalogue([file]).translated("any: text") == "any: text"


def test_a_catalogue_that_lacks_a_language_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "ko.toml"
    file.write_text('[[message]]\nen = "done"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"ko.toml: a message has no 'ko'"):
        read(file)


def test_korean_letters_take_two_columns() -> None:
    assert width("thread 생성") == 11
    assert padded("생성", 6) + "|" == "생성  |"
    assert padded("longer than that", 6) == "longer than that"


def test_both_that_had_not_ended_are_named_in_korean() -> None:
    """In lesson05 a value of a message is words too."""
    language.add_messages(Path(__file__).parents[2] / "graders" / "lesson05")
    told = "run_both() reported before both had ended\n  work and sleep had not ended"
    assert said(told, "ko").endswith("  work와 sleep: 끝나지 않았습니다")
