"""Cells: where student code runs, what it may use there, and whose fault it is if it ends badly.

``X.py`` is seen from outside, ``_X_process.py`` is what runs inside.
"""

from . import faults
from ._answers import unpacked
from ._process_tree import adopt_orphans, end_children, end_with_parent, hide, kill_group
from .cell import Report, ask
from .faults import CellError, OutOfMemory, OutOfTime, ScenarioError, StudentError, UnusableFile
from .limits import MEBIBYTE, TREE_BYTES, TREE_THREADS, Limits
from .sandbox import Sandbox, find_sandbox, why_no_sandbox
from .scenarios import Scenario, real_scenario, scenario, scenario_with
from .stem import CellProcess, Ending, NewInterpreters, Source, Stem, cell_source, why_no_cells

__all__ = [
    "MEBIBYTE",
    "TREE_BYTES",
    "TREE_THREADS",
    "CellError",
    "CellProcess",
    "Ending",
    "Limits",
    "NewInterpreters",
    "OutOfMemory",
    "OutOfTime",
    "Report",
    "Sandbox",
    "Scenario",
    "ScenarioError",
    "Source",
    "Stem",
    "StudentError",
    "UnusableFile",
    "adopt_orphans",
    "ask",
    "cell_source",
    "end_children",
    "end_with_parent",
    "faults",
    "find_sandbox",
    "hide",
    "kill_group",
    "real_scenario",
    "scenario",
    "scenario_with",
    "unpacked",
    "why_no_cells",
    "why_no_sandbox",
]
