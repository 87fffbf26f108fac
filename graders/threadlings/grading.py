"""What hidden graders import: a scenario runs in a cell, a check decides outside of it."""

from .cells import (
    OutOfMemory,
    OutOfTime,
    Scenario,
    ScenarioError,
    StudentError,
    real_scenario,
    scenario,
    scenario_with,
)
from .checks import Broken

__all__ = [
    "Broken",
    "OutOfMemory",
    "OutOfTime",
    "Scenario",
    "ScenarioError",
    "StudentError",
    "real_scenario",
    "scenario",
    "scenario_with",
]
