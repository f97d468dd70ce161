"""A JupyterLab for the tests that look at the course as people do."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import ROOT
from tests.whole.conftest import missing_chromium
from tests.whole.jupyter import Server, serving


@pytest.hookimpl(trylast=True)  # when it is known what -k and -m have left
def pytest_collection_modifyitems(config, items):
    """A lecture runs once: where it does in JupyterLab, its outputs are compared there."""
    if missing_chromium() or not config.pluginmanager.hasplugin("nbval"):
        return
    from nbval.plugin import IPyNbCell

    runs = "test_lecture_runs_as_stored"
    there = {item.callspec.params["lecture"] for item in items if item.name.startswith(runs)}
    twice = {item for item in items if isinstance(item, IPyNbCell) and item.path in there}
    config.hook.pytest_deselected(items=twice)
    items[:] = [item for item in items if item not in twice]


@dataclass(frozen=True)
class Lab(Server):
    """A running JupyterLab."""

    def address(self, path):
        """Where the notebook at ``path``, relative to the course's folder, opens.

        Each in a workspace of its own: a shared one would first show the notebook opened before.
        """
        workspace = Path(path).stem
        return f"{self.url}lab/workspaces/{workspace}/tree/{path}?token={self.token}"


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A copy of what a student opens: JupyterLab saves as it likes."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "lectures", folder / "lectures")
    shutil.copytree(ROOT / "exercises", folder / "exercises")
    for name in ("constraints.txt", "nbgrader_config.py"):
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def lab(course, tmp_path_factory):
    """JupyterLab in the students' copy."""
    environment = {name: os.environ[name] for name in os.environ if name != "COURSE_STATIC"}
    options = [f"--ServerApp.root_dir={course}", "--LabApp.expose_app_in_browser=True"]
    home = tmp_path_factory.mktemp("home")
    with serving("jupyterlab", home, *options, environment=environment) as server:
        yield Lab(server.url, server.token)
