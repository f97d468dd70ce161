"""A Jupyter server of any kind, for the tests that look at the course as people do."""

import contextlib
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass

import pytest

NO_NEWS = {"checkForUpdates": False, "fetchNews": "false"}  # both would ask the network
PLACES = {
    **{f"JUPYTER_{kind}_DIR": kind.lower() for kind in ("CONFIG", "DATA", "RUNTIME")},
    **{f"JUPYTERLAB_{kind}_DIR": kind.lower() for kind in ("SETTINGS", "WORKSPACES")},
}


@dataclass(frozen=True)
class Server:
    """A running one."""

    url: str
    token: str


@contextlib.contextmanager
def serving(application, home, *options, cwd=None, environment=os.environ):
    """The ``Server`` on a free port of this computer alone, ended whatever happens.

    application: the module that is run. home: where its settings and its log are.
    """
    settings = home / "settings/@jupyterlab/apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(NO_NEWS))
    places = {name: str(home / folder) for name, folder in PLACES.items()}
    places |= {"HOME": str(home), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", application, "--no-browser", "--allow-root"]
    command += ["--ip=127.0.0.1", "--port=0", *options]
    with open(home / "log", "w") as log:
        server = subprocess.Popen(
            command, cwd=cwd, env=environment | places, stdout=log, stderr=log
        )
    try:
        yield _when_ready(server, home)
    finally:
        server.terminate()  # it then stops its kernels
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _when_ready(server, home, seconds=120):
    """The ``Server``, as soon as it has written down where it is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        for file in home.glob("runtime/jpserver-*.json"):
            if file.read_text().endswith("}"):  # it is complete
                found = json.loads(file.read_text())
                return Server(found["url"], found["token"])
        time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{(home / 'log').read_text()[-2000:]}")
