"""``course demo``: the main job from end to end, on real data and a sample class."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import nbformat
from nbgrader.utils import rmtree
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from course_lib.course.sample_class import STUDENTS, Student, questions
from course_lib.data import Dataset
from course_lib.grading.classroom import tables
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.exports import export
from course_lib.grading.classroom.result import FAILED, Result
from course_lib.grading.classroom.scratch_course import ScratchCourse
from course_lib.grading.errors import CourseProblem
from course_lib.grading.examination.exams import missing_sandbox
from course_lib.grading.proof.answer_files import corpus_folder
from course_lib.training.progress_bar import progress

ASSIGNMENTS = ("02_perceptron", "04_losses")  # two show it all; twelve would take too long
ACCURACY = 0.92  # what a softmax reaches on MNIST's test pictures
# The sample class has an endless loop in it: nobody wants to wait a minute.
IN_A_HURRY = "c.Examine.timeout = c.Examine.call_timeout = 10"
MARK = ".course-demo"  # in the folder that we made, so that we never empty another

Results = dict[str, dict[str, Result]]  # by student and assignment


def run_demo(
    course: Course,
    folder: Path,
    *,
    data: Dataset | None = None,
    students: Sequence[Student] = STUDENTS,
) -> bool:
    """Train, grade, and say where the results are; True if all came out as it must.

    course: is only read. folder: emptied, then filled. data: what to train on, MNIST if None.
    students: the sample class.
    """
    console = Console(highlight=False)
    folder = _empty_folder(course.root, folder.resolve())
    learnt = _train(console, folder, data)
    graded = _grade(console, course, folder, students)
    _say_where(console, folder)
    return learnt and graded


def _empty_folder(root: Path, folder: Path) -> Path:
    if folder.exists() and not (folder / MARK).exists() and not _is_empty(folder):
        raise CourseProblem(f"{folder} is in use and not from an earlier demo: name another one.")
    if root == folder or root.is_relative_to(folder):
        raise CourseProblem(f"{folder} holds the course itself: name another folder.")
    if folder.exists():
        rmtree(folder)  # nbgrader's copes with the read-only files that it makes
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    return folder


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _train(console: Console, folder: Path, data: Dataset | None) -> bool:
    from course_lib.ladder import climb
    from course_lib.viz.charts import learning_curve
    from course_lib.viz.images import weight_pictures

    console.print("[bold]1. A softmax classifier learns MNIST, with NumPy alone[/]")
    try:
        top = climb("softmax", data=data)
    except RuntimeError as damaged:  # the packed data
        raise CourseProblem(str(damaged)) from damaged
    W = next(value for name, value in top.model.params.items() if name.endswith("W"))
    digits = tuple("0123456789")
    weight_pictures(W, digits).savefig(folder / "weights.png", dpi=144)
    learning_curve(top.history).savefig(folder / "learning_curve.png", dpi=144)
    good = top.accuracy >= ACCURACY
    verdict = "[green]ok[/]" if good else "[red]too low[/]"
    console.print(
        f"   {top.accuracy:.2%} of the test pictures right after {top.history.seconds:.0f} s "
        f"(wanted: {ACCURACY:.0%}): {verdict}\n"
    )
    return good


def _grade(console: Console, course: Course, folder: Path, students: Sequence[Student]) -> bool:
    names = course.assignments
    if not names:
        raise CourseProblem(f"There are no assignments in {course.source('*').parent}.")
    names = [name for name in names if name in ASSIGNMENTS] or names[:2]
    console.print(
        f"[bold]2. nbgrader grades {len(students)} students, assignments {', '.join(names)}[/]"
    )
    if why := missing_sandbox():
        console.print(f"   [yellow]without a sandbox[/], for this sample class only: {why}")
    sample = ScratchCourse.like(course, folder / "class", IN_A_HURRY)
    handing_in = {name: [one for one in students if not one.gives_up] for name in names}
    handing_in[names[0]] = list(students)
    for name in progress(names, label="release"):
        _hand_in(course, sample, name, handing_in[name])
    results: Results = {student.name: {} for student in students}
    total = sum(map(len, handing_in.values()))
    for result in progress(_graded(sample, handing_in), label="grade", total=total):
        results[result.student][result.assignment] = result
    export(sample.course, folder / "grades.csv")
    console.print(_table(names, students, results))
    for name in names:
        lines = tables.summary([row[name] for row in results.values() if name in row])
        console.print(escape("\n".join([f"{name}: {lines[0]}", *lines[1:]])), soft_wrap=True)
    return _as_foretold(console, students, results)


def _hand_in(course: Course, sample: ScratchCourse, name: str, students: list[Student]) -> None:
    sample.add(name, course.source(name))
    released = sample.release(name)
    solution = nbformat.read(course.source(name) / f"{name}.ipynb", as_version=4)
    asked = questions(solution, corpus_folder(course, name))
    for student in students:
        sample.hand_in(student.name, name, student.make(released, asked))


def _graded(sample: ScratchCourse, handing_in: dict[str, list[Student]]) -> Iterator[Result]:
    for name, students in handing_in.items():
        yield from sample.grade(name, [student.name for student in students])


def _table(names: Sequence[str], students: Sequence[Student], results: Results) -> Table:
    table = Table(header_style="bold")
    table.add_column("student")
    table.add_column("handed in")
    for name in names:
        table.add_column(escape(name), justify="right")
    table.add_column("state")
    for student in students:
        row = results[student.name]
        points = [tables.total(row[name]) if name in row else "" for name in names]
        table.add_row(student.name, student.story, *points, _states(row))
    return table


def _states(row: dict[str, Result]) -> str:
    """One line if all assignments of a student ended alike, else one for each."""
    states = {name: tables.state(result) for name, result in row.items()}
    if len(set(states.values())) == 1:
        return next(iter(states.values()))
    return "\n".join(f"{escape(name)} {state}" for name, state in states.items())


def _as_foretold(console: Console, students: Sequence[Student], results: Results) -> bool:
    """Whether those whose points can be foretold got them; says who did not."""
    wrong = [
        f"{student.name} ({student.story}) in {result.assignment}: "
        f"{tables.total(result)}, {result.state}"
        for student in students
        for result in results[student.name].values()
        if student.expected and student.expected != _outcome(result)
    ]
    for line in wrong:
        console.print(f"[red]Not as it must be:[/] {escape(line)}", soft_wrap=True)
    return not wrong


def _outcome(result: Result) -> str:
    if result.state == FAILED:
        return "failed"
    by_hand = sum(result.max_points[name] for name, got in result.points.items() if got is None)
    if result.score + by_hand == result.max_score:
        return "full"
    return "zero" if result.score == 0 else "part"


def _say_where(console: Console, folder: Path) -> None:
    shown = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
    console.print("\n[bold]Look at[/]")
    for name, what in (
        ("weights.png", "what each digit's weights look for"),
        ("learning_curve.png", "loss and accuracy, epoch by epoch"),
        ("grades.csv", "everybody's points"),
        ("class/feedback/", "a page for each submission, such as dorothy's"),
    ):
        console.print(f"   {f'{shown}/{name}':<28} {what}", soft_wrap=True)
    console.print("[bold]make lab[/] opens the course.")
