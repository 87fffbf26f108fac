"""Hidden checks of lesson 03, task 4: names_in_use."""

import pytest

from threadlings.checks import always, an_object, ended_well, listed
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import joined, said


@scenario
def lives(lesson):
    """Ask for the names while threads live, have ended, and have not been started."""

    def program():
        import time
        from collections.abc import Set
        from threading import Event, Thread, current_thread

        def asked():
            names = lesson.names_in_use()
            if isinstance(names, Set):
                return sorted(map(str, names))
            return type(names).__name__

        def from_inside():
            current_thread().name = "renamed"
            seen["inside"] = asked()

        seen = {"alone": asked()}
        release = Event()
        waiting = Thread(target=release.wait, name="waiting")
        waiting.start()
        Thread(target=time.sleep, args=(100,), name="daemon", daemon=True).start()
        twins = [Thread(target=release.wait, name="twin") for _ in range(2)]
        for thread in twins:
            thread.start()
        not_started = Thread(name="not started")
        asking = Thread(target=from_inside, name="asking")
        asking.start()
        asking.join()
        seen["busy"], kept = asked(), lesson.names_in_use()
        release.set()
        for thread in (waiting, *twins):
            thread.join()
        seen["later"] = asked()
        seen["kept"] = sorted(map(str, kept))
        seen["not_started"] = not_started.name
        return seen

    return simulate(program)


@pytest.mark.task(4)
def test_the_names_are_those_of_the_threads_that_live_now(submission):
    """The names are those of all threads alive now, whoever started them."""
    run = submission.run(lives)
    seen = ended_well(run)
    busy = {"MainThread", "daemon", "twin", "waiting"}
    moments = {
        "alone": ({"MainThread"}, said("only the main thread is alive")),
        "inside": (busy | {"renamed"}, said("six threads are alive, and one of them asks")),
        "busy": (busy, said("'daemon', 'waiting' and two called 'twin' are alive")),
        "later": ({"MainThread", "daemon"}, said("'waiting' and both called 'twin' have ended")),
        "kept": (busy, said("an answer should stay what it was; a later call changed this one")),
    }
    for moment, (wanted, story) in moments.items():
        found = seen[moment]
        if not isinstance(found, list):
            kind = an_object(found)
            raise Broken(
                "names_in_use() should return a set of names; it returned {kind}", kind=kind
            )
        missing, extra = sorted(wanted - set(found)), sorted(set(found) - wanted)
        if missing or extra:
            parts = []
            if missing:
                parts.append(said("{shown} is missing", shown=listed(missing)))
            if extra:
                parts.append(
                    said("{shown} is not the name of a living thread", shown=listed(extra))
                )
            raise Broken(
                "names_in_use() does not tell who is alive now\n  {story}: {parts}",
                story=story,
                parts=joined("; ", parts),
            )


@scenario
def names_while_one_ends(lesson):
    """Ask while a thread may be at work or have ended already, and when it certainly has."""

    def program():
        from collections.abc import Set
        from threading import Event, Thread

        def asked():
            names = lesson.names_in_use()
            return sorted(map(str, names)) if isinstance(names, Set | list) else []

        release, begun = Event(), []
        worker = Thread(target=lambda: begun.append("worker"), name="worker")
        waiting = Thread(target=release.wait, name="Thread-7 (wait)", daemon=True)
        waiting.start()
        worker.start()
        meanwhile = asked()
        worker.join()
        after = asked()
        release.set()
        return [[name for name in meanwhile if name != "worker"], after]

    return search(program, max_runs=100, max_decisions=300)


@pytest.mark.task(4)
def test_the_names_are_right_while_threads_come_and_go(submission):
    """Who lives is in the names, and who has ended is not, under every schedule."""
    alive = ["MainThread", "Thread-7 (wait)"]

    def told(found):
        meanwhile, after = found
        ended = said(", 'worker' has ended") if meanwhile == alive else ""
        returned = after if meanwhile == alive else meanwhile
        return said(
            "names_in_use() does not tell who is alive now\n"
            "  {shown} live{ended}; it returned {shown_2}",
            shown=listed(alive),
            ended=ended,
            shown_2=listed(returned),
        )

    always(submission.run(names_while_one_ends), [alive, alive], told)
