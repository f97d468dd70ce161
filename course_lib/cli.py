"""The ``course`` command. Each command imports what it needs when it runs, so that help is fast."""

import contextlib
from pathlib import Path
from typing import Annotated

import typer

from course_lib.errors import CourseProblem

app = typer.Typer(
    help="Foundations of deep learning: release, grade, train.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)

FAILURES, BAD_INPUT, INTERRUPTED = 1, 2, 130  # exit codes


@app.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Where everything is put; emptied first.")] = "demo",
):
    """Train on MNIST, grade a sample class, and say where to look at both."""
    with _problems_in_words():
        from course_lib.demo import run_demo
        from course_lib.grading.course import find_course

        if not run_demo(find_course(), Path(folder)):
            raise typer.Exit(FAILURES)


@app.command()
def release(
    names: Annotated[list[str] | None, typer.Argument(help="Assignments; all if none.")] = None,
):
    """Generate the students' versions: exercises/ from solutions/."""
    with _problems_in_words():
        from course_lib.grading import course, cycle
        from course_lib.progress import progress

        root = course.find_course()
        for name in names or []:
            course.check_assignment(root, name)
        names = names or course.assignments(root)
        if not names:
            raise CourseProblem("There are no assignments in solutions/.")
        course.check_gradebook(root)
        folders = [cycle.release(root, name) for name in progress(names, label="release")]
        for folder in folders:
            typer.echo(f"released {_shown(folder, root)}")


@app.command()
def grade(
    name: Annotated[str, typer.Argument(help="The assignment.")],
    student: Annotated[
        list[str] | None, typer.Option(help="Only this student; may be given again.")
    ] = None,
):
    """Grade the submissions of an assignment and write the feedback pages.

    Run it again to grade again. Exit code 1 if a submission could not be graded.
    """
    with _problems_in_words():
        from rich.console import Console

        from course_lib.grading import course, cycle, report
        from course_lib.progress import progress

        root = course.find_course()
        course.check_assignment(root, name)
        course.check_students(root, name, student or [])
        course.check_gradebook(root)
        students = list(dict.fromkeys(student or course.students(root, name)))
        results = []
        try:
            grading = cycle.grade(root, name, students)
            for result in progress(grading, label=f"grade {name}", total=len(students)):
                results.append(result)
        finally:
            if results:
                Console().print(report.class_table(results, title=name))
        typer.echo("\n".join(report.summary(results)))
        typer.echo(f"Feedback pages: {_shown(cycle.feedback_folder(root, name, 'STUDENT'), root)}/")
        typer.echo(f"What nbgrader said: {cycle.LOG}")
        _list_failures(results)


@app.command()
def export(
    to: Annotated[Path, typer.Option(help="The CSV file to write.")] = "grades.csv",
):
    """Write the grades of all assignments into a CSV file."""
    with _problems_in_words():
        from course_lib.grading import course, cycle

        root = course.find_course()
        course.check_gradebook(root)
        typer.echo(f"wrote {_shown(cycle.export(root, to), Path.cwd())}")


@app.command()
def ladder(
    rungs: Annotated[list[str] | None, typer.Argument(help="Rungs; all if none.")] = None,
    seeds: Annotated[int, typer.Option(min=1, help="How often each is trained.")] = 1,
):
    """Train the lectures' networks on MNIST and compare with what was published."""
    with _problems_in_words():
        from statistics import mean, stdev

        from rich.console import Console
        from rich.table import Table

        from course_lib.ladder import RUNGS, climb

        for rung in rungs or []:
            if rung not in RUNGS:
                raise CourseProblem(f"There is no rung {rung!r}. There are: {', '.join(RUNGS)}.")
        columns = ("rung", "parameters", "test accuracy", "published", "goal", "seconds")
        table = Table(*columns, header_style="bold")
        for name in rungs or RUNGS:
            climbs = [_climb(climb, name, seed) for seed in range(seeds)]
            accuracies = [one.accuracy for one in climbs]
            spread = f" ± {stdev(accuracies):.2%}" if seeds > 1 else ""
            table.add_row(
                name,
                f"{sum(array.size for array in climbs[0].model.params.values()):,}",
                f"{mean(accuracies):.2%}{spread}",
                RUNGS[name].published,
                f"{RUNGS[name].goal:.2%}" if RUNGS[name].goal else "",
                f"{mean(one.history.seconds for one in climbs):.1f}",
            )
        Console().print(table)


@contextlib.contextmanager
def _problems_in_words():
    """Bad input ends in a sentence and an exit code, not in a traceback."""
    try:
        yield
    except KeyboardInterrupt:
        typer.secho("Stopped. What was finished before is kept.", fg="yellow", err=True)
        raise typer.Exit(INTERRUPTED) from None
    except CourseProblem as error:
        typer.secho(str(error), fg="red", err=True)
        raise typer.Exit(BAD_INPUT) from None


def _list_failures(results):
    failed = [result for result in results if result.state == "failed"]
    if failed:
        typer.secho("Could not be graded:", fg="red", err=True)
        for result in failed:
            typer.echo(f"  {result.student}: {result.problem}", err=True)
        raise typer.Exit(FAILURES)


def _shown(path, root):
    """A path as short as can be: relative to ``root`` where it lies in there."""
    return path.relative_to(root) if path.is_relative_to(root) else path


def _climb(climb, name, seed):
    typer.echo(f"{name}, seed {seed}", err=True)
    return climb(name, seed=seed)
