"""A machine within this one: accounts, homes and folders of its own, and a hub that runs there.

Namespaces give it a copy of /etc, empty /home, /srv and /usr/local/share, and processes of its
own. So accounts are made and passwords set as on a server, and nothing of it is left on this
machine, even if the test is killed.
"""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil

from tests import ROOT

PASSWORD = "correct horse {} battery"
NEEDED = (ROOT, Path(sys.prefix), Path(sys.base_prefix))
PROXY = "configurable-http-proxy"
PROGRAMS = ("unshare", "nsenter", "setpriv", "bwrap", "useradd", "chpasswd")
NEW_PROCESSES = ("unshare", "--pid", "--fork", "--kill-child", "--mount-proc")
HUB = """
load_subconfig("{config}")
c.JupyterHub.bind_url = "http://127.0.0.1:{ports[0]}"
c.JupyterHub.hub_port = {ports[1]}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{ports[2]}"
c.JupyterHub.services[0]["url"] = "http://127.0.0.1:{ports[3]}"
"""


def missing():
    """Why no hub can be run here, or None."""
    if os.geteuid():
        return "a hub starts servers for other people, which needs root"
    absent = [program for program in PROGRAMS if shutil.which(program) is None]
    if absent:
        return f"not installed: {', '.join(absent)} (Debian: bubblewrap, passwd, util-linux)"
    if shutil.which(PROXY) is None:
        return f"not installed: {PROXY} (npm install --global {PROXY}@5.1.0)"
    if importlib.util.find_spec("jupyterhub") is None:
        return 'JupyterHub is not installed: pip install -c constraints.txt ".[hub]"'
    closed = [str(path) for path in NEEDED if path.stat().st_mode & 0o005 != 0o005]
    if closed:
        return f"accounts of the hub can't read {', '.join(closed)}: chmod o+rx"
    done = subprocess.run(
        [*NEW_PROCESSES, "bwrap", "--dev-bind", "/", "/", "true"], capture_output=True, text=True
    )
    return f"no namespaces here: {done.stderr.strip()}" if done.returncode else None


def _made_readable():
    """Have everybody reach Python and the course, which may lie below a closed folder."""
    for path in NEEDED:
        above = [parent for parent in reversed(path.parents) if not parent.stat().st_mode & 0o001]
        if above:
            inner = [parent for parent in reversed(path.parents) if above[0] in parent.parents]
            yield from ("--perms", "0755", "--tmpfs", above[0])
            for parent in inner:
                yield from ("--perms", "0755", "--dir", parent)
    for path in NEEDED:
        yield from ("--ro-bind", path, path)


class Machine:
    """The machine, whose disk is ``folder``. people: {account: its group}."""

    def __init__(self, folder, people):
        self.folder, self.people = folder, people
        self.ports = [_free_port() for _ in range(4)]
        self.url = f"http://127.0.0.1:{self.ports[0]}"
        shutil.copytree("/etc", folder / "etc", symlinks=True, ignore_dangling_symlinks=True)
        for name in ("home", "srv", "share"):
            (folder / name).mkdir()
        folder.chmod(0o755)

    def setting_up(self):
        """What hub.md tells an administrator to do, as a script; where there is no such account."""
        yield f"for one in grader {' '.join(self.people)}; do userdel --force $one; done"
        yield "set -e; groupadd --force students; groupadd --force instructors"
        new = "useradd --create-home --shell /bin/bash -K HOME_MODE=0700"
        new += " -K UID_MIN=59200 -K UID_MAX=59299"  # numbers that nobody has on this machine
        yield f"{new} grader"
        for name, group in self.people.items():
            yield f"{new} --groups {group} {name}"
            yield f"echo '{name}:{PASSWORD.format(name)}' | chpasswd"
        yield "install --directory --mode 1777 /usr/local/share/nbgrader/exchange"
        yield "chown --recursive grader: /srv/course; chmod 700 /srv/course"
        yield "install --directory --mode 700 /srv/jupyterhub; cd /srv/jupyterhub"

    def start(self):
        """Set everything up, start the hub, and wait until it answers."""
        hub = HUB.format(config=ROOT / "docs/hub/jupyterhub_config.py", ports=self.ports)
        (self.folder / "srv/hub_here.py").write_text(hub)
        run = f"exec {sys.executable} -m jupyterhub -f /srv/hub_here.py"
        script = "\n".join([*self.setting_up(), run])
        places = {"etc": "/etc", "home": "/home", "srv": "/srv", "share": "/usr/local/share"}
        command = [*NEW_PROCESSES, "bwrap", "--dev-bind", "/", "/", *_made_readable()]
        for name, place in places.items():
            command += ["--bind", self.folder / name, place]
        command += ["--cap-add", "ALL", "--", "sh", "-c", script]
        path = f"{Path(shutil.which(PROXY)).parent}:/usr/sbin:/usr/bin:/sbin:/bin"
        bare = {"PATH": path, "LANG": "C.UTF-8"}  # as systemd gives
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(command, env=bare, stdout=log, stderr=log, cwd="/")
        self.wait_until_it_answers()

    @property
    def log(self):
        return self.folder / "hub.log"

    def wait_until_it_answers(self, seconds=180):
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/hub/login", timeout=5):
                    return
            except (OSError, urllib.error.URLError):
                time.sleep(0.2)
        raise AssertionError(f"the hub did not start:\n{self.log.read_text()[-3000:]}")

    def run(self, who, script):
        """Run a script as ``who`` in the machine; what it printed, errors too."""
        hub = psutil.Process(self.process.pid).children(recursive=True)[-1]
        inside = ["nsenter", "--target", str(hub.pid), "--mount", "--pid"]
        account = ["setpriv", "--reuid", who, "--regid", who, "--init-groups", "--reset-env"]
        done = subprocess.run(
            [*inside, *account, "bash", "-c", f"cd; {script}"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120,
        )  # fmt: skip
        return done.stdout

    def stop(self):
        """End all processes of the machine."""
        self.process.kill()
        self.process.wait()


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
