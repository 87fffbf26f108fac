"""What Python 3.14 and 3.15 have added to threads is simulated, or refused with a way out."""

import concurrent.futures
import contextvars
import inspect
import threading

import pytest

from threadlings.engine import load, search, simulate

from .programs import run_together

FROM_3_14 = pytest.mark.skipif(
    "context" not in inspect.signature(threading.Thread).parameters, reason="since Python 3.14"
)
FROM_3_15 = pytest.mark.skipif(
    not hasattr(threading, "serialize_iterator"), reason="since Python 3.15"
)


def test_name_that_the_system_keeps_is_cut_and_handed_on():
    def program():
        import _thread

        names = []
        _thread.set_name("a name\0 and more")
        names.append(_thread._get_name())
        _thread.start_joinable_thread(lambda: names.append(_thread._get_name())).join()
        _thread.set_name("n" * (_thread._NAME_MAXLEN + 1))
        names.append(len(_thread._get_name()) == _thread._NAME_MAXLEN)
        try:
            _thread.set_name(1)
        except TypeError as error:
            names.append(str(error))
        return names

    refusal = "set_name() argument 'name' must be str, not int"
    assert simulate(program).value == ["a name", "a name", True, refusal]


def test_annotations_of_a_module_are_read(tmp_path):
    """Since 3.14 its body notes, in a set of its own, which of them it came to."""
    file = tmp_path / "annotated.py"
    file.write_text("first: int = 1\nif first:\n    second: int = first + 1\n", encoding="utf-8")
    module = load(file)
    assert simulate(lambda: module.second).value == 2


@FROM_3_14
def test_thread_runs_in_the_context_that_it_is_given():
    place = contextvars.ContextVar("place", default="nowhere")

    def program():
        seen, context = [], contextvars.Context()
        context.run(place.set, "work")
        for given in (context, contextvars.Context()):
            thread = threading.Thread(target=lambda: seen.append(place.get()), context=given)
            thread.start()
            thread.join()
        return seen

    assert simulate(program).value == ["work", "nowhere"]


@FROM_3_14
def test_map_with_a_buffer_goes_no_further_than_that():
    def program():
        taken = []

        def numbers():
            for number in range(5):
                taken.append(number)
                yield number

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            results = pool.map(lambda number: number * number, numbers(), buffersize=2)
            before = list(taken)
            return before, next(results), list(taken), list(results)

    assert simulate(program).value == ([0, 1], 0, [0, 1, 2], [1, 4, 9, 16])


@FROM_3_14
def test_every_result_of_a_map_with_a_buffer_comes_in_its_order():
    def program():
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            return list(pool.map(lambda number: number * number, range(3), buffersize=1))

    found = search(program)
    assert found.reason == ""
    assert found.values == [[0, 1, 4]]


@FROM_3_14
def test_pool_of_interpreters_is_refused_with_a_way_out():
    real = concurrent.futures.InterpreterPoolExecutor
    run = simulate(lambda: concurrent.futures.InterpreterPoolExecutor(2))
    assert run.error.type_name == "NotImplementedError"
    assert "ThreadPoolExecutor" in run.error.message
    assert simulate(lambda: Refused(2)).error.type_name == "NotImplementedError"
    assert concurrent.futures.InterpreterPoolExecutor is real


Refused = getattr(concurrent.futures, "InterpreterPoolExecutor", None)
"""Bound before the run: it must not start real interpreters either."""


def taken_by_two(source):
    taken = []
    run_together(*[lambda: taken.append(next(source))] * 2)
    return taken


@FROM_3_15
def test_serialized_generator_gives_each_thread_an_item_of_its_own():
    def numbers():
        yield 1
        yield 2

    found = search(lambda: taken_by_two(threading.serialize_iterator(numbers())))
    assert found.reason == ""
    assert sorted(found.values) == [[1, 2], [2, 1]]
    assert not any(outcome.kind != "value" for outcome in found.outcomes)


@FROM_3_15
def test_decorated_generator_is_serialized():
    @threading.synchronized_iterator
    def numbers():
        yield 1
        yield 2

    assert sorted(search(lambda: taken_by_two(numbers())).values) == [[1, 2], [2, 1]]


@FROM_3_15
def test_each_copy_of_a_concurrent_tee_has_every_item():
    def program():
        copies, seen = threading.concurrent_tee(iter([1, 2])), [None, None]

        def read(number):
            seen[number] = list(copies[number])

        run_together(lambda: read(0), lambda: read(1))
        return seen

    found = search(program)
    assert found.reason == ""
    assert found.values == [[[1, 2], [1, 2]]]
