"""The ``course`` command: a file a command, each thin. The work is done in the other packages.

``app`` gathers the commands, ``names`` checks those of assignments, ``problems`` turns what can go
wrong into sentences and exit codes.
"""

import sys


def main() -> None:
    """The entry point; says in a sentence what is missing where the library alone is installed."""
    # jsonschema, which checks notebooks, takes it for addresses that they don't have: 1.3 s
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    try:
        from course_lib.commands.app import app
    except ModuleNotFoundError as missing:
        sys.stderr.write(
            "The course command needs more than the library: in the course's folder, "
            f'pip install -c constraints.txt ".[grading]" ({missing.name} is missing).\n'
        )
        sys.exit(2)
    app()
