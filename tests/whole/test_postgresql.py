"""PostgreSQL as the gradebook: a class, two graders at once, a server that is killed."""

import contextlib
import os
import shutil
import subprocess
import sysconfig
import tempfile
import time
from collections import Counter
from pathlib import Path

import psutil
import pytest

from course_lib.grading.classroom.course import CONFIG, Course
from course_lib.grading.classroom.exports import export
from course_lib.grading.classroom.grading import grade
from course_lib.grading.classroom.release import release
from course_lib.grading.proof.answer_files import fill
from tests.unit.grading.tiny_course import NAME, Class, make_course, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.sandbox]

RIGHT = {"double": "def double(x):\n    return x + x", "triple": "def triple(x):\n    return 3 * x"}
WRONG = RIGHT | {"double": "def double(x):\n    return x + 1"}
CLASS = {f"s{number}": 4 if number % 3 == 0 else 5 for number in range(5)}
COURSE = Path(sysconfig.get_path("scripts")) / "course"


def program(name):
    """A program of PostgreSQL; Debian keeps them off PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = shutil.which(name) or (str(debian[-1]) if debian else None)
    if found is None:
        pytest.skip(f"not installed: {name} (Debian: apt-get install postgresql)")
    return found


class Server:
    """A server of its own in ``folder``: it listens on a socket there and on no port."""

    def __init__(self, folder):
        self.folder = folder
        self.account = {} if os.geteuid() else {"user": "nobody", "group": "nogroup"}
        self.run("initdb", "--auth=trust", "--username=grader", "--no-sync", "--encoding=UTF8")
        self.start()

    def run(self, name, *options):
        command = [program(name), "-D", self.folder / "data", *options]
        subprocess.run(command, check=True, capture_output=True, cwd="/", **self.account)

    def start(self):
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
        self.run("pg_ctl", "start", "--wait", "-o", options, "-l", self.folder / "log")

    def kill(self):
        """End the server and all of its processes with SIGKILL, as a power cut would."""
        main = psutil.Process(int((self.folder / "data/postmaster.pid").read_text().split()[0]))
        processes = [main, *main.children(recursive=True)]
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):  # one that has just ended by itself
                process.kill()
        psutil.wait_procs(processes, timeout=20)

    def stop(self):
        if (self.folder / "data/postmaster.pid").exists():
            self.run("pg_ctl", "stop", "--mode=immediate", "--wait")

    def new_database(self, name, like="template1"):
        """The URL of a new database, a copy of the one called ``like``."""
        import psycopg

        about = {"host": str(self.folder), "user": "grader", "dbname": "postgres"}
        with psycopg.connect(**about, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        return f"postgresql+psycopg://grader@/{name}?host={self.folder}"


@pytest.fixture(scope="module")
def server():
    pytest.importorskip("psycopg", reason='psycopg is not installed: pip install ".[postgresql]"')
    program("initdb")
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))  # a socket's path may not be long
    if not os.geteuid():
        shutil.chown(folder, "nobody", "nogroup")
    running = Server(folder)
    yield running
    running.stop()
    shutil.rmtree(folder)


def keep_on(server, root, database, like="template1"):
    """Have the course keep its gradebook in a new database of the server."""
    url = server.new_database(database, like)
    with open(root / CONFIG, "a") as config:
        config.write(f"\nget_config().CourseDirectory.db_url = {url!r}\n")


@pytest.fixture(scope="module")
def released(server, tmp_path_factory, gradebook):
    """A course with a class that has handed in; its gradebook knows the assignment, no student."""
    root = make_course(tmp_path_factory.mktemp("released"), gradebook, timeout=20)
    (root / "gradebook.db").unlink()
    keep_on(server, root, "released")
    release(Course(root), NAME)
    notebooks = {5: fill(Class(root).released(), RIGHT), 4: fill(Class(root).released(), WRONG)}
    for student, points in CLASS.items():
        Class(root).scratch.hand_in(student, NAME, notebooks[points])
    return root


@pytest.fixture
def course(server, released, tmp_path):
    root = shutil.copytree(released, tmp_path / "course")
    keep_on(server, root, f"book{time.monotonic_ns()}", like="released")
    return root


def start(root, *options):
    command = [COURSE, "grade", NAME, "--workers", "1", *options]
    return subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def ended(run):
    said = run.communicate(timeout=300)[0]
    return run.returncode, said


def recorded(root):
    return len(list((root / ".graded" / NAME).glob("s*.json")))


def in_the_gradebook(root):
    """{student: points}; a student who is there twice has a row more."""
    with Course(root).gradebook() as gradebook:
        found = gradebook.assignment_submissions(NAME)
        assert max(Counter(one.student.id for one in found).values(), default=0) <= 1
        assert all(len(one.notebooks) == 1 for one in found)
        assert all(len(one.notebooks[0].grades) == 2 for one in found)
        return {one.student.id: one.score for one in found}


def pages(root):
    return {path.parts[-3] for path in root.glob(f"feedback/*/{NAME}/{NAME}.html")}


def assert_complete(root):
    """Everybody has the points that are due, a page, and nothing is left to grade."""
    assert in_the_gradebook(root) == CLASS
    assert pages(root) == CLASS.keys()
    results = list(grade(Course(root), NAME, CLASS))
    assert {one.student: one.score for one in results} == CLASS
    assert [one for one in results if one.new or one.notes or one.problem] == []


def test_two_graders_at_once_and_then_marks_and_exports(course):
    runs = [start(course), start(course)]
    for code, said in map(ended, runs):
        assert code == 0, said
    assert_complete(course)
    with Course(course).gradebook() as gradebook:
        given = gradebook.find_grade("test_double", NAME, NAME, "s0")
        given.manual_score = 2
        gradebook.db.commit()
    code, said = ended(start(course))
    assert code == 0, said
    page = (course / f"feedback/s0/{NAME}/{NAME}.html").read_text()
    assert "5 of 5 points" in page
    table = export(Course(course), "grades.csv").read_text()
    assert sum(line.startswith(NAME) for line in table.splitlines()) == len(CLASS)


def test_a_server_that_is_killed_costs_nothing(course, server):
    run = start(course)
    wait_for(lambda: recorded(course) >= 2, 120)
    server.kill()
    before = pages(course)
    try:
        code, said = ended(run)
        refused, words = ended(start(course))
    finally:
        server.start()
    assert code == 2, said
    assert "the gradebook's server did not answer" in said
    assert "fault of the grader" not in said
    assert before <= pages(course)
    assert (refused, "can't be reached" in words) == (2, True), words
    assert "Traceback" not in said + words
    graded_before = {who: in_the_gradebook(course)[who] for who in before}
    assert graded_before == {who: CLASS[who] for who in before}
    code, said = ended(start(course))
    assert code == 0, said
    assert_complete(course)


def test_a_server_that_comes_back_is_waited_for(course, server):
    run = start(course)
    wait_for(lambda: recorded(course) >= 1, 120)
    server.kill()
    server.start()
    code, said = ended(run)
    assert code == 0, said
    assert_complete(course)
