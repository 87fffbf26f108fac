"""Threads over virtual time in a terminal."""

import time
from contextlib import suppress
from dataclasses import replace
from threading import Lock, Thread
from unicodedata import east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.pictures import programs
from tests.pictures.pages import source_of
from threadlings.engine import Span, simulate
from threadlings.pictures import timeline
from threadlings.pictures.chart import ROWS
from threadlings.pictures.terminal import printed


def columns(line):
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)


def test_bars_stand_for_who_sleeps_and_waits_and_seconds_are_below():
    assert timeline(simulate(programs.in_time), "en", width=50) == (
        "  main │▒the end of A▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒│\n"
        "  A    │▒Event.wait()▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒│\n"
        "  B    │░sleeps░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░│\n"
        "       0                1                2\n"
        "\n"
        "  ░ sleeps  ▒ waits   virtual seconds"
    )


def test_ascii_is_enough():
    picture = timeline(simulate(programs.in_time), "en", ascii_only=True)
    assert picture.isascii()
    assert "|.sleeps...." in picture


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("width", [40, 80, 133])
def test_no_line_is_longer_than_the_width(language, width):
    picture = timeline(simulate(programs.in_time), language, width=width)
    assert max(columns(line) for line in picture.splitlines()) == width


def test_wide_letters_keep_the_columns():
    ends = [columns(line) for line in timeline(simulate(programs.in_time), "ko").splitlines()[:3]]
    assert len(set(ends)) == 1


def held():
    door = Lock()

    def hold():
        with door:
            time.sleep(3)

    threads = [Thread(target=hold) for _ in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    for thread in threads:
        thread.join()


def test_a_lock_has_its_name_in_the_program():
    picture = timeline(simulate(held), "en", sources=source_of(held))
    assert "│▒door▒▒" in picture
    assert "│▒the lock of line " in timeline(simulate(held), "en")


def test_a_mark_over_a_letter_is_in_its_column():
    named = source_of(held)
    marked = {name: text.replace("door", "ล็อก") for name, text in named.items()}
    plain, rows = (timeline(simulate(held), "en", sources=s).splitlines() for s in (named, marked))
    assert "│▒ล็อก▒▒" in rows[2]
    assert [cell_len(row) for row in rows] == [len(row) for row in plain]


def test_a_bar_without_room_has_no_label():
    def program():
        time.sleep(1)
        time.sleep(99)

    first = timeline(simulate(program), "en").splitlines()[0]
    assert first.startswith("  main ││░sleeps░")


def test_stopped_daemon_ends_with_the_program():
    def program():
        Thread(target=time.sleep, args=(60,), daemon=True).start()
        time.sleep(2)

    main, daemon = timeline(simulate(program), "en").splitlines()[:2]
    assert columns(main) == columns(daemon)


def test_without_time_there_is_nothing_to_draw():
    assert timeline(simulate(programs.unlocked), "en") == ""


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"width": 39}, "width must be at least 40, not 39"),
        ({"language": "fr"}, "the language must be one of en, ko, not 'fr'"),
    ],
)
def test_wrong_options_are_told(options, told):
    with pytest.raises(ValueError, match=told):
        timeline(simulate(programs.in_time), **{"language": "en", **options})


def left_behind():
    Thread(target=time.sleep, args=(2,)).start()


def test_wait_after_the_last_line_is_the_programs_end():
    first = timeline(simulate(left_behind), "en").splitlines()[0]
    assert first.startswith("  main │▒the program's end▒▒")


def test_picture_ends_where_nobody_is_left_but_a_sleeping_main():
    def outlived():
        sleeper = Thread(target=time.sleep, args=(2,))
        sleeper.start()
        sleeper.join()
        time.sleep(1000)

    drawn = timeline(simulate(outlived), "en", width=50)
    assert drawn.splitlines()[2].split() == ["0", "0.5", "1", "1.5", "2"]
    assert timeline(simulate(lambda: time.sleep(5)), "en") != "", "alone it is all there is"


def talking():
    def talk():
        print("begins")
        time.sleep(2)
        print("two\nlines", end="")

    talker = Thread(target=talk)
    talker.start()
    print("started", end=" ")
    time.sleep(1)
    print("and waiting")
    talker.join()


def test_printed_lines_have_their_second_and_their_thread():
    assert printed(simulate(talking), "en") == (
        "  0 s       A     begins\n"
        "  0 s       main  started and waiting\n"
        "  2 s       A     two\n"
        "  2 s       A     lines"
    )


def test_printed_lines_that_are_too_many_are_counted():
    assert printed(simulate(talking), "en", most=3).splitlines()[3] == "  ... and 1 more lines"


def test_nothing_is_shown_where_nothing_was_printed():
    assert printed(simulate(held), "en") == ""


def test_loop_that_burns_time_is_in_the_key():
    def polling():
        sleeper = Thread(target=time.sleep, args=(1,))
        sleeper.start()
        while sleeper.is_alive():
            pass

    assert timeline(simulate(polling), "en").endswith("█ runs  ░ sleeps  ▒ waits   virtual seconds")


def test_threads_that_are_too_many_are_counted():
    def crowd():
        for _ in range(ROWS + 4):
            Thread(target=time.sleep, args=(1,)).start()

    rows = timeline(simulate(crowd), "en").splitlines()
    assert rows[ROWS] == "  ... and 5 more threads"


MOMENTS = st.one_of(st.floats(), st.integers())
STATES = st.sampled_from(["running", "sleeping", "waiting"])
SPANS = st.builds(Span, st.sampled_from("mAB"), STATES, MOMENTS, MOMENTS, st.none(), st.none())
HELD = simulate(held)


@given(ended_s=MOMENTS, ended=MOMENTS, spans=st.lists(SPANS, max_size=4))
def test_no_seconds_make_the_picture_large(ended_s, ended, spans):
    """What student code has told of its own run may have any numbers."""
    threads = [replace(thread, ended_s=ended) for thread in HELD.threads]
    with suppress(ArithmeticError, ValueError, StopIteration):
        drawn = timeline(replace(HELD, ended_s=ended_s, threads=threads, timeline=spans), "en")
        assert all(columns(line) <= 80 for line in drawn.splitlines())
