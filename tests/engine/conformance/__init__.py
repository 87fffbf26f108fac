"""CPython's own tests of threads, run over the simulated world."""
