"""Marks and comments that people give: they reach the page, hold, and are told apart from none."""

import datetime
import gc
import shutil
import weakref

import nbformat
import pytest

from course_lib.grading.classroom import grading, marks
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.exports import export
from course_lib.grading.classroom.incomplete import failed, gone, unmarked
from course_lib.grading.classroom.release import release
from course_lib.grading.classroom.result import BY_HAND, FAILED, GRADED
from course_lib.grading.classroom.tables import class_table, summary
from course_lib.grading.errors import CourseProblem
from tests.unit.grading.tiny_course import ESSAY, NAME, Class, cell, make_course, source_notebook

ZERO = '\nc.LateSubmissionPlugin.penalty_method = "zero"\n'


def essay(text):
    return lambda notebook: cell(notebook, "essay").update(source=text)


@pytest.fixture
def marked(tmp_path, monkeypatch, gradebook):
    """A class of one, eve, whose essay was graded and then marked in the formgrader: 3 of 4."""
    monkeypatch.chdir(tmp_path)
    make_course(tmp_path, gradebook, ESSAY)
    with open(tmp_path / "nbgrader_config.py", "a") as config:
        config.write(ZERO)
    release(Course(tmp_path), NAME)
    Class(tmp_path).hand_in("eve", change=essay("My reasons."))
    (result,) = grade(tmp_path)
    assert (result.state, result.score, result.points["essay"]) == (BY_HAND, 5, None)
    mark(tmp_path)
    return tmp_path


def grade(root, **how):
    return list(grading.grade(Course(root), NAME, Course(root).students(NAME), workers=1, **how))


def mark(root, points=3, comment="Well *argued*."):
    """As the formgrader's two requests do."""
    with Course(root).gradebook() as book:
        given = book.find_grade("essay", NAME, NAME, "eve")
        given.manual_score, given.needs_manual_grade = points, False
        book.find_comment("essay", NAME, NAME, "eve").manual_comment = comment
        book.db.commit()


def page(root, student="eve"):
    return (root / "feedback" / student / NAME / f"{NAME}.html").read_text()


def never_examined(*args, **how):
    raise AssertionError("it was examined again")


def test_marks_reach_the_page_without_examining_again(marked, monkeypatch):
    assert "Well" not in page(marked)
    monkeypatch.setattr(grading.exams, "examine", never_examined)
    (result,) = grade(marked)
    assert (result.state, result.score, result.new, result.page_is_new) == (GRADED, 8, False, True)
    assert "8 of 9 points" in page(marked)
    assert "Well <em>argued</em>." in page(marked)
    assert "1 feedback page was written again" in "\n".join(summary([result]))
    (result,) = grade(marked)
    assert not result.page_is_new


def test_a_later_comment_alone_and_a_page_that_is_gone_are_noticed(marked):
    grade(marked)
    mark(marked, comment="Look at chapter 2.")
    assert grade(marked)[0].page_is_new
    assert "chapter 2" in page(marked)
    with Course(marked).gradebook() as book:
        book.update_or_create_student("eve", first_name="Eve", last_name="Łukasz")
    assert grade(marked)[0].page_is_new
    assert "feedback for Eve Łukasz (eve)</title>" in page(marked)
    shutil.rmtree(marked / "feedback")
    assert grade(marked)[0].page_is_new
    assert "chapter 2" in page(marked)


def test_marks_hold_where_the_answer_is_the_same(marked):
    """Both ``--again`` and a test of another question that was mended."""
    for change in range(2):
        if change:
            cells = ESSAY | {"test_triple": ("test", 3, ESSAY["test_triple"][2] + "  # mended")}
            nbformat.write(source_notebook(cells), marked / "solutions" / NAME / f"{NAME}.ipynb")
        (result,) = grade(marked, again=not change)
        assert (result.new, result.state, result.points["essay"]) == (True, GRADED, 3)
        assert result.notes == []
        assert unmarked(Course(marked)) == []
        assert "Well <em>argued</em>." in page(marked)


def test_a_mark_for_another_answer_is_shown_and_asked_for_again(marked):
    Class(marked).hand_in("eve", change=essay("Other reasons."))
    for new in (True, False):
        (result,) = grade(marked)
        assert (result.new, result.state, result.points["essay"]) == (new, GRADED, 3)
        assert result.notes == [
            "essay: marked before the test changed or the work was handed in again: look again"
        ]
    assert unmarked(Course(marked)) == []
    assert "3 of 4 points" in page(marked)
    assert "looked at again" in page(marked)
    with Course(marked).gradebook() as book:  # "Resolve" in the formgrader
        book.find_grade("essay", NAME, NAME, "eve").needs_manual_grade = False
        book.db.commit()
    (result,) = grade(marked)
    assert (result.notes, result.page_is_new) == ([], True)
    assert "looked at again" not in page(marked)


def test_points_that_a_person_put_in_place_of_the_tests_hold_until_these_change(marked):
    with Course(marked).gradebook() as book:
        book.find_grade("test_double", NAME, NAME, "eve").manual_score = 1.5
        book.db.commit()
    (result,) = grade(marked, again=True)
    assert (result.points["test_double"], result.notes) == (1.5, [])
    cells = ESSAY | {"test_double": ("test", 2, ESSAY["test_double"][2] + "  # mended")}
    nbformat.write(source_notebook(cells), marked / "solutions" / NAME / f"{NAME}.ipynb")
    (result,) = grade(marked)
    assert result.points == {"test_double": 1.5, "test_triple": 3, "essay": 3}
    assert [note.partition(":")[0] for note in result.notes] == ["double"]


def test_a_broken_resubmission_takes_points_back_and_leaves_marks(marked):
    good = marked / "submitted" / "eve" / NAME / f"{NAME}.ipynb"
    before = good.read_bytes()
    good.write_bytes(b"broken")
    (result,) = grade(marked)
    assert (result.state, result.score) == (FAILED, 0)
    ((name, student, why),) = failed(Course(marked))
    assert (name, student) == (NAME, "eve")
    assert why.startswith(f"{NAME}.ipynb is no notebook")
    assert unmarked(Course(marked)) == []
    good.write_bytes(before)
    (result,) = grade(marked)
    assert (result.state, result.score, failed(Course(marked))) == (GRADED, 8, [])
    assert "look again" in result.notes[0]


def late_by(root, due, stamp="2026-03-02 12:00 UTC"):
    (root / "submitted" / "eve" / NAME / "timestamp.txt").write_text(stamp)
    set_due(root, due)


def set_due(root, due):
    with Course(root).gradebook() as book:
        book.find_assignment(NAME).duedate = due
        book.db.commit()


def test_due_dates_and_extensions_after_grading_change_the_penalty(marked, monkeypatch):
    late_by(marked, datetime.datetime(2026, 3, 1))
    grade(marked)
    assert "Handed in late: 8 points were taken off" in page(marked)
    monkeypatch.setattr(grading.exams, "examine", never_examined)
    set_due(marked, datetime.datetime(2026, 3, 3))
    assert grade(marked)[0].page_is_new
    assert "Handed in late" not in page(marked)
    set_due(marked, datetime.datetime(2026, 3, 1))
    grade(marked)
    assert "Handed in late" in page(marked)
    with Course(marked).gradebook() as book:
        book.grant_extension(NAME, "eve", days=3)
    grade(marked)
    assert "Handed in late" not in page(marked)


def test_an_extension_without_a_due_date_is_nobodys_fault(marked):
    with Course(marked).gradebook() as book:
        book.grant_extension(NAME, "eve", days=3)
    assert grade(marked)[0].page_is_new
    late_by(marked, None)
    (result,) = grade(marked)
    assert result.problem == "it has an extension, but the assignment has no due date: set one."


def test_a_plug_in_that_fails_is_named(marked):
    (marked / "mean.py").write_text(
        "from nbgrader.plugins import LateSubmissionPlugin\n"
        "class Mean(LateSubmissionPlugin):\n"
        "    def late_submission_penalty(self, *about): raise KeyError('no tariff')\n"
    )
    late_by(marked, datetime.datetime(2026, 3, 1))
    grade(marked)
    with open(marked / "nbgrader_config.py", "a") as config:
        config.write("import sys; sys.path.insert(0, '.'); from mean import Mean\n")
        config.write("c.AssignLatePenalties.plugin_class = Mean\n")
    mark(marked, points=2)
    with pytest.raises(CourseProblem, match=r"penalty of eve for .* can't be counted: 'no tariff'"):
        export(Course(marked), "grades.csv")


def test_a_gradebook_put_back_from_a_copy_is_noticed(marked):
    """Older or newer than the records, or gone: what the tests gave is not what was recorded."""
    book = marked / "gradebook.db"
    old = book.read_bytes()
    Class(marked).hand_in("eve", double="return 2", change=essay("My reasons."))
    assert grade(marked)[0].score == 7
    new = book.read_bytes()
    book.write_bytes(old)
    (result,) = grade(marked)
    assert (result.new, result.score) == (True, 7)
    shutil.copytree(marked / ".graded", marked / "records")
    Class(marked).hand_in("eve", change=essay("My reasons."))
    grade(marked)
    shutil.rmtree(marked / ".graded")
    (marked / "records").rename(marked / ".graded")
    book.write_bytes(new)
    assert grade(marked)[0].score == 8
    book.unlink()
    (result,) = grade(marked)
    assert (result.new, result.state, result.score) == (True, BY_HAND, 5)


def test_a_gradebook_that_has_other_questions_gets_those_of_the_source(marked, tmp_path_factory):
    other = make_course(tmp_path_factory.mktemp("other"), marked / "gradebook.db", ESSAY)
    (other / "gradebook.db").write_bytes((marked / "gradebook.db").read_bytes())
    cells = ESSAY | {"test_triple": ("test", 1, ESSAY["test_triple"][2])}
    nbformat.write(source_notebook(cells), other / "solutions" / NAME / f"{NAME}.ipynb")
    release(Course(other), NAME)
    grading.register(Course(other), NAME)
    (other / "gradebook.db").write_bytes((marked / "gradebook.db").read_bytes())
    Class(other).hand_in("bob")
    (result,) = grading.grade(Course(other), NAME, ["bob"])
    assert result.max_points["test_triple"] == 1


def test_a_graded_notebook_that_is_gone_is_made_again(marked):
    shutil.rmtree(marked / "autograded")
    (result,) = grade(marked)
    assert (result.new, result.score) == (True, 8)


def test_a_student_whose_folder_was_renamed_is_named(marked):
    (marked / "submitted" / "eve").rename(marked / "submitted" / "eva")
    grade(marked)
    assert gone(Course(marked)) == [(NAME, "eve")]
    assert gone(Course(marked), ["02_x"]) == []


def test_the_table_shows_an_old_mark_and_says_by_hand_only_where_there_is_none(marked):
    Class(marked).hand_in("eve", change=essay("Other reasons."))
    (result,) = grade(marked)
    shown = list(class_table([result]).columns[3].cells)
    assert shown == ["3"]
    result.points["essay"] = None
    assert list(class_table([result]).columns[3].cells) == ["by hand"]


@pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")  # of nbgrader's
def test_a_large_class_is_read_in_parts_that_are_forgotten(course, monkeypatch):
    monkeypatch.setattr(marks, "AT_ONCE", 2)
    release(Course(course), NAME)
    names = ["amy", "bob", "cat", "dan", "eve"]
    with Course(course).gradebook() as gradebook:
        for name in reversed(names):
            gradebook.add_student(name)
            gradebook.add_submission(NAME, name)
    with Course(course).gradebook() as gradebook:
        seen, alive = [], []
        for submission in marks.submissions(gradebook, [NAME]):
            seen.append(submission.student.id)
            gc.collect()
            alive = [one for one in [*alive, weakref.ref(submission)] if one() is not None]
            assert len(alive) <= 3  # two of a part, and the first of the next
        assert seen == names
        assert len(list(marks.submissions(gradebook))) == 5
        assert list(marks.submissions(gradebook, ["another"])) == []
