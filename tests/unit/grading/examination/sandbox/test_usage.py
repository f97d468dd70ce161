import shutil

import pytest

from course_lib.grading.examination.sandbox.usage import PER_DESCRIPTOR, shared, used

MB = 2**20


@pytest.fixture
def root(tmp_path):
    """Makes the files of a sandbox that has these processes: {number: (lines, descriptors)}."""

    def make(processes):
        for number, (status, descriptors) in processes.items():
            folder = tmp_path / "proc" / str(number)
            (folder / "fd").mkdir(parents=True)
            (folder / "status").write_text(status)
            for one in range(descriptors):
                (folder / "fd" / str(one)).touch()
        return tmp_path

    return make


def status(megabytes, threads=1):
    return f"Name:\tpython\nThreads:\t{threads}\nRssAnon:\t{megabytes * 1024} kB\nVmPTE:\t1024 kB\n"


def test_memory_and_threads_of_all_processes(root):
    found = used(root({1: (status(10), 3), 2: (status(20, threads=4), 3)}), (), 64)
    assert found == (32 * MB, 5)


def test_a_process_that_ended_and_was_not_asked_for_counts(root):
    zombie = "Name:\tpython\nState:\tZ (zombie)\nThreads:\t1\n"
    assert used(root({1: (status(10), 0), 2: (zombie, 0), 3: (zombie, 0)}), (), 64).processes == 3


def test_of_too_many_processes_no_file_is_read(root):
    made = root({number: (status(1), 0) for number in range(1, 12)})
    for folder in (made / "proc").iterdir():
        shutil.rmtree(folder / "fd")
        (folder / "status").unlink()
        (folder / "status").mkdir()  # reading it would fail
    assert used(made, ("tmp",), 10) == (0, 11)


def test_too_many_threads_are_too_many(root):
    assert used(root({1: (status(1, threads=1000), 0)}), (), 64).processes == 1000


def test_many_descriptors_may_hold_messages(root):
    found = used(root({number: (status(0), 200) for number in (1, 2, 3)}), (), 64)
    assert found.memory == 3 * MB + (600 - 512) * PER_DESCRIPTOR


def test_a_process_that_is_gone_meanwhile_holds_nothing(root):
    made = root({1: (status(10), 0), 2: (status(10), 0)})
    (made / "proc/2/status").unlink()
    assert used(made, ("tmp/gone",), 64).memory == 11 * MB


def test_shared_pages_count_once(root):
    made = root({1: (status(100), 0), 2: (status(100), 0), 3: (status(5), 0)})
    for number in 1, 2:
        rollup = "0-1 ---p 00:00 0 [rollup]\nAnonymous: 102400 kB\nPss_Anon: 51200 kB\n"
        (made / "proc" / str(number) / "smaps_rollup").write_text(rollup)
    assert shared(made) == 100 * MB
    old = "0-1 ---p 00:00 0 [rollup]\nAnonymous: 102400 kB\nPss: 51200 kB\n"  # kernel before 5.4
    (made / "proc/1/smaps_rollup").write_text(old)
    assert shared(made) == 50 * MB
