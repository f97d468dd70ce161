"""An answer is found where a student put it, and what is not found waits for a person."""

import re
import time

import nbformat
import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
    new_raw_cell,
)

from course_lib.grading.submissions import elsewhere, matching, reading
from course_lib.grading.submissions.definitions import ELSEWHERE
from course_lib.grading.submissions.matching import realign
from tests.unit.grading.submissions.test_restoring import ANSWERS, STUB, slot

SAID = "No straight line keeps the two classes apart."
MORE = "So one neuron is not enough here."
FIRST, SECOND = "## Why is XOR hard? Explain.", "## What would you add to it?"
BLANK = "*Write here.*"
TEST = "assert double(1) == 2"
SLOTS = [
    slot("setup", text="import math", locked=True),
    slot("double", text=STUB.format("double"), solution=True),
    slot("test_double", text=TEST, grade=True, locked=True),
    slot("triple", text=STUB.format("triple"), solution=True),
    slot("test_triple", text="assert triple(1) == 3", grade=True, locked=True),
    slot("why", "markdown", BLANK, grade=True, solution=True),
    slot("asked", "markdown", SECOND, locked=True),
    slot("what", "markdown", BLANK, grade=True, solution=True),
]
SLOTS[5].before = (FIRST,)


def handed_in():
    """Both functions are written, both texts are as they were handed out."""
    cells = []
    for one in SLOTS:
        for text in one.before:
            cells.append(new_markdown_cell(text, id="question"))
        cells.append(one.cell(ANSWERS.get(one.name)))
    return cells


def at(cells, name):
    names = [c.metadata.get("nbgrader", {}).get("grade_id") for c in cells]
    return names.index(name)


def done(cells):
    result, repairs = realign(cells, SLOTS, [FIRST])
    found = {c.metadata.nbgrader.grade_id: c for c in result if "nbgrader" in c.metadata}
    return found, repairs, result


def after(*new):
    def change(cells):
        cells[at(cells, "why") + 1 : at(cells, "why") + 1] = new

    return change


def before(*new):
    def change(cells):
        cells[at(cells, "why") : at(cells, "why")] = new

    return change


def reply(cells):
    cells[at(cells, "why") - 1].source += f"\n\n{SAID}"


def quoted(cells):
    after(new_markdown_cell(f"{FIRST}\n{SAID}"))(cells)


def split(cells):
    cells[at(cells, "why")].source = SAID
    copy = nbformat.from_dict(dict(cells[at(cells, "why")]) | {"id": "half", "source": MORE})
    cells.insert(at(cells, "why") + 1, copy)


def forget(*names):
    def change(cells):
        for name in names:
            cell = cells[at(cells, name)]
            cell.id = f"new-{name}"
            del cell.metadata["nbgrader"]

    return change


def without_stub(cells):
    """Deepnote: no metadata, a text cut into its blocks."""
    place = at(cells, "why")
    forget(*[one.name for one in SLOTS])(cells)
    cells[place : place + 1] = [new_markdown_cell(SAID), new_markdown_cell(f"- {MORE}")]


def with_stub(cells):
    after(new_markdown_cell(SAID))(cells)
    forget(*[one.name for one in SLOTS])(cells)


def blanked(cells):
    cells[at(cells, "why")].source = " \n"
    after(new_markdown_cell(SAID))(cells)


def prettier(cells):
    """A formatter went over the untouched cell."""
    cells[at(cells, "why")].source = "_Write here._\n"
    after(new_markdown_cell(SAID))(cells)


def deleted(cells):
    after(new_markdown_cell(SAID))(cells)
    del cells[at(cells, "why")]


FOUND = {
    "below": after(new_markdown_cell(SAID)),
    "above": before(new_markdown_cell(SAID)),
    "in two cells": after(new_markdown_cell(SAID), new_markdown_cell(MORE)),
    "above and below": lambda cells: [
        before(new_markdown_cell(SAID))(cells),
        after(new_markdown_cell(MORE))(cells),
    ],
    "raw": after(new_raw_cell(SAID)),
    "comment": after(new_code_cell(f"# {SAID}")),
    "string": after(new_code_cell(f'"""{SAID}"""')),
    "printed": after(new_code_cell(f'print("{SAID}")')),
    "named": after(new_code_cell(f'answer = "{SAID}"')),
    "displayed": after(
        new_code_cell(f'from IPython.display import Markdown, display\ndisplay(Markdown("{SAID}"))')
    ),
    "no Python": after(new_code_cell(SAID)),
    "below what it tries": after(new_code_cell("double(2)"), new_markdown_cell(SAID)),
    "one short word": after(new_markdown_cell("Geometry.")),
    "a picture": after(
        new_markdown_cell("![](attachment:a.png)", attachments={"a.png": {"image/png": "QUJD"}})
    ),
    "a reply": reply,
    "a quotation": quoted,
    "split": split,
    "cut into blocks": without_stub,
    "names lost, stub there": with_stub,
    "blank": blanked,
    "formatted": prettier,
    "deleted": deleted,
}


@pytest.mark.parametrize("change", FOUND.values(), ids=FOUND)
def test_words_are_found_near_their_cell(change):
    cells = handed_in()
    change(cells)
    before = [dict(cell) for cell in cells]
    found, repairs, result = done(cells)
    assert not SLOTS[5].holds(found["why"].source)
    said = [
        text
        for text in (SAID, MORE, "Geometry.", "a.png")
        if any(text in c["source"] for c in before)
    ]
    assert said
    assert all(text in found["why"].source for text in said)
    assert any("why" in repair for repair in repairs), repairs
    assert [c.metadata.nbgrader.grade_id for c in result if "nbgrader" in c.metadata] == [
        one.name for one in SLOTS
    ]
    assert found["double"].source == ANSWERS["double"]
    assert len({c.id for c in result}) == len(result)


def test_a_picture_comes_along():
    cells = handed_in()
    FOUND["a picture"](cells)
    assert done(cells)[0]["why"].attachments == {"a.png": {"image/png": "QUJD"}}


def test_two_pictures_of_one_name_both_come_along():
    cells = handed_in()
    pictures = [
        new_markdown_cell(
            f"{text} ![](attachment:a.png)", attachments={"a.png": {"image/png": text}}
        )
        for text in ("QUJD", "REVG")
    ]
    after(*pictures)(cells)
    why = done(cells)[0]["why"]
    assert why.attachments == {"a.png": {"image/png": "QUJD"}, "x1-a.png": {"image/png": "REVG"}}
    assert why.source.count("(attachment:x1-a.png)") == 1


def test_thousands_of_pictures_of_the_same_names_take_no_longer_than_their_text():
    names = [f"p{number} (1).png" if number == 7 else f"p({number}).png" for number in range(3000)]
    text = " ".join(f"![](attachment:{name})" for name in names) + " word" * 500_000
    cells = [
        new_markdown_cell(text, attachments={name: {"image/png": f"{number}"} for name in names})
        for number in range(3)
    ]
    begin = time.process_time()
    both = elsewhere.joined(SLOTS[5], cells)
    assert time.process_time() - begin < 5
    assert len(both.attachments) == 9000
    for number, picture in both.attachments.items():
        assert picture["image/png"] in "012", number
    assert both.source.count("(attachment:p(5).png)") == 1
    assert len(set(re.findall(r"attachment:\S*p\(5\).png", both.source))) == 3


def test_each_of_two_questions_gets_its_own():
    cells = handed_in()
    before(new_markdown_cell(SAID))(cells)
    cells.append(new_markdown_cell(MORE))
    found, repairs, _ = done(cells)
    assert (found["why"].source, found["what"].source) == (SAID, MORE)
    assert repairs == [f"cells why, what: {ELSEWHERE}"]


def test_a_reply_in_a_locked_question_is_not_lost():
    cells = handed_in()
    cells[at(cells, "asked")].source += f"\n{SAID}"
    found, repairs, _ = done(cells)
    assert found["asked"].source == SECOND
    assert found["what"].source == SAID
    assert f"cell what: {ELSEWHERE}" in repairs
    assert SLOTS[5].holds(found["why"].source) or elsewhere.HINT in found["why"].source


def test_one_cell_at_the_end_may_answer_all():
    cells = handed_in()
    cells.append(new_markdown_cell(f"1. {SAID}\n2. {MORE}"))
    found, repairs, _ = done(cells)
    assert SAID in found["what"].source
    assert elsewhere.HINT in found["why"].source
    assert repairs == [f"cell what: {ELSEWHERE}", f"cell why: {elsewhere.LOOK}"]


def test_an_answer_in_another_texts_cell_is_seen_by_a_person():
    """Nobody but a person can say whether it answers both questions."""
    cells = handed_in()
    cells[at(cells, "what")].source = f"{SAID}\n\n{MORE}"
    found, repairs, _ = done(cells)
    assert elsewhere.HINT in found["why"].source
    assert SAID in found["what"].source
    assert repairs == [f"cell why: {elsewhere.LOOK}"]


@pytest.mark.parametrize("place", [0, 3])
def test_text_far_away_waits_for_a_person(place):
    cells = handed_in()
    cells.insert(place, new_markdown_cell(f"1. {SAID}\n2. {MORE}"))
    found, repairs, result = done(cells)
    for name in ("why", "what"):
        assert elsewhere.HINT in found[name].source
    assert repairs == [f"cells why, what: {elsewhere.LOOK}"]
    assert any(SAID in c.source for c in result)


def shown(source, *outputs):
    return new_code_cell(source, outputs=list(outputs))


def in_an_answer(text):
    def change(cells):
        cells[at(cells, "triple")].source += f"\n\n{text}"

    return change


def at_the_top(*new):
    def change(cells):
        cells[1:1] = new

    return change


def in_the_locked(name, text):
    def change(cells):
        cells[at(cells, name)].source += f"\n{text}"

    return change


PLAIN = {"text/plain": "<IPython.core.display.Markdown object>", "text/markdown": SAID}
FAR = {
    "a comment in code": at_the_top(new_code_cell(f"double(2)\n# {SAID}")),
    "a comment of two lines": at_the_top(
        new_code_cell(f"double(2)\n# {SAID[:20]}\n  # {SAID[20:]}")
    ),
    "put together": at_the_top(new_code_cell(f'said = ("{SAID}"\n   + "{MORE}")\nprint(said)')),
    "a docstring": at_the_top(new_code_cell(f'def why():\n    """{SAID}"""')),
    "a comment in an answer": in_an_answer(f"# {SAID}"),
    "a comment in a test": in_the_locked("test_double", f"# {SAID}"),
    "printed in a test": in_the_locked("test_double", f'print("{SAID}")'),
    "typed": at_the_top(shown("print(input())", new_output("stream", text=f"Why? {SAID}\n"))),
    "a result": at_the_top(shown("said", new_output("execute_result", {"text/plain": repr(SAID)}))),
    "shown": at_the_top(shown("display(said)", new_output("display_data", PLAIN))),
}


@pytest.mark.parametrize("change", FAR.values(), ids=FAR)
def test_words_that_stand_in_code_or_in_its_output_wait_for_a_person(change):
    cells = handed_in()
    change(cells)
    notebook = reading.parse(nbformat.writes(new_notebook(cells=cells)).encode())
    found, repairs, _ = done(notebook.cells)
    assert elsewhere.HINT in found["why"].source
    assert f"cells why, what: {elsewhere.LOOK}" in repairs


LOG = "Epoch 1/10: train loss 0.53, val loss 0.41, train accuracy 0.91, val accuracy 0.89\n" * 3
ERROR = new_output("error", ename="E", evalue=SAID, traceback=[SAID])


@pytest.mark.parametrize(
    "new",
    [
        [],
        [new_code_cell("double(2)")],
        [new_code_cell("# try it\ndouble(2)"), new_code_cell("")],
        [new_markdown_cell("# My work")],
        [new_markdown_cell(FIRST)],
        [new_markdown_cell(BLANK), new_markdown_cell("---")],
        [shown("for e in x: step()", new_output("stream", text=LOG))],
        [shown("%pip install x", new_output("stream", text=f"Note: {SAID}"))],
        [shown("double(2)", new_output("stream", name="stderr", text=f"Warning: {SAID}"), ERROR)],
    ],
)
def test_who_wrote_nothing_is_as_before(new):
    """Comments in a function that was asked for explain the function, and say nothing else."""
    cells = handed_in()
    cells[
        at(cells, "double")
    ].source = f'def double(x):\n    """{SAID}"""\n    # {MORE}\n    return 2 * x'
    cells[1:1] = new
    cells = reading.parse(nbformat.writes(new_notebook(cells=cells)).encode()).cells
    found, repairs, _ = done(cells)
    assert (found["why"].source, found["what"].source) == (BLANK, BLANK)
    assert repairs == []


RIGHT = "def double(x):\n    return 2 * x  # twice"


def elsewhere_in(place, new, *, code=True):
    def change(cells):
        cells.insert(at(cells, place) + 1, new_code_cell(new) if code else new_markdown_cell(new))

    return change


def in_the_test(cells):
    cells[at(cells, "test_double")].source = f"import math\n{RIGHT}\n{TEST}"


def in_the_next_answer(cells):
    cells[at(cells, "triple")].source += f"\n\n\n{RIGHT}"


def retyped(cells):
    own = cells[at(cells, "double")]
    cells[at(cells, "double")] = new_markdown_cell(
        f"```python\n{RIGHT}\n```", metadata=own.metadata
    )


def in_the_setup(cells):
    cells[at(cells, "setup")].source += f"\n{RIGHT}"


CODE = {
    "above": elsewhere_in("setup", RIGHT),
    "below": elsewhere_in("double", RIGHT),
    "after its test": elsewhere_in("test_double", RIGHT),
    "at the end": elsewhere_in("what", f"{RIGHT}\n\n\ndef more():\n    pass"),
    "as Markdown": elsewhere_in("double", f"```python\n{RIGHT}\n```", code=False),
    "a lambda above": elsewhere_in("setup", "double = lambda x: 2 * x  # twice"),
    "a name for another above": elsewhere_in(
        "setup", RIGHT.replace("double", "mine") + "\ndouble = mine"
    ),
    "a lambda at the end": elsewhere_in("what", "double = lambda x: 2 * x  # twice"),
    "as Markdown above": elsewhere_in("setup", RIGHT, code=False),
    "in its test": in_the_test,
    "in the setup": in_the_setup,
    "in the next answer": in_the_next_answer,
}


@pytest.mark.parametrize("formatted", [False, True])
@pytest.mark.parametrize("change", CODE.values(), ids=CODE)
def test_code_is_found_wherever_it_is(change, formatted):
    cells = handed_in()
    cells[at(cells, "double")].source = STUB.format("double") + ("\n" if formatted else "")
    if formatted:
        cells[at(cells, "double")].source = "def double( x ) :\n\n  raise NotImplementedError\n"
    change(cells)
    _, repairs, result = done(cells)
    assert runs(result), [c.source for c in result]
    below = change is CODE["below"]  # there it does what it does at home
    assert (f"cell double: {ELSEWHERE}" in repairs) == (not below)


def runs(cells):
    space = {}
    for cell in cells:
        if cell.cell_type == "code":
            try:
                exec(cell.source, space)
            except AssertionError:
                return False
            except NotImplementedError:
                return False
    return True


def test_all_answers_in_one_cell_at_the_end():
    cells = handed_in()
    for name in ("double", "triple"):
        cells[at(cells, name)].source = STUB.format(name)
    cells.append(new_code_cell("\n".join(ANSWERS[name] for name in ("double", "triple"))))
    _, repairs, result = done(cells)
    assert runs(result), [c.source for c in result]
    assert repairs == [f"cells double, triple: {ELSEWHERE}"]


def test_an_untouched_answer_stays_so():
    cells = handed_in()
    cells[at(cells, "double")].source = STUB.format("double")
    cells.append(new_code_cell(STUB.format("double")))
    cells.append(new_code_cell("double(3)"))
    found, repairs, _ = done(cells)
    assert found["double"].source == STUB.format("double")
    assert repairs == []


@pytest.mark.parametrize("kind", ["code", "markdown"])
def test_code_that_a_person_marks_is_found_too(kind):
    plot = slot("plot", text="raise NotImplementedError", grade=True, solution=True)
    cells = [SLOTS[0].cell(), plot.cell()]
    cells.append(new_code_cell("1 + 1") if kind == "code" else new_markdown_cell("I can't."))
    result, repairs = realign(cells, [SLOTS[0], plot])
    assert result[1].source == ("1 + 1" if kind == "code" else "# I can't.")
    assert repairs == [f"cell plot: {ELSEWHERE}"]


def test_a_formatted_test_is_the_one_that_was_handed_out():
    cells = handed_in()
    cells[at(cells, "test_double")].source = "assert   double( 1 )==2 # checked"
    forget("test_double")(cells)
    _, repairs, result = done(cells)
    assert repairs == [f"cell test_double: {matching.NAMELESS}"]
    assert [c.source for c in result].count(TEST) == 1


def test_code_in_a_fence_in_its_own_cell_is_code():
    cells = handed_in()
    retyped(cells)
    found, _, result = done(cells)
    assert runs(result)
    assert found["double"].source.strip() == RIGHT
