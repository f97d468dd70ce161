"""A term on a hub, in a browser: fetched, worked, submitted, collected, graded, handed back.

And what a student tries who is after other people's work, solutions or grades.
"""

import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from course_lib.grading.classroom.course import CONFIG
from tests import ROOT
from tests.unit.grading.tiny_course import NAME, source_notebook, wait_for
from tests.whole.hub.machine import Machine, missing
from tests.whole.hub.people import SERVICE, Instructor, Student

pytestmark = [pytest.mark.browser, pytest.mark.sandbox, pytest.mark.slow]

PEOPLE = {"ada": "students", "bob": "students", "eve": "students", "ines": "instructors"}
PROGRAMS = Path(sys.prefix) / "bin"
EXCHANGE = "/usr/local/share/nbgrader/exchange"
COURSE_ID = "deep-learning-foundations"
INBOUND = f"{EXCHANGE}/{COURSE_ID}/inbound"
# What eve puts where submissions are collected: links, another's name, names that are no time.
PLANTED = f"""
cd {INBOUND}; now=$(date -u '+%F %T.000000 UTC')
mkdir "eve+{NAME}+$now+1"; cd "eve+{NAME}+$now+1"
ln -s /srv/course/solutions/{NAME}/{NAME}.ipynb .; ln -s /srv/course/gradebook.db book.txt
ln -s /srv/course/solutions stolen; echo "$now" > timestamp.txt; cd ..
mkdir "ada+{NAME}+2099-01-01 00:00:00.0 UTC+2"
echo '{{}}' > "ada+{NAME}+2099-01-01 00:00:00.0 UTC+2/{NAME}.ipynb"
ln -s /srv/course/solutions "eve+{NAME}+2099-01-01 00:00:00.0 UTC+3"
mkdir "eve+{NAME}+sometime+4"; touch "bob+{NAME}+2099-01-01 00:00:00.0 UTC+5"
"""


@pytest.fixture(scope="module")
def hub(tmp_path_factory, gradebook, chromium):
    """A running hub, and a course whose assignment is in the exchange."""
    if reason := missing():
        pytest.skip(reason)
    machine = Machine(tmp_path_factory.mktemp("hub"), PEOPLE)
    course = machine.folder / "srv/course"
    source = course / "solutions" / NAME / f"{NAME}.ipynb"
    source.parent.mkdir(parents=True)
    nbformat.write(source_notebook(), source)
    shutil.copy(ROOT / CONFIG, course)
    shutil.copy(gradebook, course)
    try:
        machine.start()
        released = f"cd /srv/course; export PATH={PROGRAMS}:$PATH; course release {NAME}"
        said = machine.run("grader", f"{released} && nbgrader release_assignment {NAME} 2>&1")
        assert "Released as" in said, said
        yield machine
    finally:
        machine.stop()


@pytest.fixture(scope="module")
def term(hub, chromium):
    """The term: {ada, bob: Student; ines: Instructor; said: what the formgrader answered}."""
    ada, bob = Student(chromium, hub, "ada"), Student(chromium, hub, "bob")
    ines = Instructor(chromium, hub, "ines")
    for student in (ada, bob):
        student.log_in()
    ines.log_in(f"{SERVICE}/formgrader")
    for student, double in ((ada, "2 * x"), (bob, "x + 1")):
        student.open_assignments()
        student.fetch()
        student.answer(
            double=f"def double(x): return {double}", triple="def triple(x): return 3 * x"
        )
        student.submit()
    hub.run("eve", PLANTED)
    feedback = hub.folder / "srv/course/feedback"
    said = {"collect": ines.in_formgrader("collect")}
    ines.in_terminal(
        f"course grade {NAME}",
        until=lambda: wait_for(
            lambda: (hub.folder / f"srv/course/grading-{NAME}.png").exists(), 180
        ),
    )
    assert {path.name for path in feedback.iterdir()} == {"ada", "bob"}
    said["release"] = ines.in_formgrader("release-feedback")
    for student in (ada, bob):
        student.fetch_feedback()
    yield SimpleNamespace(ada=ada, bob=bob, ines=ines, said=said)
    for person in (ada, bob, ines):
        person.context.close()


def grades(hub):
    with closing(sqlite3.connect(hub.folder / "srv/course/gradebook.db")) as book:
        return dict(
            book.execute(
                "SELECT s.student_id, sum(g.auto_score) FROM grade g"
                " JOIN submitted_notebook n ON g.notebook_id = n.id"
                " JOIN submitted_assignment s ON n.assignment_id = s.id GROUP BY s.student_id"
            )
        )


def test_each_student_reads_the_own_points(hub, term):
    assert grades(hub) == {"ada": 5, "bob": 4}
    assert "5 of 5 points" in term.ada.feedback()
    text = term.bob.feedback()
    assert "4 of 5 points" in text
    assert "got     123454322" in text
    assert "returns(246908642)" not in text, "the source of a hidden test"


def test_the_formgrader_says_what_it_did_and_what_it_left(term):
    assert all(said.startswith("Success") for said in term.said.values())
    for left in (
        f"eve: {NAME}.ipynb is no ordinary file: left out",
        "eve: stolen is no ordinary file: left out",
        f"Not collected, it belongs to eve: ada+{NAME}+2099",
        f"Not collected, it is no folder: eve+{NAME}+2099",
        f"Not collected, it has no time in its name: eve+{NAME}+sometime",
    ):
        assert left in term.said["collect"]


def test_links_other_names_and_bad_names_are_left_in_the_exchange(hub, term):
    submitted = hub.folder / "srv/course/submitted"
    assert {path.name for path in submitted.iterdir()} == {"ada", "bob", "eve"}
    assert [path.name for path in (submitted / "eve" / NAME).iterdir()] == ["timestamp.txt"]


FILES = {
    "the other's home": "ls /home/bob",
    "the other's notebook": f"cat /home/bob/{NAME}/{NAME}.ipynb",
    "a solution": f"cat /srv/course/solutions/{NAME}/{NAME}.ipynb",
    "the gradebook": "cat /srv/course/gradebook.db",
    "the grader's home": "ls /home/grader",
    "what others handed in": f"ls {INBOUND}",
    "the others' feedback": f"ls {EXCHANGE}/{COURSE_ID}/feedback",
    "another exchange in the place of this": f"mv {EXCHANGE}/{COURSE_ID} {EXCHANGE}/mine",
    "another release": f"touch {EXCHANGE}/{COURSE_ID}/outbound/{NAME}/{NAME}.ipynb",
    "the hub's own files": "ls /srv/jupyterhub",
    "the other's token": "cat /proc/$(pgrep -u bob -o)/environ",
    "the grader's token": "cat /proc/$(pgrep -u grader -o)/environ",
}


@pytest.mark.parametrize("command", FILES.values(), ids=FILES)
def test_a_student_gets_no_file_of(hub, term, command):
    said = hub.run("ada", f"{command} > taken; echo taken: $(wc -c < taken)")
    assert "ermission denied" in said or "Operation not permitted" in said, said
    assert said.endswith("taken: 0\n")


@pytest.mark.parametrize("what", ["a solution", "the gradebook", "what others handed in"])
def test_the_grader_gets(hub, term, what):
    assert int(hub.run("grader", f"{FILES[what]} | wc -c")) > 0


ADDRESSES = {
    "user/bob/lab": {403},
    "user/bob/api/contents": {403},
    f"user/bob/files/{NAME}/{NAME}.ipynb": {403},
    "user/bob/terminals/1": {403},
    f"{SERVICE}/": {403},
    f"{SERVICE}/formgrader": {403},
    f"{SERVICE}/formgrader/api/students": {403},
    f"{SERVICE}/files/gradebook.db": {403},
    f"{SERVICE}/api/contents/solutions": {403},
    "hub/admin": {403},
    "hub/api/users/bob": {403, 404},
    "hub/api/groups/instructors": {403, 404},
    "user/ada/formgrader": {404},
    "user/ada/files/..%2Fbob%2F": {403, 404},
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_student_gets_no_page_of(term, address):
    assert term.ada.status("user/ada/api/contents") == 200
    assert term.ada.status(address) in ADDRESSES[address]


def test_an_instructor_gets_them(term):
    assert term.ines.status(f"{SERVICE}/formgrader/api/students") == 200
    assert term.ines.status(f"{SERVICE}/api/contents/solutions") == 200
    assert term.ines.status("user/ada/api/contents") == 403


def test_ports_of_the_machine_ask_who_is_there(hub, term):
    """A student's own token opens neither the grader's server nor the proxy."""
    token = (
        "$(tr '\\0' '\\n' < /proc/$(pgrep -u ada -o)/environ | sed -n s/JUPYTERHUB_API_TOKEN=//p)"
    )
    ask = "curl --silent --output /dev/null --write-out '%{http_code} ' --header"
    for port, path in (
        (hub.ports[3], f"{SERVICE}/api/contents"),
        (hub.ports[2], "api/routes"),
        (hub.ports[1], "hub/api/users"),
    ):
        said = hub.run(
            "ada", f'{ask} "Authorization: token {token}" http://127.0.0.1:{port}/{path}'
        )
        assert said.strip() == "403", (path, said)


def test_kernels_listen_where_only_their_owner_comes(hub, term):
    said = hub.run("ada", "cat .local/share/jupyter/runtime/kernel-*.json")
    assert '"transport": "ipc"' in said
    assert '"tcp"' not in said
