"""Tests see a student's things as if they were their own; a verdict comes for every question."""

import os
import re
import time

import pytest
from nbformat.v4 import new_notebook

from course_lib.grading.errors import CourseProblem
from course_lib.grading.examination import endings, session, student_process
from course_lib.grading.examination import outputs as outputs_of
from course_lib.grading.examination.protocol.handles import Built, Garbage, merge
from course_lib.grading.examination.sandbox.limits import Limits
from course_lib.grading.examination.withholding import copy_library
from tests import ROOT
from tests.unit.grading.tiny_exam import POINTS, Examiner, cell, points, required, why

ANSWERS = """\
import numpy as np

class Mine(ValueError):
    pass

class Layer:
    factor = 2
    def __init__(self, size): self.size = size
    def forward(self, x): return self.factor * x
    def __add__(self, other): return Layer(self.size + other.size)
    def __eq__(self, other): return self.size == other.size

counter, table = 0, [1]

def count():
    global counter
    counter += 1
    table.append(counter)

def fill(array, things, d):
    array[:] = 7
    things.append(np.ones(2))
    d["a"] = (1, 2)

def draw(rng): return rng.normal()
def fail(kind):
    print("failing")
    raise {"mine": Mine("own words"), "key": KeyError("k"), "todo": NotImplementedError(),
           "os": FileNotFoundError(2, "gone"), "stop": StopIteration(3)}[kind]
def numbers(n):
    for i in range(n):
        yield i
def named(a, *, b=2): return a - b
def use(f): return [f(i) for i in range(3)]
def train(layer): layer.params['W'] -= 1
def replace(params): params[0] = params[0] - 1
def shift(params): params[0] -= 1
def fill_first(pair): pair[0][:] = 5
"""
TESTS = {
    "instances": "layer = Layer(3)\nassert layer.size == 3 and layer.forward(2) == 4\n"
    "layer.factor = 5\nassert layer.forward(2) == 10 and isinstance(layer, Layer)",
    "operators of what it made": "assert Layer(1) + Layer(2) == Layer(3)\n"
    "assert not Layer(1) == Layer(2)",
    "values": "assert table == [1] and counter == 0",
    "values that a call changes": "count()\ncount()\nassert counter == 2 and table == [1, 1, 2]",
    "arguments changed in place": "a, t, d = np.zeros(3), [], {}\nfill(a, t, d)\n"
    "assert a.tolist() == [7, 7, 7] and t[0].tolist() == [1, 1] and d == {'a': (1, 2)}",
    "an array replaced in a list is not the array changed": "old = np.ones(2)\np = [old]\n"
    "replace(p)\nassert p[0].tolist() == [0, 0] and old.tolist() == [1, 1]",
    "an array changed in a list": "old = np.ones(2)\np = [old]\n"
    "shift(p)\nassert p[0] is old and old.tolist() == [0, 0]",
    "an array changed in a tuple": "old = np.ones(2)\nfill_first((old, 1))\n"
    "assert old.tolist() == [5, 5]",
    "generators": "assert list(numbers(4)) == [0, 1, 2, 3]\nassert sum(numbers(4)) == 6",
    "random state": "rng, twin = np.random.default_rng(1), np.random.default_rng(1)\n"
    "assert draw(rng) == twin.normal() and rng.normal() == twin.normal()",
    "keywords": "assert named(5, b=1) == 4",
    "numpy's scalars": "assert type(named(np.float32(5), b=1)) is np.float32",
    "callbacks": "assert use(lambda i: i * i) == [0, 1, 4]",
    "its own exception": "try:\n    fail('mine')\n    assert False\nexcept ValueError as error:\n"
    "    assert type(error).__name__ == 'Mine' and str(error) == 'own words'",
    "a file's exception": "try:\n    fail('os')\n    assert False\n"
    "except FileNotFoundError as error:\n    assert error.errno == 2",
    "a missing key": "try:\n    fail('key')\n    assert False\nexcept KeyError as error:\n"
    "    assert error.args == ('k',)",
    "layers lent": "from course_lib.nn import Linear\nlayer = Linear(2, 2)\n"
    "before = layer.params['W'].copy()\ntrain(layer)\n"
    "assert np.allclose(layer.params['W'], before - 1)",
}


@pytest.mark.parametrize("test", TESTS.values(), ids=TESTS)
def test_a_test_sees_the_students_things(unsandboxed, test):
    outputs, notes = unsandboxed.test(ANSWERS, test)
    assert [out for out in outputs if out.output_type == "error"] == [], notes


def test_a_test_may_take_a_function_away(unsandboxed):
    """nbgrader's example asks in this way whether one function calls another."""
    answers = "def part(x): return x\ndef whole(x): return part(x) + 1\ndef other(x): return x"
    missed = "kept = part\ndel part\ntry:\n    {}(1)\nexcept NameError:\n    pass\n"
    back = "else:\n    raise AssertionError\npart = kept\nassert whole(1) == 2"
    outputs, notes = unsandboxed.test(answers, missed.format("whole") + back)
    assert not outputs, (outputs, notes)
    outputs, _ = unsandboxed.test(answers, missed.format("other") + back)
    assert outputs[0].ename == "AssertionError"


def test_what_a_test_took_away_is_back_for_the_next(unsandboxed):
    cells = [cell("answers", "def part(x): return x\ndef whole(x): return part(x)", solution=True)]
    cells.append(cell("first", "del part\nwhole(1)", grade=True, points=1))
    cells.append(cell("second", "assert whole(1) == part(1) == 1", grade=True, points=1))
    examined = new_notebook(cells=cells)
    unsandboxed.run(examined)
    assert examined.cells[1].outputs[0].ename == "NameError"
    assert not examined.cells[2].outputs


def test_what_a_test_gives_a_name_to_is_its_own(unsandboxed):
    answers = "def wanted(): return 0\ndef answer(): return wanted()"
    outputs, notes = unsandboxed.test(answers, "wanted = lambda: 42\nassert answer() == 0")
    assert not outputs, (outputs, notes)


FAKE = """
class Fake:
    shape, ndim, size, dtype = (2,), 1, 2, float
    def mean(self, *args, **kwargs): return 0.0
    std = min = max = sum = var = argmax = any = all = item = mean
    def ravel(self, *args): return self
    def tolist(self): return [0.0, 0.0]
    def __len__(self): return 2
    def __getitem__(self, i): return 0.0
    def __array__(self, *args, **kwargs): raise SystemExit
    def __float__(self): return 0.0
def make(): return Fake()
"""


@pytest.mark.parametrize(
    "function",
    [
        *("mean", "std", "min", "max", "sum", "shape", "size", "ndim", "ravel", "argmax"),
        *("any", "asarray", "array", "sort", "diff", "linalg.norm", "isfinite", "abs", "allclose"),
    ],
)
def test_an_object_that_answers_like_an_array_is_none(unsandboxed, function):
    more = ", 0.0" if function == "allclose" else ""
    test = f"try:\n    np.{function}(make(){more})\nexcept TypeError:\n    pass\nelse:\n"
    outputs, notes = unsandboxed.test(FAKE, test + "    raise AssertionError")
    assert not outputs, (outputs, notes)


def test_a_test_that_is_wrong_fails(unsandboxed):
    outputs, _ = unsandboxed.test(ANSWERS, "assert named(5) == 4")
    assert outputs[0].ename == "AssertionError"


def test_what_cannot_cross_says_so(unsandboxed):
    outputs, _ = unsandboxed.test(ANSWERS, "named(np.zeros(1, 'f4,i4'))")
    assert outputs[0].ename == "CantCross"


def test_a_tensor_lent_and_changed(unsandboxed):
    answers = "import torch\ndef step(p): p.data -= 1\ndef steps(ps):\n    for p in ps: step(p)"
    outputs, notes = unsandboxed.test(
        answers,
        "import torch\np, q = torch.ones(2), torch.nn.Parameter(torch.zeros(2))\n"
        "step(p)\nsteps([p, q])\nassert p.tolist() == [-1, -1] and q.tolist() == [-1, -1]",
        Limits(),
    )
    assert not outputs, (outputs, notes)


def test_a_torch_module_of_the_students(unsandboxed):
    answers = (
        "import torch\nclass Net(torch.nn.Module):\n    def __init__(self):\n"
        "        super().__init__()\n        self.layer = torch.nn.Linear(2, 1)\n"
        "    def forward(self, x): return self.layer(x)"
    )
    outputs, notes = unsandboxed.test(
        answers,
        "import torch\nnet = Net()\nassert len(list(net.parameters())) == 2\nnet.train()\n"
        "assert net(torch.ones(3, 2)).shape == (3, 1)",
        Limits(),
    )
    assert not outputs, (outputs, notes)


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("import os\ndef double(x): os._exit(3)", "exit code 3"),
        ("import ctypes\ndef double(x): ctypes.string_at(0)", "SIGSEGV"),
        ("import os\ndef double(x):\n    while True: os.fork()", "it "),
        ("def double(x):\n    while True: pass", "longer than 2 s"),
    ],
)
def test_a_question_that_ends_the_process_says_how(sandboxed, answers, said):
    examined, notes = sandboxed.examine(answers)
    assert points(examined) == POINTS | {"double": 0}
    assert any("test_double" in note and said in note for note in notes), notes
    assert any(said in str(word) for word in why(examined))


@pytest.mark.sandbox
def test_an_endless_exchange_ends(sandboxed):
    start = time.monotonic()
    examined, notes = sandboxed.examine("def apply(f, x):\n    while True: f(x)")
    assert points(examined) == POINTS | {"apply": 0}
    assert "a call took longer" in notes[0]
    assert time.monotonic() - start < 20


@pytest.mark.sandbox
def test_after_a_hang_the_earlier_checks_keep_their_points_and_the_call_is_named(sandboxed):
    outputs, notes = sandboxed.test(
        "def f(x):\n    while x > 1: pass\n    return x",
        "question = Question('f', points=1)\n"
        "with question.check('one', points=0.5):\n    question.call(f, 1).returns(1)\n"
        "with question.check('two', points=0.25):\n    question.call(f, 2).returns(2)\n"
        "with question.check('again', points=0.25):\n    question.call(f, 1).returns(1)\n"
        "question.result()",
    )
    shown = outputs[0].data["text/plain"]
    assert outputs[-1].data["text/plain"] == "0.5"
    assert "called  f with" in shown
    assert "stopped: a call took longer than 2 s" in shown
    assert "not examined" in shown
    assert "test: two: called f with 2 stopped: a call took longer" in notes[0]


@pytest.mark.sandbox
def test_who_waits_is_stopped_by_the_clock(sandboxed):
    start = time.monotonic()
    examined, notes = sandboxed.examine("import time\ndef double(x): time.sleep(1000)")
    assert points(examined) == POINTS | {"double": 0}
    assert "a call took longer than 6 s" in notes[0]
    assert 5 < time.monotonic() - start < 20


@pytest.mark.sandbox
def test_another_shape_of_an_argument_is_a_change(sandboxed):
    outputs, _ = sandboxed.test(
        "def f(x):\n    x.shape = (-1,)\n    return 1",
        "question = Question('f', points=1)\nwith question.check('left as it was'):\n"
        "    question.call(f, np.ones((2, 3))).leaves_inputs()\nquestion.result()",
    )
    assert outputs[-1].data["text/plain"] == "0.0"
    assert "argument 1 was changed" in outputs[0].data["text/plain"]


@pytest.mark.sandbox
def test_a_training_with_torch_fits_into_the_limits():
    examiner = Examiner(required())
    train = (
        "import torch\nnet = torch.nn.Sequential(torch.nn.Linear(784, 100), torch.nn.ReLU(),"
        " torch.nn.Linear(100, 10))\nopt = torch.optim.Adam(net.parameters())\n"
        "for _ in range(5):\n    opt.zero_grad()\n    net(torch.randn(256, 784)).sum().backward()\n"
        "    opt.step()"
    )
    try:
        examined, notes = examiner.examine(train, Limits())
        assert (points(examined), notes) == (POINTS, [])
    finally:
        examiner.exam.close()


@pytest.mark.sandbox
def test_a_sandbox_shows_nothing_of_the_course(sandboxed):
    here = os.path.dirname(os.path.abspath(__file__))
    examined, _ = sandboxed.examine(
        f"import os\nprint(os.path.exists({here!r}), os.listdir('/tmp/home'))"
        "\nprint(open('data.txt').read())"
        "\nprint(os.path.exists(os.path.dirname(os.__file__) + '/os.py'))"
    )
    assert examined.cells[2].outputs[0].text == "False ['data.txt']\n7\nTrue\n"


def test_a_library_without_its_answers(tmp_path):
    withheld = ["course_lib.nn.linear", "course_lib.metrics.accuracy", "course_lib.optim"]
    hidden = copy_library(["course_lib"], withheld, tmp_path)
    read = lambda name: (tmp_path / "course_lib" / name).read_text()  # noqa: E731
    assert "x @ W + b" not in read("nn/linear_layer.py")
    assert "out of reach" in read("nn/linear_layer.py")
    assert re.search(r'def linear_backward\(grad[^)]*\).*:\n    """', read("nn/linear_layer.py"))
    assert "np.mean(y_hat" not in read("metrics.py")
    assert "out of reach" in read("optim/optimizers.py")  # a package: all that is in it
    assert not list(tmp_path.rglob("*.pyc"))
    assert any(place.endswith("course_lib") for place in hidden)
    with pytest.raises(CourseProblem, match=r"nn\.nothing"):
        copy_library(["course_lib"], ["course_lib.nn.nothing"], tmp_path / "other")


SPEAKS_FOR_THE_GRADER = """
import gc, sys
from course_lib.grading.examination.protocol.channel import Frame, REQUEST, REPLY
from course_lib.grading.examination.protocol.codec import PLAIN
candidate = [one for one in gc.get_objects() if type(one).__name__ == "StudentSide"][0]
class Leaves:
    @property
    def sum(self):
        raise SystemExit
def f(g, x):
    channel, frame = candidate.link.channel, sys._getframe()
    while not (frame.f_code.co_name == "answer" and "frame" in frame.f_locals):
        frame = frame.f_back
    mine = frame.f_locals["frame"].number
    channel.send(Frame(REQUEST, 7, candidate.codec.pack([g._handle.number, [Leaves()], {}])))
    while True:
        got = channel.receive()
        if got.kind == REQUEST:
            candidate.link.serve(got)
        else:
            order = f"open({PLACE!r}, 'w').write({bytes(got.body)!r})\\n1.0"
            channel.send(Frame(REPLY, mine, PLAIN.pack(["test", order])))
"""


@pytest.mark.sandbox
def test_who_leaves_a_callback_neither_reads_the_report_nor_gives_orders(sandboxed, tmp_path):
    """The examiner once took the answer to a call that it had forgotten for an order."""
    outputs, notes = sandboxed.test(
        SPEAKS_FOR_THE_GRADER.replace("{PLACE!r}", repr(str(tmp_path / "written"))),
        "question = Question('q', points=1)\n"
        "with question.check('a function of the test'):\n"
        "    question.call(f, lambda x: np.sum(x), 3).returns(9)\n"
        "with question.check('hidden'):\n    question.equal(0, 4711, what='a secret')\n"
        "question.result()",
    )
    assert not list(tmp_path.iterdir())
    assert outputs[0].output_type == "error", (outputs, notes)


def test_a_test_that_comes_to_no_result_gives_no_points(unsandboxed):
    ended = "class Odd:\n    def result(self): pass\nodd = Odd()\nodd.result()  # nothing"
    outputs, _ = unsandboxed.test("x = 1", ended)
    assert outputs[0].ename == "NoPoints"


def test_what_a_cell_shows_is_never_taken_for_what_another_sent(unsandboxed):
    """The grader refuses more than 500,000 values; an honest cell that shows them goes on."""
    many = (
        "from IPython.display import JSON, display\nfor _ in range(9): display(JSON([0] * 300_000))"
    )
    examined, notes = unsandboxed.examine(many)
    shown = [output["data"]["text/plain"] for output in examined.cells[2].outputs]
    assert (shown[0], shown[-1]) == ("<IPython.core.display.JSON object>", "[too large to keep]")
    assert points(examined) == POINTS
    assert not notes


def test_outputs_of_all_cells_have_a_limit(unsandboxed, monkeypatch):
    monkeypatch.setattr(outputs_of, "MAX_ALL_JSON", 2000)
    examined, _ = unsandboxed.examine("print('x' * 3000)")
    assert examined.cells[2].outputs[0].ename == "TooMuch"
    assert points(examined) == POINTS


def test_a_module_that_the_test_lends_is_not_changed():
    with pytest.raises(Garbage, match="a changed module"):
        merge(os, Built(None, ("new",), {"getcwd": None}, [], []))


def test_data_that_the_library_shares_with_its_original_cannot_be_changed(sandboxed):
    code = """
import errno, os, pathlib
import course_lib
files = pathlib.Path(course_lib.__file__).parent.rglob("*.npz")
file = next(files)
acts = [lambda: os.chmod(file, 0o777), lambda: os.utime(file), lambda: open(file, "ab")]
acts += [lambda: os.truncate(file, 0), lambda: os.unlink(file), lambda: os.link(file, "x")]
for act in acts:
    try:
        act()
        print("done")
    except OSError as error:
        print(errno.errorcode[error.errno])
"""
    data = sorted((ROOT / "course_lib").rglob("*.npz"))
    before = [(one.stat().st_mode, one.stat().st_mtime_ns, one.stat().st_size) for one in data]
    examined, _ = sandboxed.examine(code)
    printed = "".join(one.get("text", "") for one in examined.cells[2].outputs)
    said = printed.replace("EACCES", "EROFS").split()  # where the grader is root, it is not theirs
    assert said == ["EROFS", "done", *["EROFS"] * 3, "EXDEV"]  # utime only seems to work
    after = [(one.stat().st_mode, one.stat().st_mtime_ns, one.stat().st_size) for one in data]
    assert before
    assert after == before


def test_a_linked_file_of_the_library_is_there(tmp_path, monkeypatch):
    """Some installers make a package of links into their store."""
    package = tmp_path / "site" / "linked_package"
    package.mkdir(parents=True)
    (tmp_path / "store.txt").write_text("data")
    (package / "__init__.py").touch()
    (package / "data.txt").symlink_to("../../store.txt")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    copy_library(["linked_package"], [], tmp_path / "copy")
    copy = tmp_path / "copy" / "linked_package" / "data.txt"
    assert not copy.is_symlink()
    assert copy.read_text() == "data"


WIRE = (
    "import gc\n"
    "from course_lib.grading.examination.protocol.channel import Channel, Frame\n"
    "channel = next(one for one in gc.get_objects() if type(one) is Channel)\n"
)
LIARS = {
    "garbage on the wire": "channel.sock.send(b'\\xff' * 13)",
    "an answer that nobody asked for": "channel.send(Frame(2, 77, b'x'))",
    "two answers": "channel.send(Frame(2, 77, b'x')); channel.send(Frame(2, 77, b'x'))",
}


@pytest.mark.parametrize("lie", LIARS.values(), ids=LIARS)
@pytest.mark.parametrize("words", ["", "?"], ids=["our words", "other words"])
def test_who_breaks_the_rules_of_the_exchange_earns_nothing_in_that_question(
    unsandboxed, monkeypatch, lie, words
):
    """Told by the kind of the end, whatever words stand in it: the check before it was right."""
    if words:
        for module in (endings, session, student_process):
            for name in ("NO_ANSWER", "UNASKED"):
                monkeypatch.setattr(module, name, words, raising=False)
    answers = f"{WIRE}def double(x):\n    if x > 1: {lie}\n    return 2 * x"
    examined, notes = unsandboxed.examine(answers)
    assert points(examined) == POINTS | {"double": 0}, (why(examined), notes)
    assert len(notes) == 1
    (stopped,) = [o for c in examined.cells for o in c.outputs if o.output_type == "error"]
    assert stopped.ename == "Stopped"
