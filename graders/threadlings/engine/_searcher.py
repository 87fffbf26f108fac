"""Exploring all schedules that can matter, within a budget, learning where order matters."""

from __future__ import annotations

import json
from collections.abc import Callable

from ._budget import Budget
from .kernel import Chooser, SiteKey
from .runs import FAILS, HOLDS, INCOMPLETE, Ending, Limit, Outcome, Run, Search
from .schedules import Exploration, Follow, Sampling, Trace, schedule_of, turns_of
from .world import RunResult, Subject, execute, text_of_value


class Searcher:
    """One search: explores, and starts over when it learns of places where order matters.

    Attributes:
        found: The run with the schedule that was wanted, if the search came to it.
    """

    def __init__(
        self,
        subject: Subject,
        holds: Callable[[Run], bool] | None,
        budget: Budget,
        wanted: str | None = None,
        keep_runs: bool = False,
        keep_steps: bool = False,
    ) -> None:
        self._subject = subject
        self._holds = holds
        self._budget = budget
        self._wanted = wanted
        self._keep_runs = keep_runs
        self._keep_steps = keep_steps
        self._seen = Search()
        self._keys: set[str] = set()
        self._keys_met: set[str] = set()
        self._spent = 0
        self._decisions = 1
        self._points: frozenset[SiteKey] = frozenset()
        self._is_out_of_budget = False
        self._sees_methods = False
        self._last: Run | None = None
        self.found: Run | None = None

    def search(self) -> Search:
        """Explore, sample what is left, and return what was seen."""
        with self._subject.opened():
            return self._searched()

    def _searched(self) -> Search:
        seen = self._seen
        while not self._explore():
            pass
        if self._is_out_of_budget:
            self._sample()
        elif seen.verdict != FAILS and not seen.limits and self._keys_met - self._keys:
            self._note(Limit.UNREPEATABLE)
        if seen.limits and seen.verdict == HOLDS:
            seen.verdict = INCOMPLETE
        if not seen.outcomes and self._last is not None:
            self._judge(self._last)
        return seen

    def follow(self, letters: list[str]) -> Run:
        """Run the program under a schedule, with the points that the search has found."""
        return self._execute(Follow(letters)).run

    def _explore(self) -> bool:
        """Explore with the points known so far; return False if new ones were found."""
        exploration = Exploration(self._budget.max_preemptions)
        self._seen.kept.clear()  # What was run with fewer points has steps that were not seen.
        while not self._is_spent():
            exploration.begin()
            found = self._execute(exploration, goes_on=True)
            trace = Trace(found.transitions, found.pending, found.ended_at)
            if exploration.is_led_astray:
                self._note(Limit.UNREPEATABLE)
                self._is_out_of_budget = True
                return True
            if self._learn(trace):
                self._meet(found)
                return False
            if found.is_spoilt:
                exploration.begin()
                found = self._execute(exploration)
            if not found.abandoned and self._take(found.run):
                return True
            exploration.learn(trace)
            if not exploration.advance():
                break
        if exploration.is_bounded:
            self._note(Limit.PREEMPTIONS, self._budget.max_preemptions)
        return True

    def _meet(self, found: RunResult) -> None:
        """Note how a run ended that is not judged: the search must come to that ending again."""
        if not (found.abandoned or found.run.exhausted or found.is_spoilt):
            self._keys_met.add(_key_of(Outcome.of(found.run)))

    def _take(self, run: Run) -> bool:
        """Judge a run of the exploration; return True if the search may end here."""
        if run.exhausted:
            self._run_out(Limit.DECISIONS_OF_A_RUN, self._budget.max_decisions)
        return self._judge(run)

    def _is_spent(self) -> bool:
        """Return True, and note it, if there may be no more runs."""
        budget = self._budget
        if budget.max_runs is not None and self._seen.runs >= budget.max_runs:
            self._run_out(Limit.RUNS, budget.max_runs)
            return True
        if self._spent >= budget.max_decisions_of_all:
            self._run_out(Limit.DECISIONS, budget.max_decisions_of_all)
            return True
        return False

    def _run_out(self, limit: Limit, number: int) -> None:
        self._is_out_of_budget = True
        self._note(limit, number)

    def _note(self, limit: Limit, number: int | None = None) -> None:
        """Note a limit for good: also if the search starts over, or comes to others."""
        self._seen.limits |= {limit}
        if number is not None:
            self._seen.numbers[limit] = number

    def _sample(self) -> None:
        """Draw schedules at random."""
        seen, budget = self._seen, self._budget
        sampling = Sampling(budget.seed, self._decisions)
        self._spent = 0
        while seen.sampled < budget.max_samples and self._spent < budget.max_decisions_of_all:
            if seen.verdict == FAILS:
                break
            sampling.begin()
            found = self._execute(sampling)
            seen.sampled += 1
            self._learn(Trace(found.transitions, found.pending))
            if found.run.exhausted:
                self._note(Limit.DECISIONS_OF_A_RUN, budget.max_decisions)
            if self._judge(found.run):
                break
        if seen.sampled:
            self._note(Limit.SAMPLED, budget.seed)

    def _execute(self, chooser: Chooser, goes_on: bool = False) -> RunResult:
        found = execute(
            self._subject,
            chooser,
            points=self._points,
            sleeping_orders=False,
            max_decisions=self._budget.max_decisions,
            keep_steps=self._keep_steps,
            goes_on=goes_on,
        )
        if found.is_cut_short:
            self._note(Limit.DAEMONS)
        self._seen.runs += 1
        self._spent += found.spent
        self._decisions = max(self._decisions, found.decisions)
        self._note_what_was_not_seen(found)
        if not found.abandoned:
            found.run.schedule = schedule_of(found.transitions)
            if self._keep_runs:
                found.run.turns = turns_of(found.transitions[: found.ended_at])
            self._last = found.run
        return found

    def _note_what_was_not_seen(self, found: RunResult) -> None:
        """Note it of every run, also of one that was given up or taught where order matters."""
        if found.out_of_sight:
            self._note(Limit.OUT_OF_SIGHT)
        if found.unwatchable:
            names = found.unwatchable.union(self._seen.unwatchable)
            self._seen.unwatchable = tuple(sorted(names))
            self._note(Limit.UNWATCHABLE)

    def _learn(self, trace: Trace) -> bool:
        """Take up the places where order matters; return True if there are new ones."""
        learned = trace.racing_sites() - self._points
        self._points |= learned
        has_changed = self._subject.methods_change and not self._sees_methods
        self._sees_methods = self._subject.methods_change
        return bool(learned) or has_changed

    def _judge(self, run: Run) -> bool:
        """Add a run's outcome; return True if the search may end here."""
        seen = self._seen
        if run.schedule == self._wanted:
            self.found = run
            return True
        if self._keep_runs:
            seen.kept.append(run)
        outcome = Outcome.of(run)
        key = _key_of(outcome)
        if key not in self._keys:
            self._keys.add(key)
            seen.outcomes.append(outcome)
        bad = outcome.kind not in (Ending.VALUE, Ending.EXHAUSTED)
        if not bad and self._holds is not None and outcome.kind == Ending.VALUE:
            bad = not self._holds(run)
        if bad and seen.failing is None:
            seen.verdict, seen.failing = FAILS, run
        return bad and self._holds is not None


def _key_of(outcome: Outcome) -> str:
    run = outcome.run
    failures = [("", run.error), *sorted(run.uncaught.items())]
    told = [(name, f.type_name, f.message) for name, f in failures if f is not None]
    waits = [repr(wait) for wait in run.deadlock]
    spins = [(spin.thread, str(spin.place)) for spin in run.livelock]
    rest = [outcome.kind, told, waits, spins]
    try:
        return json.dumps([outcome.value, rest], default=text_of_value)
    except (TypeError, ValueError, RecursionError):  # keys that JSON has not, or a cycle
        return json.dumps([text_of_value(outcome.value), rest])
