"""CPython's own tests of threads pass over the simulated world, but for those excluded."""

import fnmatch
import sys

import pytest

from .exclusions import SUITES
from .suites import attempt, names_in

KNOWN = ((3, 11), (3, 12), (3, 13), (3, 14), (3, 15))

pytestmark = pytest.mark.skipif(
    sys.version_info[:2] not in KNOWN, reason="exclusions are known for Python 3.11 to 3.15"
)

METHODS = [
    pytest.param(suite, name, id=f"{suite.module}:{name}")
    for suite in SUITES
    if sys.version_info[:2] in KNOWN and suite.exists()
    for name in names_in(suite)
]
INCLUDED = [method for method in METHODS if not method.values[0].exclusion(method.values[1])]
EXCLUDED = [method for method in METHODS if method not in INCLUDED]


@pytest.mark.parametrize(("suite", "name"), INCLUDED)
def test_method_passes(suite, name):
    found = attempt(suite, name)
    assert not found.problems, "\n".join(found.problems)
    if found.skipped:
        pytest.skip(f"by the suite itself: {found.skipped}")


@pytest.mark.parametrize(("suite", "name"), EXCLUDED)
def test_excluded_method_does_not_pass(suite, name):
    exclusion = suite.exclusion(name)
    if not exclusion.is_run:
        pytest.skip(exclusion.reason)
    assert not attempt(suite, name).passed, "take it off the exclusions"


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.module)
def test_every_exclusion_names_a_method(suite):
    if not suite.exists():
        pytest.skip(f"this interpreter does not ship {suite.module}")
    names = names_in(suite)
    assert names
    for pattern, exclusion in suite.exclusions.items():
        found = fnmatch.filter(names, pattern)
        if found or not exclusion.is_backported:
            assert bool(found) == exclusion.applies(), f"{pattern} names {found}"
