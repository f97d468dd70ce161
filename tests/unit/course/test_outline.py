"""The map is made from the notebooks that are there, and says what is not."""

import json
import shutil

import pytest

from course_lib.course.outline import END, START, course_map, lectures, write_readme
from tests import ROOT


@pytest.fixture
def course(tmp_path):
    """Two lectures; the first has an assignment of 3 + 2 points, the second one that is missing."""
    write(tmp_path, "02_lines", title="The perceptron", about="lines", assignment="02_perceptron")
    write(tmp_path, "03_nets", title="Networks", about="layers", assignment="03_networks")
    folder = tmp_path / "exercises/02_perceptron"
    folder.mkdir(parents=True)
    marks = [
        {"grade": True, "points": 3},
        {"grade": True, "points": 2},
        {"grade": False, "points": 9},
    ]
    cells = [{"metadata": {"nbgrader": mark}} for mark in marks] + [{"metadata": {}}]
    (folder / "02_perceptron.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}}))
    return tmp_path


def write(root, name, **said):
    (root / "lectures").mkdir(exist_ok=True)
    notebook = {"cells": [], "metadata": {"course": said} if said else {}}
    (root / f"lectures/{name}.ipynb").write_text(json.dumps(notebook))


def rows(root):
    return course_map(root).split("\n")[2:]


def test_what_is_there_is_linked_with_its_points(course):
    assert rows(course)[0] == (
        "| [02 The perceptron](../lectures/02_lines.ipynb) | lines "
        "| [02_perceptron](../exercises/02_perceptron/02_perceptron.ipynb) | 5 |"
    )


def test_an_assignment_that_is_missing_says_so(course):
    assert rows(course)[1].endswith("| layers | 03_networks *(not written yet)* |  |")


def test_a_lecture_need_not_have_an_assignment(course):
    write(course, "04_rest", title="Rest", about="sleep")
    assert rows(course)[2] == "| [04 Rest](../lectures/04_rest.ipynb) | sleep |  |  |"


def test_copies_and_other_files_are_no_lectures(course):
    shutil.copy(course / "lectures/02_lines.ipynb", course / "lectures/02_lines-Copy1.ipynb")
    (course / "lectures/Untitled.ipynb").write_text("{}")
    (course / "lectures/picture.png").write_bytes(b"")
    assert [lecture.number for lecture in lectures(course)] == ["02", "03"]


def test_a_lecture_that_says_nothing_of_itself_is_named(course):
    write(course, "04_silent")
    with pytest.raises(ValueError, match=r"04_silent\.ipynb lacks its line of the map"):
        course_map(course)


def test_a_folder_that_is_no_course_is_refused(tmp_path):
    with pytest.raises(ValueError, match="wanted the course's folder"):
        course_map(tmp_path)


def test_the_readme_gets_the_map_and_keeps_the_rest(course):
    readme = course / "README.md"
    readme.write_text(f"before\n{START}\nold\n{END}\nafter\n")
    write_readme(course)
    before, table, after = readme.read_text().partition(START)[0], *_parts(readme)
    assert (before, after) == ("before\n", "\nafter\n")
    assert table.strip() == course_map(course).replace("(../", "(")
    write_readme(course)
    assert readme.read_text().count("[02 The perceptron]") == 1


def _parts(readme):
    table, _, after = readme.read_text().partition(START)[2].partition(END)
    return table, after


def test_a_readme_without_a_place_for_the_map_is_left_alone(course):
    (course / "README.md").write_text(f"{END}\n{START}\n")
    with pytest.raises(ValueError, match="has no place for the map"):
        write_readme(course)
    assert (course / "README.md").read_text() == f"{END}\n{START}\n"


class TestThisCourse:
    def test_every_lecture_is_on_the_map_in_order(self):
        here = lectures(ROOT)
        assert [lecture.path for lecture in here] == sorted((ROOT / "lectures").glob("*.ipynb"))
        numbers = [lecture.number for lecture in here]
        assert [int(number) for number in numbers] == list(range(len(here)))

    def test_every_assignment_belongs_to_one_lecture(self):
        named = [lecture.assignment for lecture in lectures(ROOT) if lecture.assignment]
        assert named == sorted(path.name for path in (ROOT / "solutions").iterdir())

    def test_a_lecture_is_called_the_same_in_its_title(self):
        for lecture in lectures(ROOT):
            cells = json.loads(lecture.path.read_text())["cells"]
            assert cells[0]["source"][0].strip() == f"# {lecture.number} {lecture.title}"

    def test_the_readme_has_the_map(self):
        here = course_map(ROOT).replace("(../", "(")
        text = (ROOT / "README.md").read_text()
        assert f"{START}\n{here}\n{END}" in text, "run `make readme`"

    def test_another_lecture_touches_no_other_file(self, tmp_path):
        """A notebook is added to a copy: the map and the README have it."""
        for part in ("lectures", "exercises"):
            shutil.copytree(ROOT / part, tmp_path / part)
        shutil.copy(ROOT / "README.md", tmp_path)
        number = len(lectures(ROOT))
        write(tmp_path, f"{number}_more", title="More", about="what is new")
        assert rows(tmp_path)[-1].startswith(f"| [{number} More](../lectures/{number}_more.ipynb)")
        write_readme(tmp_path)
        assert (
            f"| [{number} More](lectures/{number}_more.ipynb) | what is new"
            in (tmp_path / "README.md").read_text()
        )
