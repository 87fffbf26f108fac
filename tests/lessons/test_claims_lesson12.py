"""What the page of lesson 12 says about Python is so."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pickle import PicklingError

import pytest

METHOD = multiprocessing.get_all_start_methods()[0]


@pytest.fixture
def pool():
    with multiprocessing.get_context(METHOD).Pool(1) as made:
        yield made


def refuse(number):
    raise LookupError(number)


def add(first, second):
    return first + second


def test_a_closed_pool_raises_value_error(pool):
    pool.close()
    with pytest.raises(ValueError, match="not running"):
        pool.map(abs, [1])


def test_a_lambda_cannot_be_mapped_and_a_partial_can(pool):
    with pytest.raises((AttributeError, PicklingError)) as info:
        pool.map(lambda number: number, [1])
    assert "lambda" in str(info.value)
    assert pool.map(partial(add, 1), [1, 2]) == [2, 3]


def test_map_raises_the_error_of_a_task(pool):
    with pytest.raises(LookupError):
        pool.map(refuse, [1, 2])


def test_the_result_of_a_worker_that_died_never_comes(pool):
    died = pool.apply_async(os._exit, [3])
    assert pool.apply(abs, [-1]) == 1  # By another worker, which began after the death.
    assert not died.ready()


def test_an_executor_notices_a_worker_that_died():
    context = multiprocessing.get_context(METHOD)
    with ProcessPoolExecutor(1, mp_context=context) as executor, pytest.raises(BrokenProcessPool):
        executor.submit(os._exit, 3).result()
