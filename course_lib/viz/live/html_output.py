"""How a live figure gets into a page: one HTML output that carries its own script.

JupyterLab and Notebook 7 run the script of a cell that was just run, or of a trusted notebook; an
exported page and the book run it with no kernel. Where scripts are stripped, the picture in the
same output stands there, with its text. So one mechanism serves all, and nothing is loaded.
"""

import hashlib
import json
import re
from base64 import b64encode
from functools import cache
from html import escape
from pathlib import Path

from course_lib.viz.picture import Picture

FOLDER = Path(__file__).parent
IMPORT = re.compile(r'^import \{[^}]*\} from "\./([a-z_]+)\.js";\n', re.MULTILINE)
NOTE = "This figure moves where scripts may run: run the cell, or trust the notebook."


class LiveFigure:
    """A figure that moves in the page, and the picture that stands for it elsewhere.

    name: of the ES module and of the function in it that builds the figure
    config: what that function gets, of plain data that JSON can hold
    picture: what it shows, computed by the library, with its text alternative
    """

    def __init__(self, name: str, config: dict, picture: Picture):
        self.name = name
        self.config = config
        self.picture = picture

    def html(self) -> str:
        """The picture, then the script that puts the figure in its place."""
        config = json.dumps(self.config, separators=(",", ":")).replace("</", "<\\/")
        key = f"{self.name}-{hashlib.sha256(config.encode()).hexdigest()[:8]}"
        return (
            f'<div class="live-figure" data-live="{key}">{self.picture.html()}'
            f"<p><small>{escape(NOTE)}</small></p></div>\n"
            f'<script type="module">\n{bundle(self.name)}\n'
            f'mount("{key}", {self.name}, {config});\n</script>'
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {
            "text/html": self.html(),
            "image/png": b64encode(self.picture.png()).decode(),  # for PDF, which takes no HTML
            "text/plain": f"Live figure: {self.picture.alt}",
        }


@cache
def bundle(name: str) -> str:
    """The ES module ``name`` and all that it imports as one text, without imports and exports.

    Each module comes once, after those that it needs. No two may give a name twice.
    """
    sources: dict[str, str] = {}

    def visit(module: str) -> None:
        if module in sources:
            return
        source = (FOLDER / f"{module}.js").read_text(encoding="utf-8")
        for needed in IMPORT.findall(source):
            visit(needed)
        sources[module] = re.sub(r"^export ", "", IMPORT.sub("", source), flags=re.MULTILINE)

    visit(name)
    return "\n".join(f"// ---- {module}.js\n{source}" for module, source in sources.items())
