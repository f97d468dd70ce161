"""A class at a time: in parallel, resumed, on a cluster; nothing lost, nothing doubled."""

import os
import signal
import subprocess
import sys
import sysconfig
import threading
import time
from pathlib import Path

import nbformat
import psutil
import pytest

from course_lib.grading.classroom import grading, prepare, record
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.pool import in_threads
from course_lib.grading.classroom.release import release
from course_lib.grading.errors import CourseProblem
from course_lib.grading.examination import exams
from course_lib.grading.examination.sandbox import diagnosis
from tests.unit.grading.tiny_course import NAME, SOURCE, Class, cell, make_course, wait_for

STUDENTS = [f"s{number}" for number in range(6)]
COURSE = Path(sysconfig.get_path("scripts"), "course")


@pytest.fixture
def students(course):
    """Six right submissions of a released assignment."""
    release(Course(course), NAME)
    students = Class(course)
    for name in STUDENTS:
        students.hand_in(name)
    return students


def graded(root, names=STUDENTS, **how):
    return {result.student: result for result in grading.grade(Course(root), NAME, names, **how)}


def scores(root):
    with Course(root).gradebook() as gradebook:
        return {one.student.id: one.score for one in gradebook.assignment_submissions(NAME)}


def test_only_what_is_new_or_changed_is_graded_again(students):
    first = graded(students.root)
    assert [result.new for result in first.values()] == [True] * 6
    students.hand_in("s2", double="return 2")
    second = graded(students.root)
    assert [name for name, result in second.items() if result.new] == ["s2"]
    assert {name: result.score for name, result in second.items()} == scores(students.root)
    assert second["s2"].score == 4
    assert all(result.new for result in graded(students.root, again=True).values())


def test_a_run_that_has_nothing_to_grade_starts_no_process(students, monkeypatch):
    started, start = [], exams.ForkServer
    monkeypatch.setattr(exams, "ForkServer", lambda *args: started.append(args) or start(*args))
    exams.WARM.close()
    graded(students.root)
    assert len(started) == 2
    exams.WARM.close()
    assert not any(result.new for result in graded(students.root).values())
    assert len(started) == 2


def test_what_was_noticed_is_told_again(students):
    students.hand_in("s1", change=lambda notebook: notebook.cells.remove(cell(notebook, "setup")))
    assert graded(students.root)["s1"].notes
    kept = graded(students.root)["s1"]
    assert (kept.new, bool(kept.notes)) == (False, True)


def test_a_mended_test_regrades_the_class_and_keeps_marks_given_by_hand(tmp_path, gradebook):
    make_course(tmp_path, gradebook, SOURCE | {"essay": ("essay", 4, "Because.")})
    release(Course(tmp_path), NAME)
    students = Class(tmp_path)
    for name in STUDENTS[:2]:
        students.hand_in(name, change=lambda nb: cell(nb, "essay").update(source="My reasons."))
    graded(tmp_path, STUDENTS[:2])
    with Course(tmp_path).gradebook() as book:
        book.find_grade("essay", NAME, NAME, "s0").manual_score = 3
        book.db.commit()
    path = tmp_path / "solutions" / NAME / f"{NAME}.ipynb"
    source = nbformat.read(path, as_version=4)
    test = cell(source, "test_double")
    test.source = "0.5  # the test was wrong"
    nbformat.write(source, path)
    results = graded(tmp_path, STUDENTS[:2])
    assert all(result.new for result in results.values())
    assert scores(tmp_path) == {"s0": 3.5 + 3, "s1": 3.5}


def test_a_killed_run_is_finished_by_the_next(students):
    for name in STUDENTS[3:]:
        students.hand_in(name, double="import time; time.sleep(1); return 2 * x")
    command = [COURSE, "grade", NAME, "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        wait_for(lambda: list((students.root / ".graded" / NAME).glob("*.json")))
        started = psutil.Process(run.pid).children(recursive=True)
        assert started
        os.kill(run.pid, signal.SIGKILL)
    assert not psutil.wait_procs(started, timeout=30)[1]
    done = {path.stem for path in (students.root / ".graded" / NAME).glob("*.json")}
    assert 0 < len(done) < len(STUDENTS)
    results = graded(students.root)
    assert {name for name, result in results.items() if not result.new} == done
    assert scores(students.root) == dict.fromkeys(STUDENTS, 5)


@pytest.mark.slow
def test_a_cluster_grades_and_survives_a_worker_that_is_killed(students):
    for name in STUDENTS:
        students.hand_in(name, double="import time; time.sleep(0.2); return 2 * x")
    script = (
        "import sys, time; from distributed import LocalCluster\n"
        "if __name__ == '__main__':\n"
        "    cluster = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)\n"
        "    pids = [nanny.pid for nanny in cluster.workers.values()]\n"
        "    print(cluster.scheduler_address, pids[0], flush=True); sys.stdin.read()\n"
    )
    path = students.root / "cluster.py"
    path.write_text(script)
    cluster = subprocess.Popen(
        [sys.executable, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd="/",
    )
    try:
        address, pid = cluster.stdout.readline().split()
        results = {}
        for result in grading.grade(Course(students.root), NAME, STUDENTS, scheduler=address):
            if not results:
                os.kill(int(pid), signal.SIGKILL)
            results[result.student] = result
        assert scores(students.root) == dict.fromkeys(STUDENTS, 5)
        assert results.keys() == set(STUDENTS)
    finally:
        cluster.kill()
        cluster.communicate()


def test_an_address_without_a_scheduler_is_named(students):
    with pytest.raises(CourseProblem, match=r"no Dask scheduler at tcp://127\.0\.0\.1:9"):
        graded(students.root, scheduler="tcp://127.0.0.1:9")


def test_without_a_sandbox_nothing_is_graded(students, monkeypatch):
    monkeypatch.setattr(diagnosis, "missing", lambda: "bubblewrap is not installed.")
    exams.WARM.close()
    with pytest.raises(CourseProblem, match="bubblewrap is not installed"):
        graded(students.root, sandbox="bubblewrap")
    assert scores(students.root) == {}
    assert not (students.root / "autograded").exists()
    assert graded(students.root, sandbox="none")["s0"].score == 5


def test_the_same_course_grades_twice_and_the_caller_stays_where_it_is(students, monkeypatch):
    monkeypatch.chdir("/")
    course = Course(students.root)
    for _ in range(2):
        for result in grading.grade(course, NAME, STUDENTS[:2], again=True):
            assert result.score == 5
            assert Path.cwd() == Path("/")
    assert Path.cwd() == Path("/")


def test_a_run_that_is_left_leaves_the_rest_to_the_next(students):
    run = grading.grade(Course(students.root), NAME, STUDENTS, workers=2)
    first = next(run)
    run.close()
    assert not (students.root / ".taken-in").exists()
    results = graded(students.root)
    assert [name for name, result in results.items() if not result.new] == [first.student]
    assert scores(students.root) == dict.fromkeys(STUDENTS, 5)


def test_a_run_leaves_alone_what_another_is_grading(students):
    course = Course(students.root)
    other = grading.grade(course, NAME, STUDENTS, workers=2)
    results = [next(other)]
    assert [result.score for result in grading.grade(course, NAME, STUDENTS, workers=2)] == [5] * 6
    results += other
    assert [result.problem for result in results] == [""] * 6
    assert not (students.root / ".taken-in").exists()


def test_what_a_killed_run_left_goes_with_the_next(students):
    left = students.root / ".taken-in" / "run-killed" / "eve"
    left.mkdir(parents=True)
    assert graded(students.root, ["s0"])["s0"].score == 5
    assert not (students.root / ".taken-in").exists()


def test_whatever_happens_to_a_submission_costs_no_other(students, monkeypatch):
    restore = prepare.restore

    def damaged(notebook, released):
        if "spoilt" in notebook.cells[-1].source:
            raise TypeError("of a kind that nobody thought of")
        return restore(notebook, released)

    monkeypatch.setattr(prepare, "restore", damaged)
    students.hand_in("s1", change=lambda nb: nb.cells[-1].update(source="spoilt"))
    results = graded(students.root)
    assert "TypeError: of a kind" in results["s1"].problem
    assert results["s1"].notes == [record.REPORT]
    assert all(not results[name].notes for name in STUDENTS if name != "s1")
    assert {name: result.score for name, result in results.items()} == {
        name: 0 if name == "s1" else 5 for name in STUDENTS
    }


def test_a_name_that_is_no_text_costs_its_owner_alone(students):
    odd = os.fsdecode(b"not \xff UTF-8")
    students.hand_in(odd)
    (students.folder("s0") / odd).write_text("beside the notebook")
    command = [COURSE, "grade", NAME]
    strict = os.environ | {"PYTHONIOENCODING": "utf-8:strict"}
    run = subprocess.run(command, capture_output=True, encoding="utf-8", env=strict)
    assert run.returncode == 1, run.stderr
    assert "is no text in UTF-8" in run.stdout
    assert "6 graded, 1 failed" in run.stdout
    assert scores(students.root) == dict.fromkeys(STUDENTS, 5)


@pytest.mark.parametrize("name", ["secret.txt", f"{NAME}.ipynb"])
def test_a_file_that_may_not_be_read_costs_its_sender_alone(students, monkeypatch, name):
    """As root, everything may be read: so it is said to be forbidden where it would be."""
    secret = students.folder("s0") / name
    secret.touch()
    kept = secret.stat()

    def is_secret(path, folder):
        try:
            return os.path.samestat(kept, os.stat(path, dir_fd=folder, follow_symlinks=False))
        except (OSError, TypeError, ValueError):  # not there, or no path
            return False

    def refusing(function):
        def refuse(path, *args, **kwargs):
            if is_secret(path, kwargs.get("dir_fd")):
                raise PermissionError(13, "Permission denied", str(secret))
            return function(path, *args, **kwargs)

        return refuse

    monkeypatch.setattr("builtins.open", refusing(open))
    monkeypatch.setattr("os.open", refusing(os.open))
    results = graded(students.root)
    assert results["s0"].notes == [f"{name} can't be read (Permission denied): left out"]
    assert (results["s0"].problem == "") == (name == "secret.txt")
    assert scores(students.root) | {"s0": 5} == dict.fromkeys(STUDENTS, 5)


def test_threads_begin_no_more_than_they_need():
    begun = []

    def work(item, stop):
        begun.append(item)
        return item

    with in_threads(work, range(100), workers=2) as ready:
        next(ready)
    assert len(begun) < 10


def test_what_is_at_work_learns_that_nobody_waits():
    started = threading.Event()

    def work(item, stop):
        started.set()
        assert stop.wait(60)

    start = time.monotonic()
    with in_threads(work, [1], workers=1) as ready:
        threading.Thread(target=lambda: next(ready, None), daemon=True).start()
        started.wait(10)
    assert time.monotonic() - start < 30
