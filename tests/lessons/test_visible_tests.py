"""What students see passes for the reference solutions, on every Python."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from threadlings import manifest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("lesson", manifest.read(), ids=lambda lesson: lesson.folder)
def test_reference_solution_passes_the_visible_tests(lesson, tmp_path):
    folder = tmp_path / "exercises" / lesson.folder
    shutil.copytree(ROOT / "exercises" / lesson.folder, folder)
    shutil.copy(ROOT / "solutions" / lesson.file, folder)
    command = [sys.executable, "-m", "pytest", "-q", str(folder)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
