"""Run the pure part of a live figure, as the page gets it, in Node.js."""

import json
import shutil
import subprocess

import pytest

from course_lib.viz.live.html_output import bundle

PROGRAM = shutil.which("node")
needs_node = pytest.mark.skipif(PROGRAM is None, reason="node is not installed")


def run(module, code, **values):
    """What ``code``, after the module's own, returns for these values, as plain data."""
    script = (
        f"{bundle(module)}\n"
        'import { readFileSync } from "node:fs";\n'
        "const given = JSON.parse(readFileSync(0));\n"
        f"console.log(JSON.stringify((() => {{ {code} }})()));\n"
    )
    done = subprocess.run(
        [PROGRAM, "--input-type=module", "--eval", script],
        input=json.dumps(values),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
