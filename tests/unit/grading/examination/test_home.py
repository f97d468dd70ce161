"""A cell does in grading what it does at home, also what only another place could do."""

import re
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course_lib.grading.examination.sandbox.limits import Limits
from tests.unit.grading.tiny_exam import LIMITS, POINTS, notebook, points, why

needs_an_old_python = pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="this Python understands what is tried here"
)
HELPERS = {
    "helpers.py": b"def twice(x):\n    return 2 * x\n",
    "utils/__init__.py": b"from .more import thrice\n",
    "utils/more.py": b"def thrice(x):\n    return 3 * x\n",
    "data.txt": b"7",
    "sub/table.csv": b"1,2\n",
}
SHADOWS = {  # named as what the grader uses itself
    f"{name}.py": b"raise RuntimeError('not me')\n"
    for name in ("numpy", "course_lib", "random", "IPython", "traitlets", "json", "msgpack", "ast")
}
DOUBLE = "def double(x):\n    return {}"


def examine(examiner, answers, files=HELPERS, limits=LIMITS):
    examined = notebook(answers)
    return examined, examiner.run(examined, dict(files), limits)


IMPORTS = {
    "a module": "from helpers import twice\n" + DOUBLE.format("twice(x)"),
    "a package": "from utils import thrice\n" + DOUBLE.format("thrice(x) - x"),
    "a module in a package": "import utils.more as m\n" + DOUBLE.format("m.thrice(x) - x"),
    "in the function": "def double(x):\n    from helpers import twice\n    return twice(x)",
    "in a process of its own": "import subprocess, sys\n"
    "out = subprocess.run([sys.executable, '-c', 'import helpers; print(helpers.twice(1))'],"
    " capture_output=True, text=True).stdout\n" + DOUBLE.format("x * int(out)"),
    "data": "table = [int(n) for n in open('sub/table.csv').read().split(',')]\n"
    + DOUBLE.format("table[1] * x"),
}


@pytest.mark.sandbox
@pytest.mark.parametrize("answers", IMPORTS.values(), ids=IMPORTS)
def test_what_lies_beside_the_notebook_is_there(sandboxed, answers):
    examined, notes = examine(sandboxed, answers)
    assert (points(examined), notes) == (POINTS, []), why(examined)


@pytest.mark.sandbox
def test_a_module_that_a_cell_writes_is_there(sandboxed):
    examined = notebook("%%writefile mylib.py\nfactor = 3")
    more = notebook("import mylib\nfirst = mylib.factor").cells[2]
    again = notebook("%%writefile mylib.py\nfactor = 2").cells[2]
    last = notebook(
        "import importlib\nimportlib.reload(mylib)\n"
        + DOUBLE.format("mylib.factor * x * first / 3")
    ).cells[2]
    examined.cells[3:3] = [more, again, last]
    notes = sandboxed.run(examined)
    assert (points(examined), notes) == (POINTS, []), why(examined)


@pytest.mark.sandbox
def test_no_file_of_a_students_stands_for_what_the_grader_uses(sandboxed):
    answers = "import numpy as np, random, json\n" + DOUBLE.format("np.add(x, x).item()")
    examined, notes = examine(sandboxed, answers, SHADOWS)
    assert (points(examined), notes) == (POINTS, []), why(examined)


ELSEWHERE = {  # what stands above the function, and what the instructor reads of it
    "%matplotlib widget": "%matplotlib widget (",
    "import matplotlib, matplotlib.pyplot as plt\nmatplotlib.use('TkAgg')": (
        "matplotlib.use('TkAgg') (ImportError"
    ),
    "%load_ext lab_black": "%load_ext lab_black (ModuleNotFoundError",
    "%nosuchmagic 3": "%nosuchmagic 3 (UsageError",
    "get_ipython().kernel.do_shutdown(True)": "get_ipython().kernel.do_shutdown(True) (Attr",
    "ip = get_ipython()\nip.kernel.shell": "ip.kernel.shell (AttributeError",
    "from google.colab import files\nup = files.upload()\nfor name in up:\n    print(name)": (
        "from google.colab import files (ModuleNotFoundError: No module named 'google"
    ),
    "from google.colab import drive\ndrive.mount('/content/drive')": "from google.colab import dri",
    "%pip install -q einops\nimport einops": "import einops (ModuleNotFoundError",
    "!pip install einops\nfrom einops import rearrange": "from einops import rearrange (Mod",
    "import ipympl": "import ipympl (Mod",
    "x = open('/kaggle/input/x/train.csv').read()\nn = len(x)": (
        "x = open('/kaggle/input/x/train.csv').read() (FileNotFoundError"
    ),
    "import os\nos.chdir('/content/drive/MyDrive')": "os.chdir('/content/drive/MyDrive') (File",
    "import urllib.request as r\nr.urlopen('http://example.org')": "r.urlopen('http://example",
    "import os\nkey = os.environ['WANDB_KEY']\nprint(key)": "key = os.environ['WANDB_KEY'] (",
    "from subprocess import check_call\ncheck_call(['pip', 'install', 'x'])": "check_call(['pip',",
    "breakpoint()": "breakpoint() (BdbQuit",
    "from os import path\nhere = path.dirname(__vsc_ipynb_file__)": "here = path.dirname(__vsc_",
    "import pathlib\nhere = pathlib.Path(__session__).parent": "here = pathlib.Path(__session__)",
    "import tkinter\nroot = tkinter.Tk()\nroot.title('x')": "root = tkinter.Tk() (TclError",
    "import locale\nlocale.setlocale(locale.LC_ALL, 'xx_YY.UTF-8')": "locale.setlocale(locale.LC_A",
    "def cuda():\n    raise AssertionError('Torch not compiled with CUDA enabled')\nx = cuda()": (
        "x = cuda() (AssertionError: Torch not compiled with CUDA"
    ),
    "def cuda():\n    raise RuntimeError('Found no NVIDIA driver on your system.')\ncuda()": (
        "cuda() (RuntimeError: Found no NVIDIA driver"
    ),
    "import numpy as np, torch": "import numpy as np, torch (ImportError: torch is out of reach",
    "name = input('Your name? ')\nprint(name)": "name = input('Your name? ') (EOFError",
    "%cd /content/drive\n%pip list\n!nvidia-smi": None,
    "%matplotlib inline\n%config InlineBackend.figure_format = 'retina'": None,
}


@pytest.mark.sandbox
@pytest.mark.parametrize(("above", "said"), ELSEWHERE.items(), ids=ELSEWHERE)
def test_what_only_another_place_can_do_does_not_take_its_cell_along(sandboxed, above, said):
    limits = Limits(cell=20, call=4, notebook=60, memory=2**30, disk=2**25, processes=48)
    examined, notes = examine(sandboxed, f"{above}\n{DOUBLE.format('x + x')}", limits=limits)
    assert points(examined) == POINTS, (why(examined), notes)
    if said is None:
        assert notes == []
        return
    assert notes[0].startswith(f"cell answers ran without: {said}"), notes
    shown = [one.data["text/plain"] for one in examined.cells[2].outputs if "data" in one]
    assert shown[0].startswith("Left out, because it can't be done where this is graded: ")
    assert not [one for one in examined.cells[2].outputs if one.output_type == "error"]


@pytest.mark.sandbox
def test_another_notebook_beside_can_be_run(sandboxed):
    cells = [new_code_cell("one = 1")]
    other = nbformat.writes(new_notebook(cells=cells)).encode()
    answers = "%run mine.ipynb\n" + DOUBLE.format("2 * x * one")
    examined, notes = examine(sandboxed, answers, {"mine.ipynb": other})
    assert (points(examined), notes) == (POINTS, []), why(examined)


@pytest.mark.sandbox
def test_a_withheld_function_does_not_take_its_cell_along(sandboxed):
    above = "from course_lib.metrics import accuracy\naccuracy([1], [1])"
    examined, notes = examine(sandboxed, f"{above}\n{DOUBLE.format('x + x')}\nprint(double(4))")
    assert points(examined) == POINTS
    assert notes == [
        "cell answers ran without: course_lib.metrics.accuracy is out of reach here: "
        "this assignment asks you to write it"
    ]
    assert [one.output_type for one in examined.cells[2].outputs] == ["error", "stream"]


ENDS = {
    "a mistake": "1 / 0",
    "a name that nobody defined": "undefined",
    "an end": "raise SystemExit",
    "an assertion": "assert False",
    "an error of its own": "raise RuntimeError('stop here')",
}


@pytest.mark.sandbox
@pytest.mark.parametrize("statement", ENDS.values(), ids=ENDS)
def test_any_other_error_ends_its_cell_as_at_home(sandboxed, statement):
    examined, notes = examine(sandboxed, f"{statement}\n{DOUBLE.format('0')}")
    assert (points(examined), notes) == (POINTS, []), why(examined)


def test_a_test_that_lacks_something_fails(unsandboxed):
    outputs, _ = unsandboxed.test("x = 1", "import not_there_at_all\nassert x == 1")
    assert outputs[-1].ename == "ModuleNotFoundError"


STATES = {
    "warnings": "import warnings\nwarnings.simplefilter('error')\n"
    "def double(x):\n    warnings.warn('slow')\n    return 2 * x",
    "numpy's errors": "import numpy as np\nnp.seterr(all='raise')\n" + DOUBLE.format("2 * x"),
    "printing": "np.set_printoptions(legacy='1.13', threshold=1)\n" + DOUBLE.format("2 * x"),
    "seeds": "import random\nrandom.seed(1)\nnp.random.seed(1)\n" + DOUBLE.format("2 * x"),
    "a folder": "import os\nos.makedirs('new')\nos.chdir('new')\n" + DOUBLE.format("2 * x"),
    "default_rng": "np.random.default_rng = None\n" + DOUBLE.format("2 * x"),
    "streams": "import sys, io\nsys.stdout = sys.stderr = io.StringIO()\n" + DOUBLE.format("2 * x"),
    "builtins": "sum = len = abs = 3\n" + DOUBLE.format("2 * x"),
    "a short stack": "import sys\nsys.setrecursionlimit(150)\n" + DOUBLE.format("2 * x"),
    "floats by default": "import decimal, locale\ndecimal.getcontext().prec = 2\n"
    + DOUBLE.format("2 * x"),
}


@pytest.mark.parametrize("answers", STATES.values(), ids=STATES)
def test_what_a_student_sets_hurts_no_test(unsandboxed, answers):
    examined, notes = examine(unsandboxed, answers)
    assert (points(examined), notes) == (POINTS, []), why(examined)


PRECISE = "import torch\ntorch.set_default_dtype(torch.float64)\nlayer = torch.nn.Linear(2, 1)"
USES = (
    "import torch\ndef use(x): return layer(x)\n"
    "class Net(torch.nn.Module):\n    def __init__(self):\n        super().__init__()\n"
    "        self.layer = torch.nn.Linear(2, 1)\n    def forward(self, x): return self.layer(x)"
)


@pytest.mark.parametrize(
    ("before", "dtype"),
    [
        (PRECISE, "torch.float64"),
        ("import torch\nlayer = torch.nn.Linear(2, 1)", "torch.float32"),
        ("import torch\ntorch.set_default_dtype(torch.float16)\nlayer = lambda x: x[:, :1]", ""),
    ],
)
def test_a_test_has_the_precision_that_it_has_at_home(unsandboxed, before, dtype):
    outputs, notes = unsandboxed.test(
        f"{before}\n{USES}",
        f"import torch\nx = torch.ones(3, 2)\nassert str(x.dtype) == {dtype or 'torch.float32'!r}\n"
        "assert use(x).shape == (3, 1)\nassert Net() is not None",
        Limits(),
    )
    assert not outputs, (outputs, notes)


@needs_an_old_python
@pytest.mark.parametrize(
    ("answers", "files", "said"),
    [
        ('print(f"{d["a"]}")\n' + DOUBLE.format("2 * x"), {}, "uses an f-string with quotes"),
        ("type X = int\n" + DOUBLE.format("2 * x"), {}, "uses a type statement"),
        (
            "from new import double",
            {"new.py": b"def double[T](x: T) -> T:\n    return x + x\n"},
            "new.py uses type parameters",
        ),
    ],
)
def test_newer_python_is_named_with_its_version(unsandboxed, answers, files, said):
    examined, notes = examine(unsandboxed, answers, files)
    assert points(examined) == POINTS  # of the honest answer that stands above
    here = f"Python 3.{sys.version_info.minor}"
    wanted = rf"cell answers: {said}.* \(Python 3.12 or newer\); graded with {here}, where .*"
    (note,) = notes
    assert re.fullmatch(wanted, note)
    assert examined.cells[2].outputs[-1].traceback == [note.removeprefix("cell answers: ")]


def test_what_is_no_python_stays_a_syntax_error(unsandboxed):
    examined, notes = examine(unsandboxed, "def double(x) return x", {})
    assert notes == []
    assert [one.ename for one in examined.cells[2].outputs] == ["SyntaxError"]


def with_own_cells(*sources, answers=""):
    examined = notebook(answers)
    cells = [new_code_cell(source, id=f"own-{i}") for i, source in enumerate(sources)]
    examined.cells[3:3] = cells
    return examined


def test_a_long_training_costs_no_question_after_it(unsandboxed):
    slow = "import time\ntime.sleep(5)\ndone = True"
    factor = "def factor():\n    return 2"
    examined = with_own_cells(
        slow, slow, slow, factor, answers="def double(x): return factor() * x"
    )
    limits = Limits(cell=8, call=4, notebook=9, memory=2**30, disk=2**25, processes=48)
    notes = unsandboxed.run(examined, limits=limits)
    assert points(examined) == POINTS, (why(examined), notes)
    (note,) = [one for one in notes if "as a whole" in one]
    assert note.startswith(
        "the notebook as a whole took longer than 9 s (cells that took most: own-"
    )
    assert "own-0 5 s" in note
    assert "own-1" in note
    assert "own-2" not in note
    assert examined.cells[5].outputs[0].evalue.endswith("9 s; this was not run")


def test_a_process_that_dies_late_is_replaced_without_the_slow_cells(unsandboxed):
    slow = "import time\ntime.sleep(4)"
    dies = "import os\ndef double(x): os._exit(1)"
    examined = with_own_cells(slow, slow, answers=dies)
    limits = Limits(cell=8, call=4, notebook=9, memory=2**30, disk=2**25, processes=48)
    notes = unsandboxed.run(examined, limits=limits)
    assert points(examined) == POINTS | {"double": 0}, (why(examined), notes)
    wanted = "test_double: one: called double with 1 stopped: it ended itself (exit code 1)"
    assert wanted in notes


def test_all_of_it_has_an_end(unsandboxed):
    slow = "import time\ndef double(x):\n    time.sleep(2)\n    return 2 * x"
    examined = notebook(f"{slow}\ntime.sleep(2.5)")
    limits = Limits(cell=4, call=3, notebook=2, memory=2**30, disk=2**25, processes=48)
    notes = unsandboxed.run(examined, limits=limits)
    assert points(examined)["last"] == 0
    assert "took longer than 2 s" in notes[0]
