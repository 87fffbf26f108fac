"""Hidden checks of lesson 11, task 1: the divisors of a number."""

import pytest

from threadlings.grading import Broken, real_scenario


@real_scenario()
def divided(lesson, numbers):
    return [lesson.divisors(number) for number in numbers]


@pytest.mark.task(1)
def test_divisors_are_found_in_order(submission):
    """divisors() returns all divisors, from 1 to the number itself."""
    numbers = [1, 2, 7, 12, 36, 97, 2400, 7897, 12, 1]
    for number, found in zip(numbers, submission.run(divided, numbers=numbers), strict=True):
        wanted = [i for i in range(1, number + 1) if number % i == 0]
        if found != wanted:
            raise Broken(
                "divisors({number}) should return {wanted}\n  it returned {answer}",
                number=number,
                wanted=wanted,
                answer=found,
            )
