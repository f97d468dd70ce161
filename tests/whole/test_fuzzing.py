"""Random submissions and messages: each costs itself alone, in a sentence.

In CI a minute, with the same examples each time. By hand for as long as you like, each time others:
``COURSE_FUZZ=500 python -m pytest -p no:nbval -o addopts= tests/whole/test_fuzzing.py`` tries 500
times as many, which takes some hours. What it finds becomes a test of its own, then a fix.
"""

import contextlib
import copy
import json
import math
import os
import random
import shutil
import socket
import stat
import time

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_lib.grading.classroom import fingerprints, grading
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.prepare import prepare, released_assignment
from course_lib.grading.classroom.record import REPORT
from course_lib.grading.classroom.release import release
from course_lib.grading.classroom.run_converter import is_foreseen
from course_lib.grading.examination import exams, outputs, test_side
from course_lib.grading.examination.exams import Examined
from course_lib.grading.examination.protocol import channel as wire
from course_lib.grading.examination.protocol.codec import PLAIN
from course_lib.grading.examination.protocol.handles import Garbage
from course_lib.grading.submissions.files import copy_ordinary_files, find_files
from tests.unit.grading.tiny_course import ESSAY, NAME, Class, make_course

TIMES = int(os.environ.get("COURSE_FUZZ", "1"))
SECONDS = 60  # that one example may take on a busy machine


def fuzz(examples):
    """Settings for a test with so many examples, in CI the same ones each time."""
    return settings(
        max_examples=examples * TIMES,
        derandomize=TIMES == 1,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


NAMES = [
    *("cells", "metadata", "source", "outputs", "cell_type", "id", "nbformat", "attachments"),
    *("nbgrader", "grade_id", "points", "grade", "locked", "solution", "schema_version", "tags"),
    *("kernelspec", "name", "worksheets", "input", "execution_count", "data", "text/plain"),
    *("test_double", "double", "essay", "code", "markdown", "raw", "heading", "x\ny", "\ud800"),
]
texts = st.text(max_size=20) | st.sampled_from(NAMES)
numbers = st.integers() | st.floats() | st.sampled_from([10**400, -1, 0, math.inf, math.nan])
anything = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
ODD = [None, True, -1, 10**400, math.nan, "", "x", [], [[]], {}, {"a": [1]}, "\ud800", ["a", 5]]


def places(value, path=()):
    """All paths into a JSON value."""
    yield path
    items = value.items() if isinstance(value, dict) else ()
    for key, inner in enumerate(value) if isinstance(value, list) else items:
        yield from places(inner, (*path, key))


def mutated(value, rng, often=3):
    """A copy of a JSON value with some of its parts replaced, removed, repeated or exchanged."""
    value = copy.deepcopy(value)
    for _ in range(rng.randint(1, often)):
        everywhere = list(places(value))[1:]
        if not everywhere:
            break
        *above, key = rng.choice(everywhere)
        parent = value
        for step in above:
            parent = parent[step]
        what = rng.randrange(4)
        if what == 0:
            del parent[key]
        elif what == 1 and isinstance(parent, list):
            parent.insert(key, copy.deepcopy(parent[key]))
        elif what == 2 and isinstance(parent, dict):
            parent[rng.choice(NAMES)] = parent.pop(key)
        else:
            parent[key] = copy.deepcopy(rng.choice(ODD))
    return value


def damaged(data, rng):
    """Bytes with some of them lost, changed, repeated or put in."""
    for _ in range(rng.randint(0, 3)):
        at, size = rng.randrange(len(data) + 1), rng.choice([1, 2, 10, 1000])
        put_in = rng.choice(
            [b"", b"\xff", b'"', b"[", b"\\", bytes([rng.randrange(256)]), data[:50]]
        )
        data = data[:at] + put_in + data[at + rng.choice([0, size]) :]
    return data


@pytest.fixture(scope="module")
def students(tmp_path_factory, gradebook):
    """A released tiny course with an essay."""
    root = make_course(tmp_path_factory.mktemp("fuzzing"), gradebook, ESSAY)
    release(Course(root), NAME)
    students = Class(root)
    students.assignment = released_assignment(Course(root), NAME)
    return students


@pytest.fixture(scope="module")
def right(students):
    """What a right student hands in, as JSON, with outputs and an attachment."""
    students.hand_in("right")
    content = json.loads((students.folder("right") / f"{NAME}.ipynb").read_text())
    result = {"output_type": "execute_result", "execution_count": 1, "metadata": {}}
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [result | {"data": {"text/plain": "2.0"}}]
        else:
            cell["attachments"] = {"a.png": {"image/png": "AAAA"}}
    shutil.rmtree(students.folder("right").parent)
    return content


def notebook_bytes(right, whole, rng):
    content = mutated(right, rng) if whole is None else whole
    text = json.dumps(content, ensure_ascii=rng.random() < 0.5)
    encoding = rng.choice(["utf-8"] * 8 + ["utf-16", "cp1252"])
    data = text.encode(encoding, "replace")
    return damaged(data, rng) if rng.random() < 0.3 else data


seeds = st.integers(0, 2**63)
wholes = st.none() | st.none() | st.none() | anything  # mostly a right notebook, mutated


@fuzz(200)
@given(wholes, seeds)
def test_a_notebook_becomes_one_that_is_valid_or_is_refused_in_a_sentence(
    students, right, whole, seed
):
    folder = students.root / "fuzzed"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / f"{NAME}.ipynb").write_bytes(notebook_bytes(right, whole, random.Random(seed)))
    start = time.monotonic()
    submission = prepare("eve", folder, students.root / "copy", students.assignment, 10**6)
    assert time.monotonic() - start < SECONDS
    if submission.error is not None:
        assert is_foreseen(submission.error), submission.error
        return
    notebook = submission.notebooks[NAME]
    nbformat.validate(notebook)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    assert {"test_double", "test_triple"} <= {
        cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells
    }


STREAM = {"output_type": "stream", "name": "stdout", "text": "x"}
ERROR = {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["a", "b"]}
SHOWN = {"output_type": "display_data", "data": {"text/html": ["<b>", "x"]}, "metadata": {}}
RESULT = SHOWN | {"output_type": "execute_result", "execution_count": 3}
POINTS = RESULT | {"data": {"text/plain": "1.0"}}
OUTPUTS = [
    STREAM,
    ERROR,
    SHOWN,
    RESULT,
    SHOWN | {"data": {"application/json": {"b": [1]}, "image/png": "A"}},
]


def shown_by(rng):
    """Outputs as a student's process may send them; none if they are refused."""
    content = mutated(rng.sample(OUTPUTS, 3), rng, often=1)
    try:
        return outputs.from_json(json.dumps(content).encode())
    except Garbage:
        return []


@pytest.mark.slow
@fuzz(12)
@given(wholes, seeds)
def test_grading_ends_for_each_with_a_result_and_no_fault(students, right, whole, seed):
    """All but the sandbox: prepared, with outputs that a student's process could send, recorded."""
    rng = random.Random(seed)
    (students.folder("eve") / f"{NAME}.ipynb").write_bytes(notebook_bytes(right, whole, rng))

    def examine(required, notebook, files, limits, stop=None):
        examined = copy.deepcopy(notebook)
        for cell in examined.cells:
            if cell.cell_type == "code":
                cell.outputs = shown_by(rng)
                if "test" in cell.metadata.get("nbgrader", {}).get("grade_id", ""):
                    cell.outputs = outputs.of_test(copy.deepcopy([POINTS]), 2, True)
        return Examined(examined, ["a note"])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exams, "examine", examine)
        patch.setattr(exams, "warm_up", lambda required: None)
        (result,) = grading.grade(Course(students.root), NAME, ["eve"], again=True, sandbox="none")
    assert REPORT not in result.notes, result
    assert not any("no feedback page" in note for note in result.notes), result


letters = st.sampled_from(
    [b"a", b"\xff", b"\n", b"\x1b", b" ", b".", b"*", b"\xc3\xa9", b"x" * 250]
)
names = st.lists(letters, min_size=1, max_size=2).map(b"".join).filter(lambda n: n.strip(b"."))
KINDS = ["file", "file", "folder", "link", "loop", "pipe", "socket", "sparse", "notebook", "closed"]
trees = st.lists(
    st.tuples(st.lists(names, min_size=1, max_size=5), st.sampled_from(KINDS)), max_size=12
)


def grow(folder, tree):
    """Put a tree of odd files into ``folder``, as far as it can be made."""
    closed = []
    for parts, kind in tree:
        path = os.path.join(os.fsencode(folder), *parts)
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if kind == "folder":
                os.mkdir(path)
            elif kind in ("link", "loop"):
                os.symlink(b"/dev/zero" if kind == "link" else os.path.basename(path), path)
            elif kind == "pipe":
                os.mkfifo(path)
            elif kind == "socket":
                os.mknod(path, stat.S_IFSOCK | 0o600)
            elif kind == "notebook":
                os.makedirs(os.path.join(path, f"{NAME}.ipynb".encode()))
            else:
                with open(path, "xb") as file:  # what is there may be a pipe, which waits
                    file.truncate(10**11 if kind == "sparse" else 10)
                if kind == "closed":
                    closed.append(path)
        except OSError:
            continue
    for path in closed:
        os.chmod(path, 0)


@fuzz(60)
@given(trees, st.sampled_from(["timestamp.txt", f"{NAME}.ipynb", "data"]), seeds)
def test_a_folder_is_copied_and_what_is_left_out_is_named(students, tree, special, seed):
    folder, to = students.root / "tree", students.root / "tree-copy"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    grow(folder, [*tree, ([special.encode()], KINDS[seed % len(KINDS)])])
    start = time.monotonic()
    fingerprints.fingerprint(Course(students.root), folder)
    left_out = copy_ordinary_files(folder, to)
    assert time.monotonic() - start < SECONDS
    copied = find_files(to).files if to.exists() else []
    assert all(note.isprintable() for note in left_out)
    assert {file.path for file in copied} <= {file.path for file in find_files(folder).files}
    submission = prepare("eve", folder, to, students.assignment, 10**6)
    assert submission.error is None or is_foreseen(submission.error), submission.error


data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
ANSWER = {
    "result": 1,
    "changed": {0: PLAIN.pack([1])},
    "printed": "x",
    "names": {"a": PLAIN.pack(1)},
}
FAILED = {
    "mro": [("builtins", "ValueError")],
    "message": "m",
    "args": [1],
    "where": "",
    "ours": False,
}


@fuzz(400)
@given(st.sampled_from([ANSWER, FAILED]) | data, seeds, st.sampled_from([wire.REPLY, wire.FAILURE]))
def test_an_answer_of_the_students_is_one_or_stops_the_test(value, seed, kind):
    rng = random.Random(seed)
    if isinstance(value, dict) and rng.random() < 0.7:
        value = mutated(value, rng)
    try:
        body = damaged(PLAIN.pack(value), rng)
    except TypeError:  # a value that is no message
        return
    side = test_side.TestSide(None, None)
    side.link.ask = lambda sent: wire.Frame(kind, 1, body)
    what = rng.choice([("get", "x"), ("have", ["x"]), ("act", 1, "__call__", [[1], {"a": 2}], {})])
    start = time.monotonic()
    with contextlib.suppress(
        Exception, test_side.Stopped, SystemExit
    ):  # the student's code raised, or ended
        side.ask(*what)
    assert time.monotonic() - start < SECONDS


@fuzz(400)
@given(st.binary(max_size=400), seeds)
def test_bytes_on_the_wire_are_frames_or_garbage(content, seed):
    rng = random.Random(seed)
    frames = [wire.HEADER.pack(rng.choice([1, 2, 3, 4, 9]), seed, len(content)) + content] * 2
    sender, receiver = socket.socketpair()
    with sender, receiver:
        sender.sendall(damaged(b"".join(frames), rng))
        sender.shutdown(socket.SHUT_WR)
        one = wire.Channel(receiver)
        try:
            while True:
                frame = one.receive(time.monotonic() + 5)
                PLAIN.unpack(frame.body)
        except (Garbage, wire.Closed):
            pass


@fuzz(400)
@given(st.none() | anything, seeds)
def test_outputs_are_some_that_a_notebook_can_hold_or_garbage(value, seed):
    rng = random.Random(seed)
    content = mutated(OUTPUTS, rng) if value is None else value
    try:
        shown = outputs.from_json(damaged(json.dumps(content).encode(), rng))
    except Garbage:
        return
    cell = nbformat.v4.new_code_cell("x", outputs=shown)
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
