"""Grading on two hosts, as docs/cluster.md sets it up, while hosts, workers and scheduler fail."""

import os
import re
import signal
import subprocess
import sysconfig
from collections import Counter
from pathlib import Path

import psutil
import pytest

from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.release import release
from tests import ROOT
from tests.unit.grading.tiny_course import NAME, Class, make_course, wait_for
from tests.whole.two_hosts import GRADER, WORKER, two_hosts

pytestmark = [pytest.mark.slow, pytest.mark.sandbox]

PAGE = ROOT / "docs/cluster.md"
BIN = Path(sysconfig.get_path("scripts"))
SCHEDULER = f"tls://{GRADER}:8786"
STUDENTS = [f"s{number}" for number in range(6)]
SLOW = "import time; time.sleep(0.5); return 2 * x"


def blocks(language):
    """The code blocks of the page in this language."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(), re.DOTALL)


class Cluster:
    """A scheduler and two workers on two hosts, kept alive as systemd keeps them."""

    def __init__(self, hosts, folder):
        self.hosts, self.folder, self.services = hosts, folder, {}
        (certificates,) = blocks("bash")
        subprocess.run(["bash", "-ec", certificates], cwd=folder, check=True, capture_output=True)
        (configuration,) = blocks("yaml")
        (folder / "dask.yaml").write_text(configuration.replace("/etc/grading", str(folder)))
        self.env = os.environ | {
            "DASK_CONFIG": str(folder / "dask.yaml"),
            "DASK_TEMPORARY_DIRECTORY": str(folder),  # killed workers leave things behind
        }
        scheduler, worker = (re.search("ExecStart=(.*)", text)[1] for text in blocks("ini"))
        worker = worker.replace("--nthreads 8", "--nthreads 1")
        try:
            self.start("scheduler", GRADER, scheduler)
            self.start("near", GRADER, worker)
            self.start("far", WORKER, worker)
            wait_for(lambda: self.registered() >= 2, 120)
        except BaseException:
            self.stop()
            raise

    def start(self, name, address, command):
        command = command.replace("/opt/course/.venv/bin", str(BIN)).replace("SCHEDULER", GRADER)
        loop = f"while true; do {command}; sleep 0.5; done"
        with open(self.folder / f"{name}.log", "wb") as log:
            self.services[name] = subprocess.Popen(
                [*self.hosts.at(address), "bash", "-c", loop],
                env=self.env, cwd=self.folder, stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def said(self, name):
        return (self.folder / f"{name}.log").read_text()

    def registered(self):
        """How often a worker has made itself known to the scheduler, which logs it."""
        return self.said("scheduler").count("Register worker")

    def kill(self, name, words):
        """End, without a warning, the service's process whose command has these words."""
        for process in psutil.Process(self.services[name].pid).children(recursive=True):
            if words in " ".join(process.cmdline()):
                process.kill()
                return
        raise AssertionError(f"no {words} runs for {name}")

    def stop(self):
        for service in self.services.values():
            os.killpg(service.pid, signal.SIGKILL)
            service.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with two_hosts() as hosts:
        cluster = Cluster(hosts, tmp_path_factory.mktemp("cluster"))
        try:
            yield cluster
        finally:
            cluster.stop()


@pytest.fixture
def students(tmp_path, gradebook):
    make_course(tmp_path, gradebook, timeout=20)
    release(Course(tmp_path), NAME)
    students = Class(tmp_path)
    for name in STUDENTS:
        students.hand_in(name, double=SLOW)
    return students


def done(students):
    return list((students.root / ".graded" / NAME).glob("*.json"))


def grade(cluster, students, *accidents):
    """Grade the class on the cluster; after each second result comes the next accident."""
    command = [*cluster.hosts.at(GRADER), BIN / "course", "grade", NAME, "--scheduler", SCHEDULER]
    with subprocess.Popen(
        command, cwd=students.root, env=cluster.env,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as run:  # fmt: skip
        for number, accident in enumerate(accidents):
            wait_for(lambda number=number: len(done(students)) > 2 * number or run.poll(), 240)
            accident()
        assert len(done(students)) < len(STUDENTS), "it was over before the accident"
        said, _ = run.communicate(timeout=240)
    assert run.returncode == 0, said
    assert f"{len(STUDENTS)} graded" in said, said


def check_each_is_graded_once(students):
    log = (students.root / "grading.log").read_text()
    assert Counter(re.findall(r" (s\d): graded, 5 of 5 points", log)) == Counter(STUDENTS)
    with Course(students.root).gradebook() as gradebook:
        graded = [(one.student.id, one.score) for one in gradebook.assignment_submissions(NAME)]
    assert sorted(graded) == [(name, 5) for name in STUDENTS]
    assert {path.stem for path in done(students)} == set(STUDENTS)


def test_a_host_is_cut_off_and_comes_back(cluster, students):
    grade(cluster, students, cluster.hosts.cut)
    check_each_is_graded_once(students)
    assert f"Remove worker addr: tls://{WORKER}" in cluster.said("scheduler")
    registered = cluster.registered()
    cluster.hosts.join()
    wait_for(lambda: cluster.registered() > registered, 120)


def test_a_worker_is_killed_and_the_scheduler_starts_again(cluster, students):
    grade(
        cluster,
        students,
        lambda: cluster.kill("far", "spawn_main"),
        lambda: cluster.kill("scheduler", "dask scheduler"),
    )
    check_each_is_graded_once(students)
    assert (
        "the Dask scheduler was lost: asking again" in (students.root / "grading.log").read_text()
    )


def test_who_has_no_certificate_of_the_cluster_is_refused(cluster):
    """TLS 1.2, in which a client learns of it at once."""
    address = SCHEDULER.removeprefix("tls://")
    ask = [*cluster.hosts.at(GRADER), "openssl", "s_client", "-tls1_2", "-connect", address]
    own = ["-cert", "machine.pem", "-key", "machine.key"]
    for certificate, refused in ((own, False), ([], True)):
        asked = subprocess.run(
            [*ask, *certificate], cwd=cluster.folder, input=b"", capture_output=True
        )
        assert (asked.returncode != 0) == refused, asked.stderr
