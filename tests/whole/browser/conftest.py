"""A JupyterLab for the tests that look at the course as people do."""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import ROOT
from tests.whole.conftest import missing_chromium

NO_NEWS = {"checkForUpdates": False, "fetchNews": "false"}  # both would ask the network


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
class Lab:
    """A running JupyterLab."""

    url: str
    token: str

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
    """JupyterLab on a free port of this computer alone, stopped at the end whatever happens."""
    home = tmp_path_factory.mktemp("home")
    settings = home / "settings/@jupyterlab/apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(NO_NEWS))
    places = {f"JUPYTER_{kind}_DIR": str(home / kind.lower()) for kind in ("CONFIG", "DATA")}
    environment = os.environ | places | {"HOME": str(home), "OMP_NUM_THREADS": "1"}
    environment["JUPYTER_RUNTIME_DIR"] = str(home / "runtime")
    environment.pop("COURSE_STATIC", None)
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        *("--ip=127.0.0.1", "--port=0", f"--ServerApp.root_dir={course}"),
        *("--LabApp.expose_app_in_browser=True", f"--LabApp.user_settings_dir={home / 'settings'}"),
        f"--LabApp.workspaces_dir={home / 'workspaces'}",
    ]
    with open(home / "log", "w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield _when_ready(server, home)
    finally:
        server.terminate()  # JupyterLab then stops its kernels
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _when_ready(server, home, seconds=40):
    """The ``Lab``, as soon as the server has written down where it is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        for file in home.glob("runtime/jpserver-*.json"):
            if file.read_text().endswith("}"):
                found = json.loads(file.read_text())
                return Lab(found["url"], found["token"])
        time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start:\n{(home / 'log').read_text()[-2000:]}")
