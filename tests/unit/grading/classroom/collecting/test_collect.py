"""Downloads as platforms make them, put where they are graded: nothing lost, nobody guessed."""

import io
import zipfile
from datetime import UTC, datetime

import pytest

from course_lib.grading.classroom.collecting.collect import collect
from course_lib.grading.classroom.collecting.roster import Person, Roster
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.grading import grade
from course_lib.grading.classroom.release import release
from course_lib.grading.errors import CourseProblem
from tests.unit.grading.tiny_course import NAME, Class

FILE = f"{NAME}.ipynb"
NOON, LATER = (2026, 3, 1, 12, 0, 0), (2026, 3, 1, 13, 0, 0)


def archive(files, time=NOON):
    """A zip file with {path: content}."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as into:
        for path, content in files.items():
            into.writestr(zipfile.ZipInfo(path, time), content)
    return data.getvalue()


@pytest.fixture
def take(course):
    """Collects a download that holds {path: content}."""

    def taking(files, layout="moodle", time=NOON):
        (course / "download.zip").write_bytes(archive(files, time))
        return collect(Course(course), NAME, course / "download.zip", layout)

    taking.root = course
    return taking


def handed_in(root, student):
    folder = root / "submitted" / student / NAME
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "timestamp.txt"
    }


def test_a_download_is_put_where_it_is_graded_and_its_time_is_not_that_of_handing_in(take):
    done = take({f"Anna Müller_1_assignsubmission_file_/{FILE}": "A", "README": "?"})
    assert done.new == ["Anna Müller"]
    assert done.problems == ["README: its name does not say whose it is"]
    assert handed_in(take.root, "Anna Müller") == {FILE: "A"}
    assert not (take.root / "submitted/Anna Müller" / NAME / "timestamp.txt").exists()
    assert done.notes[-1].startswith("When they were handed in is not in a download from moodle")


def test_the_time_that_a_student_wrote_beside_the_notebook_does_not_count(take):
    path = "A_1_assignsubmission_file_/"
    done = take({f"{path}{FILE}": "A", f"{path}timestamp.txt": "2020-01-01 12:00"})
    assert "A: a timestamp.txt of their own is left out" in done.notes
    assert not (take.root / "submitted/A" / NAME / "timestamp.txt").exists()


def test_plain_archives_say_when_their_files_were_changed(take):
    take({f"anna/{FILE}": "A"}, "plain")
    time = (take.root / "submitted/anna" / NAME / "timestamp.txt").read_text()
    assert time == datetime(*NOON).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")


def test_another_version_that_is_not_newer_is_named(take):
    path = f"A_1_assignsubmission_file_/{FILE}"
    take({path: "first"})
    done = take({path: "other"})
    assert (done.kept, done.notes) == (["A"], ["A: left as it is, the download is not newer"])
    assert handed_in(take.root, "A") == {FILE: "first"}


def test_who_was_collected_before_there_was_a_roster_is_named(take):
    files = {f"Li Wei_6_assignsubmission_file_/{FILE}": "A"}
    take(files)
    with Course(take.root).gradebook() as gradebook:
        Roster([Person("l1", "Li", "Wei")]).save(gradebook)
    (problem,) = take(files).problems
    assert problem.startswith("l1: also there as Li Wei, without a roster: look at submitted/Li")


def test_the_names_of_another_platform_are_recognised(take):
    problem = take({f"a_1_2_{FILE}": "A"}, "moodle").problems[-1]
    assert problem.endswith("named as --from moodle has it: did you mean --from canvas?")


def test_the_same_download_again_changes_nothing_and_a_newer_one_keeps_the_older(take):
    path = f"A_1_assignsubmission_file_/{FILE}"
    take({path: "first"})
    again = take({path: "first"})
    assert (again.new, again.kept) == ([], ["A"])
    assert take({path: "second"}, time=LATER).new == ["A"]
    assert handed_in(take.root, "A") == {FILE: "second"}
    assert (take.root / "downloaded" / NAME / "earlier/A/1" / FILE).read_text() == "first"
    older = take({path: "first"}, time=NOON)
    assert (older.kept, handed_in(take.root, "A")) == (["A"], {FILE: "second"})


def test_the_last_of_canvas_numbers_counts_and_late_is_said(take):
    done = take(
        {
            f"a_LATE_1_2_{NAME}-2.ipynb": "third",
            f"a_LATE_1_2_{FILE}": "first",
            f"a_LATE_1_2_{NAME}-1.ipynb": "second",
            "a_LATE_1_2_data-1.csv": "1",
        },
        "canvas",
    )
    assert handed_in(take.root, "a") == {FILE: "third", "data-1.csv": "1"}
    assert done.notes[0] == "a: late, says the platform"


def test_archives_in_a_submission_are_unpacked_without_litter(take):
    inner = archive({f"work/{FILE}": "A", "__MACOSX/._x": "", "../evil": "", "C:/evil": ""})
    done = take({"A_1_assignsubmission_file_/work.zip": inner})
    assert handed_in(take.root, "A") == {f"work/{FILE}": "A"}
    assert done.problems == ["A: A_1_assignsubmission_file_/work.zip leads out of the submission"]
    assert not list(take.root.parent.glob("evil"))


def test_a_damaged_archive_is_named_and_stops_nobody(take):
    done = take(
        {
            "A_1_assignsubmission_file_/work.zip": "no zip",
            f"B_2_assignsubmission_file_/{FILE}": "B",
        }
    )
    assert done.new == ["B"]
    assert done.problems[0].startswith("A: A_1_assignsubmission_file_/work.zip is no zip file")


def test_two_people_of_one_name_are_told_apart_or_left(take):
    files = {f"Li_{n}_assignsubmission_file_/{FILE}": str(n) for n in (1, 2)}
    (problem,) = take(files).problems[:1]
    assert problem.startswith("Li: 2 people are called that, with the numbers 1, 2")
    with Course(take.root).gradebook() as gradebook:
        Roster([Person("l1", "Li", number="1"), Person("l2", "Li", number="2")]).save(gradebook)
    assert take(files).new == ["l1", "l2"]


def test_who_is_in_no_roster_is_named(take):
    with Course(take.root).gradebook() as gradebook:
        Roster([Person("l1", "Li", "Wei")]).save(gradebook)
    done = take(
        {f"Zoe_5_assignsubmission_file_/{FILE}": "", f"Li Wei_6_assignsubmission_file_/{FILE}": ""}
    )
    assert done.problems == ["Zoe (5): nobody of the roster is called that"]
    assert done.new == ["l1"]


def test_of_the_exchange_the_newest_attempt_counts_whole(take):
    done = take(
        {
            f"a+{NAME}+2026-03-01 10:00:00 UTC+x/{FILE}": "old",
            f"a+{NAME}+2026-03-01 10:00:00 UTC+x/old.csv": "old",
            f"a+{NAME}+2026-03-01 11:00:00 UTC+y/{FILE}": "new",
            f"a+other+2026-03-01 12:00:00 UTC+y/{FILE}": "other",
        },
        "nbgrader",
    )
    assert handed_in(take.root, "a") == {FILE: "new"}
    assert len(done.problems) == 1


def test_a_folder_of_students_archives(take):
    done = take({"anna.zip": archive({FILE: "A"}), f"bert/{NAME}/{FILE}": "B"}, "plain")
    assert done.new == ["anna", "bert"]
    assert handed_in(take.root, "anna") == {FILE: "A"}


def test_names_that_are_utf8_and_not_marked_so(take):
    name = f"Zoë_1_assignsubmission_file_/{FILE}"
    data = archive({name.replace("ë", "??"): "A"}).replace(b"Zo??", "Zoë".encode())
    (take.root / "download.zip").write_bytes(data)
    assert collect(Course(take.root), NAME, take.root / "download.zip", "moodle").new == ["Zoë"]


@pytest.mark.parametrize("student", ["..", ".hidden", "x" * 300])
def test_a_name_that_no_folder_can_have_is_a_problem(take, student):
    done = take({f"{student}_1_assignsubmission_file_/{FILE}": ""})
    assert done.new == []
    assert len(done.problems) == 1


@pytest.mark.parametrize(
    ("layout", "file", "problem"),
    [
        (
            "blackboard",
            "download.zip",
            "--from: wanted moodle, canvas, nbgrader, plain; got 'black",
        ),
        ("moodle", "none.zip", r"none\.zip can't be read"),
        ("moodle", "nbgrader_config.py", r"is no zip file.*wanted a zip file, or a folder"),
    ],
)
def test_what_cannot_be_collected_is_refused(course, layout, file, problem):
    with pytest.raises(CourseProblem, match=problem):
        collect(Course(course), NAME, course / file, layout)


@pytest.mark.slow
def test_what_was_collected_is_graded(take):
    release(Course(take.root), NAME)
    Class(take.root).hand_in("x")
    notebook = (take.root / "submitted/x" / NAME / FILE).read_text()
    take({"Anna Müller_1_assignsubmission_file_/mine.ipynb": notebook})
    (result,) = grade(Course(take.root), NAME, ["Anna Müller"])
    assert result.score == 5


@pytest.mark.slow
def test_nbgraders_own_command_understands_moodle_and_canvas(course):
    from nbgrader.apps import ZipCollectApp

    release(Course(course), NAME)
    downloads = course / "downloaded" / NAME / "archive"
    downloads.mkdir(parents=True)
    (downloads / "all.zip").write_bytes(
        archive({f"Anna_1_assignsubmission_file_/{FILE}": "{}", f"bert_2_3_{NAME}-1.ipynb": "{}"})
    )
    app = ZipCollectApp.instance()
    app.initialize([NAME])
    app.start()
    ZipCollectApp.clear_instance()
    assert (course / "submitted/Anna" / NAME / FILE).exists()
    assert (course / "submitted/bert" / NAME / FILE).exists()
