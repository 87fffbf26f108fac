"""Says what is missing when the tests are run without the plugin that they need."""

import pytest

WHY = (
    "these tests need the pytest plugin threadlings, and it is not there\n"
    "  leave out -p no:threadlings, or install it: python -m pip install -e .\n"
    "이 테스트에는 pytest plugin threadlings가 필요한데, 없습니다\n"
    "  -p no:threadlings를 빼거나 설치하세요: python -m pip install -e ."
)


class WithoutThreadlings:
    """Stands in for the plugin where it is switched off or not installed."""

    @pytest.fixture
    def lesson(self):
        """What the plugin gives to a test."""
        pytest.fail(WHY, pytrace=False)

    @pytest.fixture
    def real_lesson(self):
        """What the plugin gives to a test of processes."""
        pytest.fail(WHY, pytrace=False)


def pytest_configure(config):
    """Stand in for the plugin, and know its mark."""
    if not config.pluginmanager.has_plugin("threadlings"):
        config.addinivalue_line("markers", "task(number): the task that this tests")
        config.pluginmanager.register(WithoutThreadlings(), "without-threadlings")
