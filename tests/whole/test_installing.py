"""What is installed, and where: the tested versions, the extras, the Pythons that they are for."""

import re
import shutil
import subprocess
import sys
import tomllib

import pytest
from packaging.requirements import Requirement

from tests import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
# Debian 12's own Python, and the newest patch of each minor version
PYTHONS = ("3.11.2", "3.11.18", "3.12.16", "3.13.18", "3.14.10")
# No wheel of PyTorch is small, and a resolver may fetch it: its own pin is asked about alone.
LARGE = "torch"
OFFLINE = ("Failed to fetch", "error sending request", "dns error", "network was disabled")


def pins():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def resolve(requirements, python, *options):
    """What uv would install on Linux with this Python, which need not be here: {name: version}."""
    done = subprocess.run(
        [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate",
         "--only-binary", ":all:", "--python-platform", "x86_64-manylinux_2_28",
         "--python-version", python, *options, "-"],
        input="\n".join(map(str, requirements)), capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode and any(words in done.stderr for words in OFFLINE):
        pytest.skip("no package index can be reached")
    assert done.returncode == 0, done.stderr
    found = (Requirement(line) for line in done.stdout.splitlines())
    return {canonical(one.name): str(one.specifier).removeprefix("==") for one in found}


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def extras():
    """Every requirement of pyproject.toml but PyTorch and those on our own extras."""
    listed = sum(PROJECT["optional-dependencies"].values(), PROJECT["dependencies"])
    return [one for one in map(Requirement, listed) if one.name not in (LARGE, PROJECT["name"])]


@pytest.mark.parametrize("python", PYTHONS)
def test_the_tested_versions_install(python):
    tested = [pin for pin in pins() if pin.name != LARGE]
    found = resolve([*tested, *extras()], python)
    here = [pin for pin in tested if not pin.marker or pin.marker.evaluate(environment(python))]
    assert found == {canonical(pin.name): str(pin.specifier)[2:] for pin in here}


@pytest.mark.parametrize("python", PYTHONS)
def test_pytorch_has_a_wheel(python):
    assert LARGE in resolve([pin for pin in pins() if pin.name == LARGE], python, "--no-deps")


def test_a_pin_that_a_python_refuses_is_found():
    with pytest.raises(AssertionError, match=r"soupsieve.*3\.11\.5"):
        resolve(["soupsieve==4.1.1"], "3.11.2")


def environment(python):
    minor = python.rpartition(".")[0]
    return {"python_full_version": python, "python_version": minor, "sys_platform": "linux"}


def test_every_package_that_we_name_has_a_tested_version():
    tested = {canonical(pin.name) for pin in pins()}
    assert {canonical(one.name) for one in extras()} <= tested


class TestMake:
    """``make`` with a Python that only says of itself how old it is."""

    @pytest.fixture
    def make(self, tmp_path):
        shutil.copy(ROOT / "Makefile", tmp_path)
        python = tmp_path / "python"

        def make(version):
            python.write_text(
                f"#!{sys.executable}\nimport sys\nsys.version_info = {version}\nexec(sys.argv[2])\n"
            )
            python.chmod(0o755)
            return subprocess.run(
                ["make", f"PYTHON={python}", "python"], cwd=tmp_path, capture_output=True, text=True
            )

        return make

    @pytest.mark.parametrize("version", [(2, 7, 18), (3, 10, 14), (3, 15, 0)])
    def test_another_python_is_refused_in_a_sentence(self, make, version):
        done = make(version)
        assert done.returncode != 0
        lines = [line for line in done.stderr.splitlines() if not line.startswith("make")]
        assert lines == [
            f"This is Python {version[0]}.{version[1]}; the course runs on 3.11 to 3.14: "
            "make PYTHON=python3.13, say."
        ]

    @pytest.mark.parametrize("version", [tuple(map(int, p.split("."))) for p in PYTHONS])
    def test_a_python_that_will_do_is_taken(self, make, version):
        assert make(version).returncode == 0

    def test_every_installation_asks_first(self):
        rules = re.findall(r"^\.venv/installed\S*:.*", (ROOT / "Makefile").read_text(), re.M)
        assert len(rules) == 4
        assert all(rule.endswith("| python") for rule in rules)

    def test_the_lectures_are_run_with_pytorch(self):
        planned = subprocess.run(
            ["make", "-n", "-B", "lectures"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        assert re.search(r'--editable "\.\[.*\btorch\b.*\]"', planned)


CORE = """
import sys
import course_lib
assert set(sys.modules) - before <= {"course_lib"}, sorted(set(sys.modules) - before)
"""


def test_importing_the_package_imports_nothing_else():
    run_python("import sys; before = set(sys.modules)" + CORE)


class TestSmall:
    """With NumPy alone, the reference works; with NumPy and IPython, an assignment's questions."""

    FORBIDDEN = (
        "import sys\n"
        "class Refuse:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in {missing}:\n"
        "            raise ModuleNotFoundError(name, name=name)\n"
        "sys.meta_path.insert(0, Refuse())\n"
    )

    def without(self, *kept):
        """Python code that hides everything that the extras install, but for ``kept``."""
        hidden = {pin.name.replace("-", "_") for pin in pins()} - set(kept)
        hidden |= {"dask", "distributed", "sqlalchemy", "yaml", "IPython", "jinja2"} - set(kept)
        return self.FORBIDDEN.format(missing=sorted(hidden))

    def test_numpy_is_enough_for_the_reference(self):
        names = "nn, optim, data, metrics, training"
        run_python(self.without("numpy") + f"from course_lib import {names}")

    def test_numpy_is_enough_to_train(self):
        run_python(
            self.without("numpy")
            + "from course_lib import nn, optim, data, training\n"
            + "model = nn.Sequential(nn.Linear(2, 3))\n"
            + "training.fit(model, data.blobs(), optim.SGD(0.1), epochs=1)"
        )

    def test_numpy_is_enough_for_a_question(self):
        run_python(
            self.without("numpy", "IPython", "traitlets")
            + "import numpy as np\n"
            + "from course_lib.grading import Question, when_done\n"
            + "question = Question('double', points=1)\n"
            + "with question.check('one', points=1):\n"
            + "    question.call(lambda x: 2 * x, np.ones(3)).returns(np.full(3, 2.0))\n"
            + "assert question.result() == 1\n"
        )

    def test_the_command_says_what_it_lacks(self):
        code = "from course_lib.commands import main\nmain()"
        done = subprocess.run(
            [sys.executable, "-c", self.without("numpy") + code], capture_output=True, text=True
        )
        assert done.returncode == 2
        assert done.stderr.splitlines() == [
            "The course command needs more than the library: in the course's folder, "
            'pip install -c constraints.txt ".[grading]" (typer is missing).'
        ]


def run_python(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done
