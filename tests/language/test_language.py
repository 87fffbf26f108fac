"""Which language is spoken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from threadlings import language


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
