"""Ruff and mypy find nothing to mend, in code and notebooks alike; commits are checked the same."""

import re
import subprocess
import sys
import tomllib

import pytest
import yaml

from tests import ROOT

HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]


def run(*command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]])
def test_ruff(command):
    run("ruff", *command, ".")


def test_mypy():
    run("mypy")


class TestCommits:
    """.pre-commit-config.yaml: the same tools, none of them fetched from a network."""

    def hook(self, name):
        return next(hook for hook in HOOKS[0]["hooks"] if hook["id"] == name)

    def test_every_hook_is_local(self):
        assert [repo["repo"] for repo in HOOKS] == ["local"]
        assert {hook["language"] for hook in HOOKS[0]["hooks"]} <= {"system", "fail", "pygrep"}

    @pytest.mark.parametrize(
        ("path", "kept_out"),
        [
            ("gradebook.db", True),
            ("gradebook.db-journal", True),
            ("grades.csv", True),
            ("submitted/ada/01_data/01_data.ipynb", True),
            ("downloaded/01_data/archive/class.zip", True),
            ("feedback/ada/01_data/01_data.html", True),
            ("solutions/01_data/01_data.ipynb", False),
            ("course_lib/grading/submissions/reading.py", False),
        ],
    )
    def test_students_work_stays_out(self, path, kept_out):
        assert bool(re.search(self.hook("no-students-work")["files"], path)) == kept_out

    def test_assignments_carry_no_outputs(self):
        hook = self.hook("no-outputs-in-assignments")
        notebooks = [
            path
            for path in ROOT.glob("*/*/*.ipynb")
            if re.search(hook["files"], path.relative_to(ROOT).as_posix())
        ]
        assert notebooks
        for path in notebooks:
            assert not re.search(hook["entry"], path.read_text()), path.name
        assert re.search(hook["entry"], (ROOT / "lectures/00_start_here.ipynb").read_text())


def test_the_changelog_has_the_version_of_the_package():
    version = re.search(r'__version__ = "(.+)"', (ROOT / "course_lib/__init__.py").read_text())[1]
    changelog = (ROOT / "CHANGELOG.md").read_text()
    newest = re.search(r"^## \[(\d+\.\d+\.\d+)\]", changelog, re.M)[1]
    assert newest == version
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation["version"] == version


def test_links_between_the_pages_lead_somewhere():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_project_needs_only_numpy():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["dependencies"] == ["numpy>=2.0"]
    assert {
        "lectures",
        "grading",
        "cluster",
        "hub",
        "postgresql",
        "torch",
        "book",
        "docs",
        "test",
    } == set(project["optional-dependencies"])
