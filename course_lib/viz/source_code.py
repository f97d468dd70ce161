"""Show the library's own source in a lecture, read from the installed package."""

import inspect
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import course_lib

if TYPE_CHECKING:
    from IPython.display import Markdown

PACKAGE = Path(course_lib.__file__).parent


def source(*objects: Any) -> "Markdown":
    """The source of functions, classes or methods of ``course_lib``, with the file it stands in.

    Raises ``ValueError`` for what is defined elsewhere.
    """
    from IPython.display import Markdown

    parts = []
    for item in objects:
        file = Path(inspect.getsourcefile(inspect.unwrap(item)) or "")
        if not file.is_relative_to(PACKAGE):
            raise ValueError(f"source: {item.__name__} is defined outside course_lib")
        shown = f"course_lib/{file.relative_to(PACKAGE).as_posix()}"
        code = dedent(inspect.getsource(item)).rstrip()
        parts.append(f"`{shown}`\n```python\n{code}\n```")
    # nbconvert's pages give code in an output the font that stands around it
    return Markdown('<div style="font-family: monospace">\n\n' + "\n\n".join(parts) + "\n\n</div>")
