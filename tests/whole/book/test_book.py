"""The site: it has all of the course, nothing that students must not see, and no dead link."""

import html.parser
import json
import os
import re
import subprocess
import sys
from urllib.parse import unquote, urlsplit

import pytest

from tests import ROOT
from tests.whole.book.conftest import BUILD

pytestmark = pytest.mark.slow

HIDDEN = re.compile(r"### BEGIN (HIDDEN TESTS|SOLUTION)\n(.*?)### END \1", re.DOTALL)


class Links(html.parser.HTMLParser):
    """The addresses that a page names, and the places in it that can be named."""

    def __init__(self, text):
        super().__init__()
        self.addresses, self.places = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.places |= {attributes[key] for key in ("id", "name") if attributes.get(key)}
        self.addresses += [attributes[key] for key in ("href", "src") if attributes.get(key)]


@pytest.fixture(scope="module")
def pages(site):
    found = (path for path in site.folder.rglob("*.html") if "_static" not in path.parts)
    return {path: path.read_text() for path in found}


def test_builds_without_a_warning(site):
    assert site.status == 0, site.said
    assert "WARNING" not in site.said


def test_every_notebook_and_page_is_in_it(site):
    wanted = {path.relative_to(ROOT) for path in ROOT.glob("lectures/*.ipynb")}
    wanted |= {path.relative_to(ROOT) for path in ROOT.glob("exercises/*/*.ipynb")}
    wanted |= {path.relative_to(ROOT) for path in ROOT.glob("docs/*.md")}
    assert len(wanted) > 40
    for path in wanted:
        assert (site.folder / path.with_suffix(".html")).is_file(), path
        if path.suffix == ".ipynb":  # what the download button gives
            assert (site.folder / "_sources" / path).read_bytes() == (ROOT / path).read_bytes()


def text_of(path):
    """A file's text; of a notebook, what its cells say and show."""
    text = path.read_text()
    if path.suffix != ".ipynb":
        return text
    cells = json.loads(text)["cells"]
    shown = "\n".join(json.dumps(cell.get("outputs", [])) for cell in cells).replace('\\"', '"')
    return "\n".join("".join(cell["source"]) for cell in cells) + shown


def telling_lines():
    """Lines of solutions and hidden tests that stand nowhere in what students get."""
    given = [*ROOT.glob("exercises/*/*.ipynb"), *ROOT.glob("lectures/*.ipynb")]
    given += [*ROOT.glob("docs/*.md"), *ROOT.glob("course_lib/**/*.py")]  # open to everybody
    known = "\n".join(text_of(path) for path in given)
    for path in ROOT.glob("solutions/*/*.ipynb"):
        for cell in json.loads(path.read_text())["cells"]:
            for _, text in HIDDEN.findall("".join(cell["source"])):
                for line in map(str.strip, text.splitlines()):
                    if len(line) > 40 and line not in known:
                        yield line


def test_no_solution_and_no_hidden_test_is_in_it(site):
    text = "\n".join(
        path.read_text(errors="replace")
        for path in site.folder.rglob("*")
        if path.suffix in (".html", ".ipynb", ".md", ".js", ".txt")
    )
    text = re.sub(r"<[^>]+>", "", text)  # the colors of code
    text = html.unescape(text).replace('\\"', '"')
    lines = set(telling_lines())
    assert len(lines) > 1000
    # too short a line may stand somewhere by chance: none of these may
    found = [line for line in lines if line in text]
    assert found == []


def test_every_link_within_it_leads_somewhere(pages, site):
    read = {path: Links(text) for path, text in pages.items()}
    for path, links in read.items():
        for address in links.addresses:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            assert target.exists(), f"{path.name}: {address}"
            if parts.fragment and target in read:
                place = unquote(parts.fragment)
                assert place in read[target].places, f"{path.name}: {address}"


def test_launch_buttons_lead_to_the_notebook(pages, site):
    text = pages[site.folder / "lectures/02_the_perceptron.html"]
    notebook = "lectures/02_the_perceptron.ipynb"
    binder, colab, hub = (
        next(a for a in Links(text).addresses if a.startswith(start))
        for start in (
            "https://mybinder.org/",
            "https://colab.research.google.com/",
            "https://hub.example.edu/",
        )
    )
    assert "example/course" in binder
    assert colab.endswith(f"/github/example/course/blob/main/{notebook}")
    assert all(notebook in unquote(address) for address in (binder, colab, hub))


@pytest.mark.parametrize("name", ["nn", "optim", "training", "data", "grading"])
def test_the_reference_has_every_public_name(pages, site, name):
    module = __import__(f"course_lib.{name}", fromlist=["__all__"])
    there = Links(pages[site.folder / f"api/{name}.html"]).places
    wanted = {public for public in module.__all__ if callable(getattr(module, public))}
    assert wanted
    assert {f"course_lib.{name}.{public}" for public in wanted} <= there


def test_what_is_missing_is_said_in_a_sentence(tmp_path):
    code = (
        "import importlib.util, runpy, sys\n"
        "find = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name: None if name == 'sphinx' else find(name)\n"
        f"sys.argv = ['build.py', {str(tmp_path / 'book')!r}]\n"
        f"runpy.run_path({str(BUILD)!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The book needs more than the course (sphinx is missing)")
    assert not (tmp_path / "book").exists()
