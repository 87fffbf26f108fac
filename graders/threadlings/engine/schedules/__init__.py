"""Who goes next, and what that taught: choosers, and what is worked out about a run's order."""

from ._fair import Fair, First
from ._reduction import Exploration
from ._sampling import Sampling
from ._spelled import Follow, letters_of, schedule_of
from ._trace import Trace
from ._turns import turns_of

__all__ = [
    "Exploration",
    "Fair",
    "First",
    "Follow",
    "Sampling",
    "Trace",
    "letters_of",
    "schedule_of",
    "turns_of",
]
