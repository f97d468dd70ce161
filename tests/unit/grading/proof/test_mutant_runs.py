import subprocess
import sys


def test_a_mutant_has_its_own_process_some_memory_and_some_time():
    code = (
        "from course_lib.grading.proof.mutant_runs import run\n"
        "mine = {'total': 1}\n"
        "for line in 'total = 2', 'bytes(2**29)', 'bytes(2**31)', 'total / 0', 'while True: 0':\n"
        "    print(run([line], mine, 1)[0], end=' ')\n"
        "print(mine['total'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "0", "1", "1", "-9", "1"]
