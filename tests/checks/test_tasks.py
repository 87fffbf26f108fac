"""Calls with tasks that are made of data are told as they were when they returned."""

from threadlings.checks import calls_with_tasks, task, told_ending, told_error

KEPT = []


class Functions:
    """What a student's file could have."""

    @staticmethod
    def one_by_one(tasks):
        return [each() for each in tasks]

    @staticmethod
    def none_at_all(tasks):
        return None

    @staticmethod
    def same_list(tasks):
        KEPT[:] = [each() for each in tasks]
        return KEPT


def ends(name, *calls):
    return calls_with_tasks(Functions, name, list(calls)).value


def test_each_task_returns_what_its_data_says():
    (end,) = ends("one_by_one", [task("a"), task(None, after_s=2), task([1], times=2)])
    assert end["results"] == ["a", None, [1], [1]]
    assert end["ended"] == [1, 1, 2]
    assert end["error"] is None


def test_a_task_may_raise_an_error_that_is_not_built_in():
    (end,) = ends("one_by_one", [task(raises=["NoSuchWordError", "no"])])
    assert end["error"] == ["NoSuchWordError", "no"]


def test_a_task_takes_its_time_and_may_raise():
    run = calls_with_tasks(
        Functions, "one_by_one", [[task(after_s=3), task(raises=["KeyError", "no"])]]
    )
    (end,) = run.value
    assert run.returned_s == 3
    assert (end["results"], end["error"], end["ended"]) == (None, ["KeyError", "no"], [1, 1])


def test_tasks_that_are_not_called_have_not_ended():
    (end,) = ends("none_at_all", [task(1)])
    assert (end["results"], end["ended"]) == (None, [0])


def test_results_are_told_as_they_were_and_as_they_are_afterwards():
    first, second = ends("same_list", [task(1), task(2)], [task(3)])
    assert (first["results"], first["afterwards"]) == ([1, 2], [3])
    assert second["results"] == second["afterwards"] == [3]


def test_another_thread_may_sleep_meanwhile():
    run = calls_with_tasks(Functions, "one_by_one", [[task(1, after_s=1)]], beside_s=9)
    assert (run.returned_s, run.ended_s) == (1, 9)


def test_every_schedule_is_searched_if_that_is_asked_for():
    seen = calls_with_tasks(Functions, "one_by_one", [[task(1)]], every_schedule=True)
    assert [value[0]["results"] for value in seen.values] == [[1]]


def test_the_ending_of_a_call_is_told():
    assert str(told_ending({"error": None, "results": [1]})) == "returned [1]"
    assert (
        str(told_ending({"error": ["KeyError", "no"], "results": None})) == "raised KeyError('no')"
    )
    assert told_error(["ValueError"]) == "ValueError()"
