"""The hostile corpus: each attack gets what its honest part earns and harms nothing."""

import os
import re
import resource
import time

import nbformat
import pytest

from course_lib.grading.examination.sandbox import bubblewrap
from tests import ROOT
from tests.unit.grading.tiny_exam import POINTS, points, why

CORPUS = ROOT / "tests" / "corpus" / "hostile"
HEADER = re.compile(r"^# %% ((?:\w+=[\d.]+ ?)*): ?(.+)$", re.MULTILINE)
MEMORY = 400 * 2**10  # kB that the grader may grow by over all attacks


def attacks():
    """Each attack: its name, the points that it must get, its cell."""
    for path in sorted(CORPUS.glob("*.py")):
        parts = HEADER.split(path.read_text(encoding="utf-8"))[1:]
        for told, title, source in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            wanted = {name: float(number) for name, number in re.findall(r"(\w+)=([\d.]+)", told)}
            yield pytest.param(POINTS | wanted, source, id=f"{path.stem}: {title[:60]}")


@pytest.fixture
def sandboxes(monkeypatch):
    """The process namespaces of the sandboxes that are made; open, so no number is used again."""
    made, honest = {}, bubblewrap.Sandbox.__init__

    def remember(self, *args, **kwargs):
        honest(self, *args, **kwargs)
        place = f"/proc/{self.pid}/ns/pid"
        made[os.readlink(place)] = os.open(place, os.O_RDONLY)

    monkeypatch.setattr(bubblewrap.Sandbox, "__init__", remember)
    yield made
    for namespace in made.values():
        os.close(namespace)


def living(sandboxes):
    """Processes that are still in one of the sandboxes."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.readlink(f"/proc/{pid}/ns/pid") in sandboxes:
                found.append(pid)
        except OSError:
            continue
    return found


def gone(sandboxes, seconds=10):
    """Whether all of them end, which takes the kernel a moment."""
    end = time.monotonic() + seconds
    while living(sandboxes) and time.monotonic() < end:
        time.sleep(0.02)
    return not living(sandboxes)


@pytest.mark.sandbox
@pytest.mark.parametrize(("wanted", "source"), list(attacks()))
def test_gets_what_it_earns_and_harms_nothing(sandboxed, sandboxes, tmp_path, wanted, source):
    canary = tmp_path / "canary"
    canary.mkdir()
    (canary / "secret.txt").write_text("a secret kept: 123454321, BEGIN HIDDEN TESTS")
    source = source.replace("CANARY", str(canary)).replace("PROJECT", str(ROOT))
    examined, notes = sandboxed.examine(source)
    assert points(examined) == wanted, (notes, why(examined))
    assert [path.name for path in canary.iterdir()] == ["secret.txt"]
    assert (canary / "secret.txt").read_text().startswith("a secret")
    assert gone(sandboxes)
    nbformat.write(examined, tmp_path / "examined.ipynb")
    nbformat.validate(nbformat.read(tmp_path / "examined.ipynb", as_version=4))


@pytest.mark.sandbox
def test_the_grader_is_as_small_as_before_and_grades_on(sandboxed, sandboxes):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    grabby = "data = [b'x' * 2**20 for _ in range(10**4)]"
    for _ in range(3):
        assert points(sandboxed.examine(grabby)[0]) == POINTS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEMORY
    assert points(sandboxed.examine("")[0]) == POINTS
    assert gone(sandboxes)
