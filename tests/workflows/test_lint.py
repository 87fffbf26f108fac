"""Workflows and forms are valid, and ask for no more than they need."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from .conftest import ROOT, WORKFLOWS, tool

GITHUB = ROOT / ".github"
FILES = sorted(WORKFLOWS.glob("*.yml"))
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("[!c]*.yml"))
PINNED = {
    "actions/checkout": "3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
    "actions/download-artifact": "3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1",
    "actions/setup-python": "5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0",
    "actions/upload-artifact": "bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0",
}
OURS = re.compile(
    r"(threadlings|python -m (pip install|pytest|tests\.benchmarks\.)|ruff|mypy|git (switch|remote)"
    r"|sudo sysctl kernel\.apparmor_restrict_unprivileged_userns=0$)"
)
WORKFLOW = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


def _checked(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def _jobs(file: Path) -> dict[str, dict[str, object]]:
    jobs: dict[str, dict[str, object]] = yaml.safe_load(file.read_text("utf-8"))["jobs"]
    return jobs


def test_there_are_the_workflows_that_the_design_names() -> None:
    assert [file.stem for file in FILES] == ["ci", "feedback", "grade", "publish"]


def test_zizmor_finds_nothing() -> None:
    assert _checked(tool("zizmor"), "--offline", "--no-progress", str(GITHUB)) == ""


def test_zizmor_finds_what_is_wrong(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    bad.write_text(re.sub(r"checkout@\w+ #", "checkout@main #", FILES[0].read_text()))
    assert "unpinned" in _checked(tool("zizmor"), "--offline", str(bad))


@WORKFLOW
def test_actionlint_finds_nothing(file: Path) -> None:
    assert _checked(tool("actionlint"), "-shellcheck=", "-pyflakes=", str(file)) == ""


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", FILES),
        ("vendor.dependabot", [GITHUB / "dependabot.yml"]),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_has_the_form_that_github_wants(schema: str, files: list[Path]) -> None:
    words = ["--builtin-schema", schema, *map(str, files)]
    assert _checked(tool("check-jsonschema"), *words) == ""


@WORKFLOW
def test_every_job_has_a_limit_and_asks_to_read_only(file: Path) -> None:
    data = yaml.safe_load(file.read_text("utf-8"))
    assert data["permissions"] == {}
    assert set(data["concurrency"]) == {"group", "cancel-in-progress"}
    for name, job in _jobs(file).items():
        assert job["permissions"] == {"contents": "read"}, name
        assert "timeout-minutes" in job, name


@WORKFLOW
def test_actions_are_pinned_and_leave_no_token(file: Path) -> None:
    text = file.read_text("utf-8")
    used = re.findall(r"uses: ([\w/-]+)@(.*)", text)
    assert used
    assert {(name, PINNED[name]) for name, _how in used} == set(used)
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")


@WORKFLOW
def test_every_step_is_one_command(file: Path) -> None:
    for name, job in _jobs(file).items():
        steps = job["steps"]
        assert isinstance(steps, list)
        for step in steps:
            run = step.get("run", "threadlings")
            assert OURS.match(run), f"{name}: {run}"
            assert "\n" not in run.strip(), f"{name}: {run}"
            assert "${{" not in run, f"{name}: an expression in a command: {run}"


def test_only_the_step_that_fetches_sees_the_token() -> None:
    text = (WORKFLOWS / "grade.yml").read_text("utf-8")
    assert text.count("secrets.") == 1
    holders = [
        step["name"]
        for job in _jobs(WORKFLOWS / "grade.yml").values()
        for step in job["steps"]  # type: ignore[attr-defined]
        if "secrets." in str(step)
    ]
    assert holders == ["Fetch"]


def test_the_forms_ask_for_the_schedule_and_the_version() -> None:
    assert len(FORMS) == 2
    for form in FORMS:
        fields = yaml.safe_load(form.read_text("utf-8"))["body"]
        required = {field["id"] for field in fields if field.get("validations", {}).get("required")}
        assert {"program", "schedule", "version"} <= required, form.name


def test_screenshots_of_the_pages_are_kept_even_if_a_test_fails() -> None:
    *_, test, kept = _jobs(WORKFLOWS / "ci.yml")["pages"]["steps"]  # type: ignore[misc]
    assert test["env"]["THREADLINGS_BROWSER"] == "required"
    assert kept["uses"].startswith("actions/upload-artifact@")
    assert kept["if"] == "always()"
    assert kept["with"]["path"] == test["env"]["THREADLINGS_SCREENSHOTS"]
