"""A class with hostile and broken submissions in it, graded in runs that are killed.

By hand, as an ordinary user, and with as many students as you have time for:
``python -m tests.whole.hostile_class --students 1000 --workers 2``. It checks that nothing is lost,
nothing is doubled, every honest student has full marks, and that the memory of the grader stays
flat. ``test_hostile_class.py`` is a small one.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from nbgrader.api import Gradebook

from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.grading import grade
from course_lib.grading.classroom.release import release
from course_lib.grading.classroom.result import Result
from course_lib.grading.proof.answer_files import fill
from tests.unit.grading.tiny_course import NAME, Class, make_course
from tests.whole.hostile_submissions import NEED_AN_ORDINARY_USER, SUBMISSIONS, fits, hand_in

ANSWERS = {
    "double": "def double(x):\n    return x + x",
    "triple": "def triple(x):\n    return 3 * x",
}
SAMPLE = 0.2  # seconds between two looks at the memory


@dataclass
class HostileClass:
    """A course folder with its students: {id: name of the hostile submission, "" if honest}."""

    root: Path
    students: dict[str, str]
    memory: list[list[int]] = field(default_factory=list)  # bytes, of each run over time

    @classmethod
    def make(cls, root: Path, size: int, hostile: int) -> HostileClass:
        """Hand in ``size`` submissions, ``hostile`` of them of all kinds, evenly spread."""
        empty = root.parent / "gradebook.db"
        if not empty.exists():
            Gradebook(f"sqlite:///{empty}").close()
        root.mkdir(exist_ok=True)
        make_course(root, empty, timeout=20)
        release(Course(root), NAME)
        notebook = fill(Class(root).released(), ANSWERS)
        kinds = [kind for kind in SUBMISSIONS if os.geteuid() or kind not in NEED_AN_ORDINARY_USER]
        every = max(1, size // hostile)
        students = {}
        for number in range(size):
            turn, rest = divmod(number, every)
            kind = kinds[turn % len(kinds)] if not rest and turn < hostile else ""
            student = f"s{number:04}"
            students[student] = kind
            if kind:
                hand_in(root / "submitted", kind, student, notebook)
            else:
                Class(root).scratch.hand_in(student, NAME, notebook)
        return cls(root, students)

    def recorded(self) -> int:
        """How many submissions have been graded to the end."""
        return len(list((self.root / ".graded" / NAME).glob("s*.json")))

    def run(self, workers: int, until: int | None = None) -> None:
        """``course grade`` from the command line; killed once ``until`` are recorded."""
        command = [Path(sysconfig.get_path("scripts"), "course"), "grade", NAME]
        command += ["--workers", str(workers)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        used: list[int] = []
        with subprocess.Popen(command, cwd=self.root, **quiet) as process:
            grader = psutil.Process(process.pid)
            while process.poll() is None:
                used.append(_memory(grader))
                if until is not None and self.recorded() >= until:
                    started = grader.children(recursive=True)
                    os.kill(process.pid, signal.SIGKILL)
                    process.wait()
                    left = psutil.wait_procs(started, timeout=60)[1]
                    assert not left, f"processes outlived a killed run: {left}"
                time.sleep(SAMPLE)
        self.memory.append(used)

    def results(self) -> dict[str, Result]:
        """What a last run, which has little left to do, says of each."""
        course = Course(self.root)
        graded = list(grade(course, NAME, course.students(NAME), workers=1))
        twice = [who for who, times in Counter(one.student for one in graded).items() if times > 1]
        assert not twice, f"graded twice: {twice}"
        return {result.student: result for result in graded}

    def problems(self, results: dict[str, Result]) -> list[str]:
        """What is not as it must be, a line each."""
        wrong = [f"{student}: lost" for student in self.students if student not in results]
        with Course(self.root).gradebook() as gradebook:
            rows = Counter(one.student.id for one in gradebook.assignment_submissions(NAME))
            scores = {one.student.id: one.score for one in gradebook.assignment_submissions(NAME)}
        wrong += [f"{student}: {times} rows" for student, times in rows.items() if times > 1]
        for student, kind in self.students.items():
            result = results.get(student)
            if result is None:
                continue
            good = fits(kind, result.score, result.problem) if kind else result.score == 5
            if not good or (not kind and (result.problem or result.notes)):
                wrong.append(f"{student}: {kind or 'honest'}: {result}")
            if scores.get(student, 0) != result.score:
                wrong.append(f"{student}: {scores.get(student)} in the gradebook")
            if "fault of the grader" in "".join(result.notes):
                wrong.append(f"{student}: {kind}: {result.problem}: a fault of the grader")
        left = self.root / ".taken-in"
        return wrong + [f"{left} was left behind"] * left.exists()


def _memory(process: psutil.Process) -> int:
    """Bytes of the grader itself; those of files that it maps can be given back at any time."""
    try:
        with open(f"/proc/{process.pid}/status") as status:
            lines = dict(line.split(":", 1) for line in status)
        return 1024 * int(lines["RssAnon"].split()[0])
    except (OSError, KeyError):
        return 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=1000)
    parser.add_argument("--share", type=float, default=0.1, help="of them, hostile or broken")
    parser.add_argument("--workers", type=int, default=2)
    told = parser.parse_args()
    scripts = sysconfig.get_path("scripts")  # nbgrader starts alembic by its name
    os.environ["PATH"] = os.pathsep.join([scripts, os.environ.get("PATH", "")])
    if not os.geteuid():
        print("As root, the rights of files stop nobody: cases that need it are left out.")
    with tempfile.TemporaryDirectory(prefix="hostile-class-", ignore_cleanup_errors=True) as folder:
        size = told.students
        begin = time.monotonic()
        one = HostileClass.make(Path(folder, "course"), size, round(size * told.share))
        start = time.monotonic()
        print(f"{size} handed in after {start - begin:.0f} s", flush=True)
        for until in (size // 3, 2 * size // 3, None):
            one.run(told.workers, until)
            used = [use for use in one.memory[-1] if use]
            half = used[len(used) // 2 :]
            print(
                f"{one.recorded()} recorded after {time.monotonic() - start:.0f} s; memory "
                f"{min(half) / 2**20:.0f} to {max(half) / 2**20:.0f} MiB in the second half of the "
                f"run, at most {max(used) / 2**20:.0f}",
                flush=True,
            )
        problems = one.problems(one.results())
        print("\n".join(problems) or "nothing lost, nothing doubled, everybody has what is due")
        for path in (Path(folder) / "course" / "submitted").glob("*"):
            path.chmod(0o700)
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
