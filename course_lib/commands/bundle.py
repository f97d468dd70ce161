"""``course bundle``"""

from pathlib import Path
from typing import Annotated

import typer


def bundle(
    out: Annotated[Path | None, typer.Option(help="A folder, or a name that ends in .zip.")] = None,
    git: Annotated[
        Path | None, typer.Option(help="A bare repository, made if there is none; branch main.")
    ] = None,
) -> None:
    """Write what students get: lectures, exercises, library, environment; no solutions or tests.

    Run it again after a change: a folder and a repository are brought up to date.
    """
    from course_lib.course import bundle as bundling
    from course_lib.grading.classroom.course import Course
    from course_lib.grading.errors import CourseProblem

    if (out is None) == (git is None):
        raise CourseProblem("wanted one of --out and --git.")
    files = bundling.bundle(Course.find().root)
    if git is not None:
        new = bundling.commit(files, git)
        said = f"committed to {git}" if new else f"{git} is up to date"
    else:
        assert out is not None
        write = bundling.write_zip if out.suffix == ".zip" else bundling.write_folder
        write(files, out)
        said = f"wrote {out}"
    size = sum(len(file.content) for file in files.values())
    typer.echo(f"{said}: {len(files)} files, {size / 10**6:.1f} MB")
