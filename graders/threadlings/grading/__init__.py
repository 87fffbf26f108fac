"""The instructor's side: student code runs in cells, verdicts are made outside of them.

Hidden graders import from here; the rest of the package is used by ``threadlings grade``.
"""

from ..feedback import Broken
from .faults import OutOfTime, ScenarioError, StudentError
from .scenario import Scenario, real_scenario, scenario

__all__ = [
    "Broken",
    "OutOfTime",
    "Scenario",
    "ScenarioError",
    "StudentError",
    "real_scenario",
    "scenario",
]
