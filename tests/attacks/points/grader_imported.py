"""The hidden grader is imported for its constants."""

# told: cannot be imported: .*FileNotFoundError
# sandbox: yes
import runpy

hidden = runpy.run_path("WATCHED/graders/lesson08/grade_3_increment_many.py")


class Counter:
    n = 2
