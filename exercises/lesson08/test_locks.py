"""What you can check yourself in lesson 08. Run it with: pytest exercises/lesson08"""

import pytest

from threadlings.engine import search
from threadlings.feedback import always


@pytest.mark.task(1)
def test_no_increment_is_lost(lesson):
    """Two increments at the same time both count."""

    def program():
        from threading import Thread

        counter = lesson.Counter()
        threads = [Thread(target=counter.increment) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return counter.n

    always(
        search(program),
        2,
        lambda n: (
            f"increment() lost an update\n  two threads incremented once each; n should be 2, it is {n}"
        ),
    )
