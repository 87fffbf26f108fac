"""Programs of which the search once said less than they can do."""

import pytest

from threadlings.engine import Ending, search

from . import programs_once_missed as programs


def endings(program):
    """Return the endings of a program, each as its value, or what ended its threads."""
    seen = search(program)
    assert seen.is_complete
    return {_ending(outcome.run) for outcome in seen.outcomes}


def _ending(run):
    if run.ending in (Ending.ERROR, Ending.LIVELOCK, Ending.DEADLOCK):
        return run.ending.value
    return " ".join(sorted(f.type_name for f in run.uncaught.values())) or str(run.value)


@pytest.mark.parametrize(("program", "expected"), programs.ENDINGS)
def test_all_endings_are_found(program, expected):
    assert endings(program) == expected


@pytest.mark.parametrize("make", programs.DICTS)
@pytest.mark.parametrize("walk", programs.WALKS_OF_DICTS)
def test_dict_that_grows_while_it_is_gone_through(walk, make):
    grow = programs.walked(make, programs.WALKS_OF_DICTS[walk], lambda d: d.update(c=3))
    assert "RuntimeError" in endings(grow)


@pytest.mark.parametrize("program", [programs.DEQUE, programs.SET])
def test_other_containers_that_grow(program):
    assert "RuntimeError" in endings(program)


@pytest.mark.parametrize("make", programs.LISTS)
@pytest.mark.parametrize("walk", programs.WALKS_OF_LISTS)
def test_list_that_shrinks_while_it_is_gone_through(walk, make):
    shrink = programs.walked(make, programs.WALKS_OF_LISTS[walk], lambda items: items.remove("a"))
    assert "['a', 'c']" in {text for ending in endings(shrink) for text in eval(ending)}
