"""Lets the tests run also without the pytest plugin that they are made for.

With ``-p no:threadlings`` you see what pytest itself makes of them.
"""

import importlib.util
import sys

import pytest

WHY = (
    "these tests need the package threadlings, and it is not there\n"
    "  install it: python -m pip install -e .\n"
    "이 테스트에는 threadlings 패키지가 필요한데, 없습니다\n"
    "  설치하세요: python -m pip install -e ."
)


class WithoutThreadlings:
    """Stands in for the plugin where it is switched off."""

    @pytest.fixture
    def lesson(self, request):
        """The student's module, executed anew in every run of the engine."""
        return importlib.import_module("threadlings.engine").load(file_beside(request))

    @pytest.fixture
    def real_lesson(self, request, monkeypatch):
        """The student's module, imported anew."""
        path = file_beside(request)
        monkeypatch.syspath_prepend(str(path.parent))
        sys.modules.pop(path.stem, None)
        yield importlib.import_module(path.stem)
        sys.modules.pop(path.stem, None)


def file_beside(request):
    """Return the student's file of a test: ``locks.py`` of ``test_locks.py``."""
    return request.path.with_name(request.path.name.removeprefix("test_"))


def pytest_configure(config):
    """Stand in for the plugin, and know its mark."""
    if importlib.util.find_spec("threadlings") is None:
        raise pytest.UsageError(WHY)
    if not config.pluginmanager.has_plugin("threadlings"):
        config.addinivalue_line("markers", "task(number): the task that this tests")
        config.pluginmanager.register(WithoutThreadlings(), "without-threadlings")
