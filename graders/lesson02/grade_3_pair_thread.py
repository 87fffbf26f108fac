"""Hidden checks of lesson 02, task 3: PairThread."""

import pytest

from threadlings.checks import describe, ended_well, number_of_name
from threadlings.engine import simulate
from threadlings.grading import Broken, scenario

TEXT = ": This is a thread"


@scenario
def pair(lesson, pairs, options, in_daemon=False):
    """Make and start a PairThread for each pair; tell what it is."""

    def made():
        from threading import Thread

        threads = [lesson.PairThread(args=tuple(values), **options) for values in pairs]
        seen = {
            "is_thread": all(isinstance(one, Thread) for one in threads),
            "names": [one.name for one in threads],
            "daemons": [one.daemon for one in threads],
        }
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        return seen

    def made_in_a_daemon():
        from threading import Thread

        seen = []
        maker = Thread(target=lambda: seen.append(made()), daemon=True)
        maker.start()
        maker.join()
        return seen[0]

    return simulate(made_in_a_daemon if in_daemon else made)


def _pairs(submission, pairs, in_daemon=False, **options):
    """Return what was seen of PairThreads; each must print its line itself."""
    run = submission.run(pair, pairs=pairs, options=options, in_daemon=in_daemon)
    wrong = describe(run)
    if wrong:
        shown = "".join(f", {name}={value!r}" for name, value in options.items())
        made = f"args={tuple(pairs[0])}{shown}"
        raise Broken("PairThread({made}): {wrong}", made=made, wrong=wrong)
    seen = ended_well(run)
    if not seen["is_thread"]:
        raise Broken("PairThread is not a subclass of Thread")
    wanted = [f"{first} {second}{TEXT}" for first, second in pairs]
    if any(line in run.lines("m") for line in wanted):
        raise Broken("the line was printed by the thread that made the PairThread, not by itself")
    by_thread = [run.lines(thread.letter) for thread in run.threads[1 + in_daemon :]]
    for values, line, printed in zip(pairs, wanted, by_thread, strict=False):
        if printed.count(line) != 1:
            raise Broken(
                "PairThread(args={pairs}) should print {line!r} once\n  it printed {by_thread}",
                pairs=tuple(values),
                line=line,
                by_thread=printed[:5],
            )
    return seen


@pytest.mark.task(3)
def test_a_pair_is_printed_by_its_thread(submission):
    """A started PairThread prints its two values and the text."""
    _pairs(submission, [[50, 30]])
    _pairs(submission, [["first", None]])
    _pairs(submission, [[0, ""], [[1], {}]])


@pytest.mark.task(3)
def test_pairs_do_not_mix(submission):
    """Each of two PairThreads prints its own values."""
    _pairs(submission, [[1, 2], [3, 4]])


@pytest.mark.task(3)
def test_name_and_daemon_are_those_of_thread(submission):
    """name= and daemon= of a PairThread work as on Thread."""
    seen = _pairs(submission, [[1, 2]], name="left pair", daemon=True)
    if seen["names"] != ["left pair"]:
        raise Broken("PairThread(name='left pair') has the name {names!r}", names=seen["names"][0])
    if seen["daemons"] != [True]:
        raise Broken("PairThread(daemon=True) should be a daemon thread, it is not")
    for in_daemon in (False, True):
        if _pairs(submission, [[1, 2]], in_daemon, daemon=False)["daemons"] != [False]:
            raise Broken("PairThread(daemon=False) should not be a daemon thread, it is")


@pytest.mark.task(3)
def test_what_is_not_given_is_as_on_thread(submission):
    """Without name= and daemon= a PairThread has what Python gives: a daemon's heir is a daemon."""
    for options in ({}, {"name": None, "daemon": None}):
        seen = _pairs(submission, [[1, 2]], **options)
        heir = _pairs(submission, [[1, 2]], in_daemon=True, **options)
        shown = "".join(f", {name}=None" for name in options)
        if number_of_name(seen["names"][0]) is None:
            raise Broken(
                "PairThread(args=(1, 2){shown}) should have a name from Python, such as Thread-7\n"
                "  its name is {name!r}",
                shown=shown,
                name=seen["names"][0],
            )
        if (seen["daemons"], heir["daemons"]) != ([False], [True]):
            raise Broken(
                "PairThread(args=(1, 2){shown}) should be a daemon if who makes it is one\n"
                "  made in the main thread, its daemon is {made}; made in a daemon, it is {heir}\n"
                "  Thread tells daemon=None, its default, from daemon=False",
                shown=shown,
                made=seen["daemons"][0],
                heir=heir["daemons"][0],
            )


@pytest.mark.task(3)
def test_the_other_keywords_of_thread_are_taken(submission):
    """group=, target= and kwargs= may be given, as on Thread."""
    _pairs(submission, [[1, 2]], group=None, target=None, kwargs=None)
