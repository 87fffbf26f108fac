"""What a student's code printed stands under a failure."""

import time
from threading import Thread

import pytest

from threadlings.checks import Broken, always
from threadlings.engine import Printed, runs_noted, search, simulate
from threadlings.feedback import Finding, PrintedLines
from threadlings.language import said, translator

EN, KO = translator("en"), translator("ko")


def lines_of(*texts, thread="A", time_s=0.0):
    return PrintedLines.of([Printed(thread, "Thread-1", time_s, text) for text in texts])


def talking():
    def talk():
        print("begins")
        time.sleep(2)
        print("ends")

    talker = Thread(target=talk)
    talker.start()
    print("started", end=" ")
    time.sleep(1)
    print("and waiting")
    talker.join()


def test_each_line_has_its_second_and_its_thread():
    assert PrintedLines.of(simulate(talking).printed).drawn(EN) == (
        "  0 s       A     begins\n  0 s       main  started and waiting\n  2 s       A     ends"
    )


def test_seconds_are_left_out_where_no_time_passed():
    assert lines_of("n is ", "1\n", "n is 2\n").drawn(EN) == "  A  n is 1\n  A  n is 2"


def test_the_main_thread_is_called_so_in_each_language():
    lines = lines_of("안녕\n", thread="m")
    assert (lines.drawn(EN), lines.drawn(KO)) == ("  main  안녕", "  main  안녕")


def test_the_first_twenty_lines_are_shown_and_the_others_counted():
    lines = lines_of("".join(f"line {n}\n" for n in range(25)))
    drawn = lines.drawn(EN).splitlines()
    assert (len(drawn), drawn[19], drawn[20]) == (21, "  A  line 19", "  ... and 5 more lines")
    assert lines.drawn(KO).splitlines()[20] == "  ... 그리고 5줄 더"


def test_no_line_is_wider_than_the_screen():
    drawn = lines_of("가" * 100 + "\n", "x" * 10_000 + "\n").drawn(EN, width=60).splitlines()
    assert drawn[0] == "  A  " + "가" * 27 + "…"
    assert drawn[1] == "  A  " + "x" * 54 + "…"


def test_what_moves_the_cursor_or_hides_is_spelled_out():
    drawn = lines_of("red \x1b[31m, back \r, tab \t, turned \u202e, null \0\n").drawn(EN)
    assert drawn == r"  A  red \x1b[31m, back \r, tab \t, turned \u202e, null \x00"


def test_lone_halves_of_a_letter_can_be_printed():
    assert lines_of("\ud800\n").drawn(EN) == r"  A  \ud800"


def test_standard_error_is_not_among_them():
    assert not PrintedLines.of([Printed("A", "Thread-1", 0.0, "Traceback\n", "stderr")])


def counting():
    box = []

    def add():
        n = len(box)
        print("saw", n)
        box.extend([n] * (1 - n))

    threads = [Thread(target=add), Thread(target=add)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(box)


def test_a_finding_has_what_the_run_that_shows_it_printed():
    seen = search(counting)
    wrong = next(outcome for outcome in seen.outcomes if outcome.value == 2)
    with pytest.raises(Broken) as caught:
        always(seen, 1, said("{n} items", n=2))
    broken = caught.value
    assert broken.finding.printed == PrintedLines.of(wrong.run.printed)
    assert broken.about("call()").within("in: {told}").finding.printed.lines


def test_what_was_printed_does_not_leave_the_process():
    """In a hidden check it may be the check's own data."""
    finding = Broken("wrong", shown_by=simulate(talking)).finding
    assert finding.printed
    assert not Finding.from_data(finding.as_data()).printed
    assert "and wait" not in str(finding.as_data())


def test_runs_are_noted_for_who_wants_to_know():
    with runs_noted() as noted:
        simulate(talking)
        search(counting)
    assert [run.printed[0].text for run in noted] == ["begins\n", "saw 0\n"]
    simulate(talking)
    assert len(noted) == 2
