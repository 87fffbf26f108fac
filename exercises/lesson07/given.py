"""Given: what the program of race_condition.py needs besides."""

from threadlings.engine import Ending, load, search


def proven_totals(file: str, threads: int, increments: int) -> set[int]:
    """Return every total that ``run_race`` ends with, under every schedule there is."""
    lesson = load(file)
    seen = search(lambda: lesson.run_race(lesson.Counter(), threads, increments))
    return {outcome.value for outcome in seen.outcomes if outcome.kind == Ending.VALUE}
