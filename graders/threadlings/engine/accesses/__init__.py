"""What happens at each instruction of a program: what it touches, and what is seen of it."""

from ._watcher import Watcher

__all__ = ["Watcher"]
