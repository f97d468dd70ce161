"""The ``course`` command. Each command imports what it needs when it runs, so that help is fast."""

import contextlib
import os
from pathlib import Path
from typing import Annotated

import typer

from course_lib.grading.errors import CourseProblem

app = typer.Typer(
    help="Foundations of deep learning: release, grade, train.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)

FAILURES, BAD_INPUT, INTERRUPTED = 1, 2, 130  # exit codes
MOST_NAMED = 10  # students in a line


@app.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Where everything is put; emptied first.")] = "demo",
):
    """Train on MNIST, grade a sample class, and say where to look at both."""
    with _problems_in_words():
        from course_lib.commands.demo import run_demo
        from course_lib.grading.classroom.course import find_course

        if not run_demo(find_course(), Path(folder)):
            raise typer.Exit(FAILURES)


@app.command()
def release(
    names: Annotated[list[str] | None, typer.Argument(help="Assignments; all if none.")] = None,
):
    """Generate the students' versions: exercises/ from solutions/."""
    with _problems_in_words():
        from course_lib.grading.classroom import course
        from course_lib.grading.classroom import grading as cycle
        from course_lib.training.progress_bar import progress

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
    again: Annotated[bool, typer.Option("--again", help="Also what has not changed.")] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Submissions at a time; one a processor.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask cluster, such as tcp://host:8786.")
    ] = None,
    sandbox: Annotated[
        str | None, typer.Option(help="bubblewrap, or none: students' code with your rights.")
    ] = None,
):
    """Grade what is new or changed of an assignment, and write the feedback pages.

    A run that was stopped goes on where it was. Exit code 1 if a submission could not be graded.
    """
    with _problems_in_words():
        from rich.console import Console

        from course_lib.grading.classroom import course
        from course_lib.grading.classroom import grading as cycle
        from course_lib.grading.classroom import tables as report
        from course_lib.grading.examination.preprocessor import BUBBLEWRAP, DANGER, NONE
        from course_lib.training.progress_bar import progress

        if sandbox not in (None, BUBBLEWRAP, NONE):
            raise CourseProblem(f"--sandbox is {sandbox!r}, wanted {BUBBLEWRAP} or {NONE}.")
        root = course.find_course()
        course.check_assignment(root, name)
        course.check_students(root, name, student or [])
        course.check_gradebook(root)
        if sandbox == NONE:
            typer.secho(DANGER, fg="red", bold=True, err=True)
        students = list(dict.fromkeys(student or course.students(root, name)))
        how = {"again": again, "workers": workers, "scheduler": scheduler, "sandbox": sandbox}
        results = []
        try:
            grading = cycle.grade(root, name, students, **how)
            for result in progress(grading, label=f"grade {name}", total=len(students)):
                results.append(result)
        finally:
            if results:
                Console().print(report.class_table(results, title=name))
        typer.echo("\n".join(report.summary(results)))
        picture = report.histogram(results, root / f"grading-{name}.png")
        typer.echo(f"The class as a picture: {_shown(picture, root)}")
        typer.echo(f"Feedback pages: {_shown(cycle.feedback_folder(root, name, 'STUDENT'), root)}/")
        typer.echo(f"What nbgrader said: {cycle.LOG}")
        if any(result.state == cycle.FAILED for result in results):
            raise typer.Exit(FAILURES)


@app.command()
def check(
    notebook: Annotated[Path, typer.Argument(help="A notebook, or the folder that holds it.")],
):
    """Check your answers to an assignment before you hand it in.

    Exit code 1 if a check does not pass. The notebook itself is not changed.
    """
    with _problems_in_words():
        from course_lib.grading import self_check as checking
        from course_lib.training.progress_bar import progress

        path = checking.find_notebook(notebook)
        content, tests = checking.read_questions(path)
        answers = progress(
            checking.check(content, path.parent), label="questions", total=len(tests)
        )
        answers = list(answers)
        for answer in answers:
            typer.echo(answer.report + "\n")
        passed = sum(answer.passed for answer in answers)
        typer.echo(f"{passed} of {len(answers)} questions pass. Grading tries more inputs.")
        if by_hand := checking.marked_by_hand(content):
            typer.echo(f"A person reads and marks: {', '.join(by_hand)}.")
        if passed < len(answers):
            raise typer.Exit(FAILURES)


@app.command()
def corpus(
    names: Annotated[list[str] | None, typer.Argument(help="Assignments; all if none.")] = None,
):
    """Grade answers whose points are known, and show whether every grade is right.

    Exit code 1 if one is not.
    """
    with _problems_in_words():
        import tempfile

        from rich.console import Console

        from course_lib.grading.classroom.course import Course
        from course_lib.grading.proof.graded_corpus import grade_corpus, prove
        from course_lib.grading.proof.tables import proof_table
        from course_lib.training.progress_bar import progress

        course = Course.find()
        for name in names or []:
            course.check_assignment(name)
        proofs = []
        with tempfile.TemporaryDirectory(prefix="corpus-") as folder:
            for name in progress(names or course.assignments, label="corpus"):
                proofs += prove(grade_corpus(course, name, Path(folder, name)))
        Console().print(proof_table(proofs))
        if not all(proof.holds for proof in proofs):
            typer.echo("\n".join(line for proof in proofs for line in proof.points_off), err=True)
            raise typer.Exit(FAILURES)


@app.command()
def mutants(
    names: Annotated[list[str] | None, typer.Argument(help="Assignments; all if none.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Questions at a time.")] = 2,
):
    """Change the solutions in small ways, and show whether the tests notice each change.

    Exit code 1 if one goes unnoticed that tests/corpus/NAME/survivors.toml does not explain.
    """
    with _problems_in_words():
        from rich.console import Console

        from course_lib.grading.classroom.course import Course
        from course_lib.grading.proof.survivors import count_questions, try_mutants
        from course_lib.grading.proof.tables import survivors_table
        from course_lib.training.progress_bar import progress

        course = Course.find()
        for name in names or []:
            course.check_assignment(name)
        names = names or course.assignments
        tried = try_mutants(course, names, workers)
        found = list(progress(tried, label="questions", total=count_questions(course, names)))
        Console().print(survivors_table(found))
        for one in found:
            for line in one.faults:
                typer.echo(f"{one.assignment}, {one.question}, {line}", err=True)
        if not all(one.holds for one in found):
            raise typer.Exit(FAILURES)


@app.command()
def export(
    names: Annotated[list[str] | None, typer.Argument(help="Assignments; all if none.")] = None,
    to: Annotated[Path, typer.Option(help="The CSV file to write.")] = "grades.csv",
    layout: Annotated[str, typer.Option(help="nbgrader, moodle or canvas.")] = "nbgrader",
):
    """Write the grades into a CSV file, in the columns that nbgrader, Moodle or Canvas use."""
    with _problems_in_words():
        from course_lib.grading.classroom import course
        from course_lib.grading.classroom import exports as exporting

        root, names = course.find_course(), names or ()
        course.check_gradebook(root)
        path = exporting.export(root, to, names, layout)
        typer.echo(f"wrote {_shown(path, Path.cwd())}")
        if waiting := exporting.unmarked(root, names):
            who = ", ".join(f"{student} ({name})" for name, student in waiting[:MOST_NAMED])
            more = ", ..." if len(waiting) > MOST_NAMED else ""
            typer.echo(
                f"{len(waiting)} of these grades lack marks by hand, given in the formgrader: "
                f"{who}{more}",
                err=True,
            )


@app.command()
def ladder(
    rungs: Annotated[list[str] | None, typer.Argument(help="Rungs; all if none.")] = None,
    device: Annotated[str, typer.Option(help="numpy, cpu, cuda or auto.")] = "numpy",
    seeds: Annotated[int, typer.Option(min=1, help="How often each is trained.")] = 3,
    folder: Annotated[Path, typer.Option(help="Where table and curves are saved.")] = "ladder",
):
    """Train the lectures' networks on MNIST and compare with what was published.

    Under torchrun the processes share the work and the first one reports.
    """
    with _problems_in_words():
        from rich.console import Console

        from course_lib.ladder import RUNGS, Measured, climb, save, table
        from course_lib.training import check_device

        for rung in rungs or []:
            if rung not in RUNGS:
                raise CourseProblem(f"There is no rung {rung!r}. There are: {', '.join(RUNGS)}.")
        try:
            check_device(device)
        except (ValueError, RuntimeError) as problem:
            raise CourseProblem(str(problem)) from problem
        measured, first = [], os.environ.get("RANK", "0") == "0"
        if first:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as problem:
                raise CourseProblem(f"--folder {folder} can't be made: {problem}") from problem
        for name in rungs or RUNGS:
            climbs = []
            for seed in range(seeds):
                if first:
                    typer.echo(f"{name}, seed {seed}", err=True)
                climbs.append(climb(name, seed=seed, device=device))
            measured.append(Measured(name, climbs))
            if first:  # after each rung: the next may take hours
                saved = save(measured, device, folder)
        if first:
            Console().print(table(measured))
            typer.echo(f"saved {' and '.join(map(str, saved))}")


@app.command()
def bench(
    threads: Annotated[int, typer.Option(min=1, help="Threads of both sides.")] = os.cpu_count(),
):
    """Time the reference against PyTorch, the naive loops and a bare import of NumPy."""
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = str(threads)  # read when NumPy is loaded
    with _problems_in_words():
        from rich.console import Console
        from rich.table import Table

        from course_lib.commands import bench as benchmark

        table = Table("", "ours, ms", "other, ms", "ratio", "goal", header_style="bold")
        for pair in benchmark.run():
            times = f"{1e3 * pair.ours:.2f}", f"{1e3 * pair.other:.2f}"
            table.add_row(pair.name, *times, f"{pair.ratio:.3g}", pair.goal)
        Console().print(table)
        memory = benchmark.training_memory() / 2**20
        typer.echo(
            f"Peak memory of a NumPy training of cnn-dropout: {memory:.0f} MiB (goal < 1024)"
        )


@app.command()
def bench_grading(
    submissions: Annotated[int, typer.Option(min=1, help="Size of the class.")] = 40,
):
    """Time `course grade` against nbgrader's own autograde on the same class."""
    with _problems_in_words():
        from rich.console import Console
        from rich.table import Table

        from course_lib.grading.classroom import benchmark
        from course_lib.grading.classroom.course import CONFIG, find_course

        config = find_course() / CONFIG
        table = Table("", "course grade", "nbgrader", "ratio", "same points", header_style="bold")
        for name in benchmark.SETUPS:
            race = benchmark.race(name, submissions, config)
            rates = [
                f"{seconds:.1f} s, {race.per_hour(seconds):,.0f} an hour"
                for seconds in (race.ours, race.stock)
            ]
            table.add_row(name, *rates, f"{race.ratio:.2f}", "yes" if race.same_points else "NO")
        Console().print(table)


@contextlib.contextmanager
def _problems_in_words():
    """Bad input ends in a sentence and an exit code, not in a traceback."""
    try:
        yield
    except KeyboardInterrupt:
        typer.secho("Stopped. What was finished before is kept.", fg="yellow", err=True)
        raise typer.Exit(INTERRUPTED) from None
    except (CourseProblem, ImportError, MemoryError) as error:
        typer.secho(str(error), fg="red", err=True)
        raise typer.Exit(BAD_INPUT) from None


def _shown(path, root):
    """A path as short as can be: relative to ``root`` where it lies in there."""
    return path.relative_to(root) if path.is_relative_to(root) else path
