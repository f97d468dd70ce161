"""The feedback page: a graded notebook as one HTML file, with what counts on top.

It holds no script and needs no network; formulas are MathML.
"""

import functools
import html
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from latex2mathml.converter import convert
from markupsafe import Markup
from mistune import HTMLRenderer
from nbconvert.exporters import Exporter
from nbconvert.filters import ansi2html
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution, is_task
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from course_lib.grading.feedback import pictures
from course_lib.grading.feedback.pictures import PICTURES, joined
from course_lib.grading.submissions.reading import shown
from course_lib.grading.submissions.restoring import REPAIRS
from course_lib.grading.testing.contract import cell_name, is_test, title
from course_lib.grading.testing.report import Report

HERE = Path(__file__).parent
TEMPLATE = "page.html.j2"
MAX_CACHED = 20_000  # characters of Markdown whose page is kept for the next submission
MAX_REPEATED = 50_000  # characters of pictures that a text shows more than once
LONG_FORMULA = 40  # characters; one that may be wider than a phone
MATH = {
    *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "ms", "mfrac", "msqrt", "mroot"),
    *("mstyle", "mpadded", "mphantom", "msub", "msup", "msubsup", "munder", "mover", "munderover"),
    *("mmultiscripts", "mprescripts", "mtable", "mtr", "mtd", "menclose"),
}
OF_MATH = {
    *("display", "displaystyle", "scriptlevel", "mathvariant", "stretchy", "accent", "fence"),
    *("form", "separator", "lspace", "rspace", "width", "height", "depth", "movablelimits"),
    *("largeop", "minsize", "maxsize", "linethickness", "columnalign", "columnlines", "rowlines"),
    *("columnspacing", "rowspacing", "notation"),
}
ATTRIBUTES = {
    **nh3.ALLOWED_ATTRIBUTES,
    **dict.fromkeys(MATH, OF_MATH),
    "span": {"class"},  # the colours of code
    "div": {"class"},
    "td": {"style", "colspan", "rowspan"},
    "th": {"style", "colspan", "rowspan"},
}
SCHEMES = {"http", "https", "mailto", "data", "attachment"}
MAX_FORMULA = 2000  # characters; a longer one is shown as it was written
WITHOUT_SOURCE = re.compile(r'(?=<img(?!(?: [\w-]+="[^"]*")* src=))')  # in a page that was cleaned
ACTIVE = re.compile(r"<(script|video|audio|iframe|object|embed|canvas|svg)\b", re.IGNORECASE)
ACTIVE_IN_WORDS = Markup(
    "<p><em>Scripts, films, frames and drawings in an output of HTML are not shown here.</em></p>"
)
FUNCTION = re.compile(r"(<mi>[a-z]{2,}</mi>)(?=<m[^o])")  # ln x, which would be shown as lnx


class FeedbackExporter(Exporter):
    """Renders a notebook that ``HideHiddenTests`` and ``Grades`` have prepared.

    In ``nbgrader_config.py``: ``c.GenerateFeedback.exporter_class = FeedbackExporter``. Much
    quicker than nbgrader's own page, whose templates are compiled anew for each student.
    """

    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict | None = None, **kwargs: Any
    ) -> tuple[Any, dict]:
        nb, resources = super().from_notebook_node(nb, resources, **kwargs)
        repairs = next((c.source for c in nb.cells if c.get("id") == REPAIRS), "")
        cells = [_shown(cell) for cell in nb.cells if cell.get("id") != REPAIRS]
        graded = resources["nbgrader"]
        page = template(TEMPLATE).render(
            graded=graded,
            who=_who(graded),
            cells=cells,
            questions=[cell for cell in cells if cell["points"] is not None],
            repairs=Markup(_markdown(repairs)),
            style=Markup(style()),
        )
        return page, resources


def _who(graded: dict[str, Any]) -> str:
    """A student's name and id, as far as there are any."""
    name, student = (shown(graded.get(part) or "") for part in ("student_name", "student"))
    return f"{name} ({student})" if name and student else name or student


@functools.cache
def template(name: str, folder: Path = HERE) -> Template:
    """A page's template; it can include those beside it and those of this folder."""
    environment = Environment(
        loader=FileSystemLoader([folder, HERE]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = lambda value: f"{value:.4g}"
    return environment.get_template(name)


@functools.cache
def style() -> str:
    """The colours of code, on a light and on a dark page."""
    light = HtmlFormatter().get_style_defs(".code")
    dark = HtmlFormatter(style="github-dark").get_style_defs(".code")
    return f"{light}\n@media screen and (prefers-color-scheme: dark) {{{dark}}}"


def _shown(cell: NotebookNode) -> dict[str, Any]:
    """What the template needs of a cell."""
    marks = cell.metadata.get("nbgrader", {})
    graded, test = is_grade(cell) or is_task(cell), is_test(cell)
    return {
        "name": cell_name(cell),
        "title": title(cell_name(cell)) if test else cell_name(cell),
        "kind": "test" if test else "answer" if is_solution(cell) else cell.cell_type,
        "points": marks.get("score") if graded else None,
        "max_points": marks.get("points"),
        "by_hand": marks.get("by_hand", False),
        "look_again": marks.get("look_again", False),
        "comment": Markup(_markdown(marks["comment"])) if marks.get("comment") else "",
        "source": source_of(cell),
        "outputs": [output_of(output, test) for output in cell.get("outputs", [])],
    }


def source_of(cell: NotebookNode) -> Markup | str:
    """A cell's text or code as HTML, formulas as MathML."""
    if cell.cell_type == "markdown":
        return Markup(_markdown(cell.source, cell.get("attachments", {})))
    if cell.cell_type == "code":
        return Markup(_code(cell.source)) if cell.source.strip() else ""
    return Markup(f"<pre>{html.escape(cell.source)}</pre>")


@functools.lru_cache(512)
def _code(source: str) -> str:
    return highlight(source, PythonLexer(), HtmlFormatter(cssclass="code"))


def _markdown(source: str, attachments: dict | None = None) -> str:
    source, more = pictures.detached(source)
    page = rendered(source) if len(source) <= MAX_CACHED else rendered.__wrapped__(source)
    return _harmless(page, {**(attachments or {}), **more})


def _harmless(page: str, attachments: dict | None = None) -> str:
    """HTML without what acts on the page around it: no scripts, forms, frames, styles.

    attachments: pictures by name, which are put in. Words stand before what is no picture.
    """
    places = _Places(attachments or {})
    page = nh3.clean(
        page,
        tags=nh3.ALLOWED_TAGS | MATH,
        attributes=ATTRIBUTES,
        attribute_filter=lambda tag, name, value: places.of(value) if name == "src" else value,
        url_schemes=SCHEMES,
        filter_style_properties={"text-align"},
    )
    return WITHOUT_SOURCE.sub("<em>[a picture that can't be shown]</em> ", page)


class _Places:
    """Where the pictures of a text come from. A large one in many places would make a huge page."""

    def __init__(self, attachments: dict[str, Any]) -> None:
        self.attachments = attachments
        self.used: set[str] = set()
        self.left = MAX_REPEATED

    def of(self, address: str) -> str | None:
        """What stands in place of the address of a picture; None for no picture."""
        if address.startswith("data:"):
            _, more = pictures.detached(address)
            return next(map(pictures.uri, more.values()), None) or None
        if not address.startswith("attachment:"):
            return address
        name = address.removeprefix("attachment:")
        bundle = self.attachments.get(name) or self.attachments.get(unquote(name))
        found = pictures.uri(bundle) if isinstance(bundle, dict) else ""
        if name in self.used:
            self.left -= len(found)
        self.used.add(name)
        return found if found and self.left >= 0 else None


@functools.lru_cache(512)
def rendered(source: str) -> str:
    return MarkdownWithMath(_Renderer(escape=False, exclude_anchor_links=True)).render(source)


class _Renderer(IPythonRenderer):
    """Turns formulas into MathML; a picture's place, also of an attachment, stays as it is."""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return HTMLRenderer.image(self, text, url, title)

    def inline_math(self, body: str) -> str:
        return _formula(body, "inline")

    def block_math(self, body: str) -> str:
        return _formula(body, "block")

    def latex_environment(self, name: str, body: str) -> str:
        return _formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", "block")


def _formula(latex: str, display: str) -> str:
    try:
        if len(latex) <= MAX_FORMULA:
            page = FUNCTION.sub(r'\1<mspace width="0.17em"/>', convert(latex, display=display))
            wide = "wide" if len(latex) > LONG_FORMULA or display == "block" else ""
            return f'<span class="{wide}">{_harmless(page)}</span>' if wide else _harmless(page)
    except Exception:  # each mistake in a formula raises its own sort of error
        pass
    return f"<code>{html.escape(latex)}</code>"


def output_of(output: NotebookNode, of_a_test: bool) -> Markup:
    """An output as HTML. A report of checks has its lines coloured."""
    report = Report.from_outputs([output]) if of_a_test else None
    if report is not None:
        return _report(report)
    if output.output_type == "stream":
        return Markup(f"<pre>{ansi2html(output.text)}</pre>")
    if output.output_type == "error":
        text = "\n".join(output.traceback)
        return Markup(f'<pre class="error">{ansi2html(text)}</pre>')
    if "text/html" not in output.data or set(PICTURES[:-1]) & set(output.data):
        picture = pictures.uri(
            {kind: output.data[kind] for kind in PICTURES if kind in output.data}
        )
        if picture:
            return Markup('<img alt="" src="{}">').format(picture)
    if "text/html" in output.data:
        page = joined(output.data["text/html"])
        return Markup(_harmless(page)) + (ACTIVE_IN_WORDS if ACTIVE.search(page) else "")
    text = joined(output.data.get("text/latex") or output.data.get("text/plain", ""))
    return Markup(f"<pre>{html.escape(text)}</pre>")


def _report(report: Report) -> Markup:
    lines = [
        f'<span class="{kind}">{html.escape(line)}</span>' if kind else html.escape(line)
        for kind, line in report.lines()
    ]
    return Markup("<pre>{}</pre>").format(Markup("\n".join(lines)))
