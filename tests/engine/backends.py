"""What the backend of this Python cannot do, asked of the backend."""

from threadlings.engine.bytecode._tracing import SettraceBackend
from threadlings.engine.world import prepare

LOSES_SIGHT = isinstance(prepare(int).backend, SettraceBackend)
"""True if a thread goes out of sight at the recursion limit, for want of room to trace it."""
