"""A JupyterHub on one machine for one course; hub.md says how to put it there.

People are accounts of the machine. Who is in the group ``students`` or ``instructors`` may log in.
The account ``grader`` owns the course with solutions, submissions and gradebook; nobody logs in as
it, instructors reach its server as a service of the hub.
"""

import grp
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
EVERYBODY = str(HERE / "everybody")
COURSE = "/srv/course"  # the course's folder, which only the account grader may open

c = get_config()  # noqa: F821

# systemd activates no environment: the hub's programs, `course` and `nbgrader` lie beside Python.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

# ---- what is reachable from outside ----

# This machine alone. Passwords go through it, so a web server with a certificate stands before it.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
# A restart of the hub, after a new instructor say, leaves everybody's notebooks running.
c.JupyterHub.cleanup_servers = False

# ---- who may log in ----

# The machine knows people and passwords already, also where it asks a directory (LDAP) for them.
c.JupyterHub.authenticator_class = "pam"
# Other accounts of the machine, such as grader and root, stay outside.
c.LocalAuthenticator.allowed_groups = {"students", "instructors"}

# ---- everybody's own server ----

# It runs as the account of its owner: the kernel keeps people apart, so Jupyter need not.
c.JupyterHub.spawner_class = "localprocess"
# The page that opens, in which nbgrader's menu is.
c.Spawner.default_url = "/lab"
# When a lesson begins, everybody's server starts at once, and the last ones need minutes.
c.Spawner.start_timeout = c.Spawner.http_timeout = 180
c.Spawner.environment = {
    # Settings of Jupyter and nbgrader. Who is not the grader has no formgrader in the menu.
    "JUPYTER_CONFIG_PATH": os.pathsep.join([str(HERE / "students"), EVERYBODY]),
    # Many people share the processors: more threads for each would only wait for each other.
    "OMP_NUM_THREADS": "1",
}

# ---- grading, for instructors ----

c.JupyterHub.services = [
    {
        "name": "course",
        # A Jupyter server like everybody's, at /services/course/, on a port of this machine alone.
        "url": "http://127.0.0.1:9999",
        "command": ["jupyterhub-singleuser", f"--ServerApp.root_dir={COURSE}"],
        # It may open the course's folder, and starts there, where nbgrader's settings are.
        "user": "grader",
        "cwd": COURSE,
        # Instructors come in at the list of assignments; a terminal is at /services/course/lab.
        "environment": {"JUPYTERHUB_DEFAULT_URL": "/formgrader", "JUPYTER_CONFIG_PATH": EVERYBODY},
        # The hub starts with the machine, when all else starts too, and would not wait so long.
        "timeout": 180,
        # Who may come in is said below; a page that asks once more would only delay.
        "oauth_no_confirm": True,
    }
]
# The machine's group of instructors, as it is when the hub starts.
c.JupyterHub.load_groups = {"instructors": {"users": grp.getgrnam("instructors").gr_mem}}
# The one right that the hub gives away: into the service. Nobody else has it.
c.JupyterHub.load_roles = [
    {
        "name": "instructor",
        "groups": ["instructors"],
        "scopes": ["access:services!service=course"],
    }
]
