"""What a student may see of a graded notebook."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Student
from nbgrader.preprocessors import ClearHiddenTests, GetGrades

from course_lib.grading.examination.outputs import PRINTED
from course_lib.grading.feedback.hidden_code import COLORS, NOT_SHOWN, HiddenCode
from course_lib.grading.feedback.pictures import (
    EMBEDDED,
    MAX_PICTURE,
    PICTURES,
    SVG,
    detached,
    joined,
)
from course_lib.grading.testing.contract import is_test, region
from course_lib.grading.testing.report import MIME, Report

MAX_TEXT = 20_000  # characters of one output or cell that are shown
MAX_NOTEBOOK = 500_000  # characters of all that the student wrote and printed that are shown
CUT = "\n[cut here: it goes on]"
FAILED_LINE = re.compile(r"^-+> *(\d+) (.*)$", re.MULTILINE)
MAX_PICTURES = 24 * 10**6  # characters of all its pictures that are shown
TOO_LARGE = "[a picture that is not shown: the page would be too large]"
PATHS = (
    (re.compile(r"(?:/[\w.-]{1,99}){1,9}/(?:library|student|tests)-\w+/"), ""),
    (re.compile(r"(?:/[\w.-]{1,99}){1,9}/(?=site-packages/|lib/python3)"), ""),
    (re.compile(r" ?\((?:<[^<>]*>|[^\s()]*\.py), line \d+\)"), ""),
)


class Grades(GetGrades):
    """Points and comments from the gradebook, and which points a person has yet to give."""

    def _get_score(self, cell: NotebookNode, resources: dict) -> None:
        super()._get_score(cell, resources)
        marks = cell.metadata.nbgrader
        names = marks.grade_id, self.notebook_id, self.assignment_id, self.student_id
        grade = self.gradebook.find_grade(*names)
        resources["nbgrader"].setdefault("student_name", _full_name(grade.student))
        marks["by_hand"] = grade.needs_manual_grade and grade.manual_score is None
        marks["look_again"] = grade.needs_manual_grade and grade.manual_score is not None


class HideHiddenTests(ClearHiddenTests):
    """Take hidden tests out of a notebook: their source, and whatever quotes it.

    Also what was printed while they ran, tracebacks through them, and this machine's paths.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        hidden_code = self._take_out_hidden_lines([cell for cell in nb.cells if is_test(cell)])
        left, self._pictures = MAX_NOTEBOOK, MAX_PICTURES
        for cell in nb.cells:
            if not is_test(cell):
                self._detach(cell)
                cell.source = _cut(cell.source, left)
                left -= len(cell.source)
        self._hidden = HiddenCode(hidden_code, "\n".join(cell.source for cell in nb.cells))
        nb.metadata = _only(nb.metadata, "kernelspec")
        for cell in nb.cells:
            cell.metadata = _only(cell.metadata, "nbgrader")
            if cell.cell_type != "code":
                continue
            if not is_test(cell) and left <= 0:
                cell.outputs = []
            cell.outputs = [self._clean(output, is_test(cell)) for output in cell.outputs]
            left -= sum(map(_length, cell.outputs))
        return nb, resources

    def _detach(self, cell: NotebookNode) -> None:
        """Make attachments of the pictures in a text, as many as a page can hold."""
        if cell.cell_type != "markdown":
            return
        cell.source, found = detached(cell.source)
        attachments = dict(cell.get("attachments", {})) | found
        for bundle in attachments.values():
            for kind in [kind for kind in bundle if not self._has_room(joined(bundle[kind]))]:
                bundle[kind] = ""
        if attachments:
            cell["attachments"] = attachments

    def _has_room(self, picture: str) -> bool:
        self._pictures -= len(picture)
        return self._pictures >= 0

    def _take_out_hidden_lines(self, tests: list[NotebookNode]) -> str:
        """Make test cells and their outputs what students may see; returns the hidden code."""
        taken = []
        for cell in tests:
            lines = cell.source.split("\n")
            hidden, marks = region(cell.source, self.begin_test_delimeter, self.end_test_delimeter)
            cell.outputs = _of_a_test(cell.outputs, _failed_line(cell, hidden))
            taken += [lines[index] for index in sorted(hidden)]
            kept = [line for index, line in enumerate(lines) if index not in hidden | marks]
            cell.source = "\n".join(kept)
        return "\n".join(taken)

    def _clean(self, output: NotebookNode, of_a_test: bool) -> NotebookNode:
        """An output without what it tells of the hidden tests and of this machine.

        A question's report is meant for the student: values and hints, also those of hidden checks.
        """
        if "metadata" in output:
            output.metadata = {}
        report = Report.from_outputs([output]) if of_a_test else None
        if report is not None:
            output.data = _without_paths(report).to_mime()
        elif output.output_type == "error":
            output.evalue = self._text(output.evalue)
            output.ename = self._text(output.ename)
            output.traceback = self._text("\n".join(output.traceback)).split("\n")
        elif output.output_type == "stream":
            output.text = self._text(output.text)
        else:
            self._clean_data(output.data)
        return output

    def _clean_data(self, data: dict[str, Any]) -> None:
        data.pop(MIME, None)  # only the tests report
        for kind in [kind for kind in data if kind in PICTURES]:
            picture = joined(data[kind])
            quotes = kind == SVG and self._hidden.is_quoted_in(picture)
            if quotes or len(picture) > MAX_PICTURE or not self._has_room(picture):
                del data[kind]
                data["text/plain"] = NOT_SHOWN if quotes else TOO_LARGE
        for kind in [kind for kind in data if kind not in PICTURES]:
            whole = joined(data[kind])
            text = EMBEDDED.sub("", whole) if kind == "text/html" else whole
            if kind != "text/plain" and max(len(text), len(whole) / 100) > MAX_TEXT:
                del data[kind]  # half of it is no page; there is text as well
                continue
            redacted = self._text(text)
            if redacted != text or kind == "text/plain":
                data[kind] = redacted

    def _text(self, text: Any) -> str:
        return self._hidden.taken_out_of(_readable(text))


def _full_name(student: Student) -> str:
    return " ".join(filter(None, [student.first_name, student.last_name]))


def _without_paths(report: Report) -> Report:
    checks = [
        replace(check, name=_readable(check.name), message=_readable(check.message))
        for check in report.checks
    ]
    return replace(report, checks=checks)


def _readable(text: Any) -> str:
    """``text``, not too long and without this machine's paths."""
    text = _cut(joined(text))
    for pattern, words in PATHS:
        text = pattern.sub(words, text)
    return text


def _only(metadata: NotebookNode, name: str) -> dict:
    return {name: metadata[name]} if name in metadata else {}


def _of_a_test(outputs: Iterable[NotebookNode], failed_line: str) -> list[NotebookNode]:
    """What a student sees of a test's outputs: no traceback, nothing that its calls printed."""
    kept = []
    for output in outputs:
        if PRINTED in output.get("metadata", {}) or _is_score(output):
            continue
        if output.output_type == "error":
            message = f"{output.ename}: {output.evalue}".rstrip(": ")
            output.traceback = [f"{failed_line}\n{message}".strip()]
        kept.append(output)
    return kept


def _is_score(output: NotebookNode) -> bool:
    return output.output_type == "execute_result" and bool(
        re.fullmatch(r"-?[\d.]+(e-?\d+)?", joined(output.data.get("text/plain", "")))
    )


def _failed_line(cell: NotebookNode, hidden: set[int]) -> str:
    """The line of a test cell that raised, if it is one that students have."""
    lines = cell.source.split("\n")
    for output in cell.outputs:
        text = COLORS.sub("", "\n".join(output.get("traceback", [])))
        for number, shown in FAILED_LINE.findall(text):
            index = int(number) - 1
            if index < len(lines) and lines[index].strip() == shown.strip():
                return "in a hidden test" if index in hidden else f"in the line: {shown.strip()}"
    return ""


def _length(output: NotebookNode) -> int:
    """Characters of text that an output shows."""
    if "data" not in output:
        return len(str(output))
    return len(joined(output.data.get("text/plain", "")))


def _cut(text: str, left: int = MAX_TEXT) -> str:
    limit = max(min(left, MAX_TEXT), 0)
    return text if len(text) <= limit else text[:limit] + CUT
