"""The page that a student gets: what it shows, and that it does nothing."""

import base64
import re

import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory

from course_lib.grading.feedback.page import FeedbackExporter
from course_lib.grading.feedback.pictures import MAX_PICTURE, harmless_svg
from course_lib.grading.feedback.redaction import MAX_TEXT, HideHiddenTests
from course_lib.grading.testing.report import CheckResult, Report


def page_of(cells, **about):
    summary = {"notebook": "n", "score": 1.0, "max_score": 2.0, "late_penalty": 0.5} | about
    page, _ = FeedbackExporter().from_notebook_node(
        new_notebook(cells=cells), {"nbgrader": summary}
    )
    return page


def test_a_page_needs_little_of_a_notebook():
    cells = [
        new_markdown_cell("![a](attachment:a.png) $x$", attachments={"a.png": {"image/png": "AA"}}),
        new_code_cell("f()", outputs=[new_output("display_data", {"image/png": "AA\n"})]),
        new_code_cell("", outputs=[new_output("display_data", {"text/html": "<b>t</b>"})]),
        new_code_cell("g()", outputs=[new_output("display_data", {"application/x": "a"})]),
    ]
    page = page_of(cells)
    assert page.count("data:image/png;base64,AA") == 2
    assert "<b>t</b>" in page
    assert "0.5 points were taken off" in page
    assert "<b>1 of 2 points</b>" in page


def test_formulas_are_shown_without_a_script_and_broken_ones_as_written():
    text = (
        "$\\ln a < \\tfrac12$ and $<b>\\frac{$\n\n$$\\sqrt{x}$$\n\n\\begin{matrix}1&2\\end{matrix}"
    )
    notebook = new_notebook(cells=[new_markdown_cell(f"{text}\n\n${'x' * 3000}$")])
    page = page_of(notebook.cells)
    assert page.count("<math") == 3
    assert page.count('display="block"') == 2
    assert '<mi>ln</mi><mspace width="0.17em"></mspace><mi>a</mi><mo>&lt;</mo>' in page
    assert "<code>&lt;b&gt;\\frac{</code>" in page
    assert f"<code>{'x' * 3000}</code>" in page
    assert "$" not in page


def test_a_page_holds_nothing_that_acts_on_the_page_around_it():
    text = (
        '<meta http-equiv="refresh" content="0;url=https://a.example"><form action="/x"></form>\n'
        "</div></div><style>.total { display: none }</style>\n\n<b onclick='x()'>bold</b>\n\n"
        "$\\text{<img src=x onerror=x()>}$\n\n|a|\n|--:|\n|1|"
    )
    shown = new_output("display_data", {"text/html": "<script>x()</script><i>told</i>"})
    cells = [new_markdown_cell(text), new_code_cell("", outputs=[shown])]
    page = page_of(cells)
    body = page.partition("<body>")[2]
    for bad in ("<meta", "<form", "<style", "onclick", "onerror", "<img", "<script", "x()"):
        assert bad not in body
    assert "<b>bold</b>" in body
    assert "<i>told</i>" in body
    assert '<th style="text-align:right">a</th>' in body


def test_a_picture_in_many_places_is_embedded_once():
    attachments = {"a b.png": {"image/png": "A" * 10**5}}
    cells = [new_markdown_cell("![x](attachment:a%20b.png)\n\n" * 500, attachments=attachments)]
    page = page_of(cells)
    assert page.count("A" * 10**5) == 1
    assert len(page) < 2 * 10**5


def test_the_page_colours_the_lines_of_a_report():
    checks = [
        CheckResult("one <b>", True),
        CheckResult("two", False, 1, "--  no sign"),
    ]
    marks = {"grade": True, "solution": False, "grade_id": "test_double", "points": 2, "score": 1.0}
    output = new_output("display_data", Report("double", 1, 2, checks).to_mime())
    cells = [new_code_cell("", outputs=[output], metadata={"nbgrader": marks})]
    page = page_of(cells)
    assert '<span class="passed">  ok  one &lt;b&gt;</span>' in page
    assert '<span class="failed">  --  two</span>\n        --  no sign' in page


def test_nbgraders_own_page_shows_the_text_of_a_report():
    report = Report("double", 0, 2, [CheckResult("one", False, 2, "got     3")])
    output = new_output("display_data", report.to_mime())
    cell = new_code_cell("", outputs=[output], metadata={"nbgrader": {"comment": None}})
    exporter = HTMLExporter(config=GenerateFeedback(CourseDirectory()).config)
    summary = {"notebook": "n", "score": 1.0, "max_score": 2.0, "late_penalty": 0.0}
    page, _ = exporter.from_notebook_node(
        new_notebook(cells=[cell]), {"nbgrader": summary | {"tmp_dir": "."}}
    )
    assert "double: 0 of 2 points\n  --  one\n        got     3" in page
    assert "vnd.course" not in page


def test_a_page_names_its_student():
    page = page_of([], student="b17", student_name="Jürgen <b>Łukasz</b>")
    assert "<title>n: feedback for Jürgen &lt;b&gt;Łukasz&lt;/b&gt; (b17)</title>" in page
    assert '<p class="who">Jürgen &lt;b&gt;Łukasz&lt;/b&gt; (b17)</p>' in page
    assert "<title>n: feedback for b17</title>" in page_of([], student="b17", student_name="")
    assert "\x1b" not in page_of([], student="b\x1b[31m17")
    assert "<title>n: feedback</title>" in page_of([])


def pictures_in(page):
    return re.findall(r'<img [^>]*src="([^"]*)"', page)


def text_of(uri):
    return base64.b64decode(uri.partition(",")[2]).decode()


def redacted(*cells):
    notebook, _ = HideHiddenTests().preprocess(new_notebook(cells=list(cells)), {})
    return page_of(notebook.cells)


DRAWING = (
    '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://w3.org/svg.dtd">'
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'onload="x()"><script>x()</script><g onclick="x()"><a xlink:href="javascript:x()">'
    '<circle r="5"/></a><foreignObject><iframe/></foreignObject>'
    '<image href="https://a.example/spy.png"/><use xlink:href="#g"/></g></svg>'
)


@pytest.mark.parametrize("size", [80_000, 3_000_000])
def test_a_picture_pasted_into_the_text_and_what_follows_it_are_shown(size):
    """As Colab does; the text was cut in the middle of the picture."""
    picture = "A" * size
    text = f"Before.\n\n![image.png](data:image/png;base64,{picture})\n\nAfter."
    page = redacted(new_markdown_cell(text))
    assert pictures_in(page) == [f"data:image/png;base64,{picture}"]
    assert "<p>Before.</p>" in page
    assert "<p>After.</p>" in page
    assert "cut here" not in page


@pytest.mark.parametrize(
    "text",
    [
        "![a][1]\n\nAfter.\n\n[1]: <data:image/jpeg;base64,AAAA>",
        "![a][1]\n\nAfter.\n\n[1]: data:image/jpeg;base64,AAAA",
        'An <img alt="a" src="data:image/jpeg;base64,AAAA" width="300"> here.\n\nAfter.',
        '![a](data:image/jpeg;base64,AAAA "title")\n\nAfter.',
        "![a](data:image/jpg;base64,AAAA)\n\nAfter.",
        "![a](data:image/jpeg;charset=utf-8;base64,AAAA)\n\nAfter.",
    ],
)
def test_a_picture_in_the_text_in_any_way_of_writing_it(text):
    page = redacted(new_markdown_cell(text))
    assert pictures_in(page) == ["data:image/jpeg;base64,AAAA"]
    assert "<p>After.</p>" in page


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "webp", "avif", "bmp"])
def test_pictures_of_all_kinds(kind):
    kind = f"image/{kind}"
    cells = [
        new_markdown_cell("![a](attachment:a)", attachments={"a": {kind: "AAAA"}}),
        new_code_cell("plot()", outputs=[new_output("display_data", {kind: ["AA\n", "AA"]})]),
    ]
    assert pictures_in(redacted(*cells)) == [f"data:{kind};base64,AAAA"] * 2


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("R&D.png", "R&D.png"),
        ("R&D.png", "R&amp;D.png"),
        ("my plot.png", "my%20plot.png"),
        ("Übung (1).png", "%C3%9Cbung%20%281%29.png"),
        ("a+b.png", "a+b.png"),
        ("50%.png", "50%.png"),
        ("[x].png", "%5Bx%5D.png"),
    ],
)
def test_attachments_with_any_name(name, written):
    for text in (f"![x](attachment:{written})", f'<img src="attachment:{written}">'):
        cells = [new_markdown_cell(text, attachments={name: {"image/png": "AAAA"}})]
        assert pictures_in(redacted(*cells)) == ["data:image/png;base64,AAAA"], text


@pytest.mark.parametrize(
    ("text", "bundle"),
    [
        ("![](attachment:gone.png)", {}),
        ("![](attachment:a)", {"image/png": "no base64!"}),
        ("![](attachment:a)", {"image/heic": "AAAA"}),
        ("![](sandbox:/mnt/data/plot.png)", {}),
        ("![](blob:https://colab/1)", {}),
        ("![](file:///home/me/plot.png)", {}),
        ("<img alt='a > src=b' src='C:\\plot.png'>", {}),
        ("<img>", {}),
    ],
)
def test_a_picture_that_is_none_is_said_to_be_missing(text, bundle):
    page = redacted(new_markdown_cell(f"{text}\n\nAfter.", attachments={"a": bundle}))
    assert page.count("[a picture that can't be shown]") == 1
    assert "<p>After.</p>" in page


@pytest.mark.parametrize("address", ["https://example.org/a.png", "figures/a.png"])
def test_a_picture_elsewhere_stays_where_it_is(address):
    assert pictures_in(redacted(new_markdown_cell(f"![a]({address})"))) == [address]


@pytest.mark.parametrize(
    "shown",
    [
        '<div class="animation"><img><script>frames[0] = "data:image/png;base64,A"</script></div>',
        '<video controls><source type="video/mp4" src="data:video/mp4;base64,AA"></video>',
        '<iframe src="https://example.org"></iframe>',
        '<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>',
    ],
)
def test_what_a_page_never_shows_is_named(shown):
    page = redacted(new_code_cell("x", outputs=[new_output("display_data", {"text/html": shown})]))
    assert "Scripts, films, frames and drawings in an output of HTML are not shown" in page
    assert "<circle" not in page


def test_drawings_come_without_what_acts():
    encoded = base64.b64encode(DRAWING.encode()).decode()
    cells = [
        new_markdown_cell(
            "![a](attachment:a.svg)", attachments={"a.svg": {"image/svg+xml": DRAWING}}
        ),
        new_markdown_cell(
            "![a](attachment:a.svg)", attachments={"a.svg": {"image/svg+xml": encoded}}
        ),
        new_markdown_cell(f"![a](data:image/svg+xml;base64,{encoded})"),
        new_code_cell("x", outputs=[new_output("display_data", {"image/svg+xml": DRAWING})]),
        new_code_cell(
            "x",
            outputs=[
                new_output(
                    "display_data",
                    {"text/html": f'<img src="data:image/svg+xml;base64,{encoded}">'},
                )
            ],
        ),
    ]
    found = pictures_in(redacted(*cells))
    assert len(found) == len(cells)
    for drawing in map(text_of, found):
        assert "<circle" in drawing
        assert "#g" in drawing
        for bad in ("script", "onload", "onclick", "foreignObject", "iframe", "spy", "DOCTYPE"):
            assert bad not in drawing


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg>&a;</svg>',
        "<svg><g></svg>",
        "<html><svg/></html>",
        "no drawing",
        "<svg>" + "<g>" * 10**5 + "</g>" * 10**5 + "</svg>",
    ],
)
def test_what_is_no_drawing_is_not_shown(text):
    assert harmless_svg(text) == ""


def test_a_picture_that_is_too_large_is_named_and_costs_nothing_else():
    large = "A" * (MAX_PICTURE + 1)
    cells = [
        new_markdown_cell("![a](attachment:a)\n\nAfter.", attachments={"a": {"image/png": large}}),
        new_code_cell(
            "animate()",
            outputs=[new_output("display_data", {"image/gif": large, "text/plain": "Animation"})],
        ),
        new_markdown_cell("The last words."),
    ]
    page = redacted(*cells)
    assert "a picture of 8 MB: too large for this page" in text_of(pictures_in(page)[0])
    assert "[a picture that is not shown: the page would be too large]" in page
    assert "After." in page
    assert "The last words." in page
    assert len(page) < 10**5


def test_many_pictures_make_no_huge_page_and_lose_no_text():
    cells = [
        new_markdown_cell(f"![{i}](data:image/png;base64,{'A' * 3_000_000})\n\nText {i}.")
        for i in range(20)
    ]
    page = redacted(*cells)
    assert 20e6 < len(page) < 30e6
    for i in range(20):
        assert f"<p>Text {i}.</p>" in page


def test_a_long_answer_is_cut_with_a_word_and_the_next_is_there():
    cells = [new_markdown_cell("word " * MAX_TEXT), new_markdown_cell("The next answer.")]
    page = redacted(*cells)
    assert "[cut here: it goes on]" in page
    assert "The next answer." in page


def test_a_mark_that_is_to_be_looked_at_again_is_shown():
    marks = {"grade": True, "solution": True, "grade_id": "essay", "points": 4, "score": 3.0}
    marks |= {"look_again": True, "comment": "![so](data:image/png;base64,AAAA) *Good*"}
    page = page_of([new_markdown_cell("Because.", metadata={"nbgrader": marks})])
    assert page.count("3 of 4") == 2
    assert "3 of 4 points, to be looked at again" in page
    assert "<em>Good</em>" in page
    assert pictures_in(page) == ["data:image/png;base64,AAAA"]
