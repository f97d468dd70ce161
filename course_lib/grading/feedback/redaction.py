"""What a student may see of a graded notebook."""

import html
import io
import re
import tokenize

from nbgrader.preprocessors import ClearHiddenTests, GetGrades
from nbgrader.utils import is_grade, is_solution

from course_lib.grading.examination.outputs import PRINTED

WINDOW = 20  # characters of hidden code, spaces apart, that nothing shown may contain
LONGEST = 20_000  # characters of one output or cell that are shown
NOT_SHOWN = "[not shown: it quotes a hidden test]"
WHOLE = 500_000  # characters of all that the student wrote and printed that are shown
CUT = "\n[cut here: it goes on]"
FAILED_LINE = re.compile(r"^-+> *(\d+) (.*)$", re.MULTILINE)
EMBEDDED = re.compile(r"data:image/[\w+;,=/-]*")
PICTURES = ("image/png", "image/jpeg", "image/gif")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
REPORT = re.compile(r"\S+: [\d.]+ of [\d.]+ (points|checks passed)\n")  # how one begins
WORDS = re.compile(r"[A-Za-z_]{3,}")
PLACES = (
    (re.compile(r"(?:/[\w.-]{1,99}){1,9}/(?:library|candidate|examiner)-\w+/"), ""),
    (re.compile(r"(?:/[\w.-]{1,99}){1,9}/(?=site-packages/|lib/python3)"), ""),
    (re.compile(r" ?\((?:<[^<>]*>|[^\s()]*\.py), line \d+\)"), ""),
)


class Grades(GetGrades):
    """Points and comments from the gradebook, and which points a person has yet to give."""

    def _get_score(self, cell, resources):
        super()._get_score(cell, resources)
        marks = cell.metadata.nbgrader
        names = marks.grade_id, self.notebook_id, self.assignment_id, self.student_id
        marks["by_hand"] = self.gradebook.find_grade(*names).needs_manual_grade


class HideHiddenTests(ClearHiddenTests):
    """Take hidden tests out of a notebook: their source, and whatever quotes it.

    Also what was printed while they ran, tracebacks through them, and this machine's paths.
    """

    def preprocess(self, nb, resources):
        tests = [cell for cell in nb.cells if _is_test(cell)]
        regions = {id(cell): self._hidden_lines(cell.source) for cell in tests}
        hidden = [line for cell in tests for line in regions[id(cell)].values()]
        failed = {id(cell): _failed_line(cell, regions[id(cell)]) for cell in tests}
        for cell in tests:
            lines = cell.source.split("\n")
            kept = [line for place, line in enumerate(lines) if place not in regions[id(cell)]]
            cell.source = "\n".join(line for line in kept if not self._marks_region(line))
        room = WHOLE
        for cell in nb.cells:
            if not _is_test(cell):
                cell.source = _cut(cell.source, room)
                room -= len(cell.source)
        self._secret = Secret("\n".join(hidden), "\n".join(cell.source for cell in nb.cells))
        nb.metadata = {key: nb.metadata[key] for key in ("kernelspec",) if key in nb.metadata}
        for cell in nb.cells:
            cell.metadata = {
                key: cell.metadata[key] for key in ("nbgrader",) if key in cell.metadata
            }
            if cell.cell_type == "code":
                if _is_test(cell):
                    cell.outputs = _of_a_test(cell.outputs, failed[id(cell)])
                elif room <= 0:
                    cell.outputs = []
                cell.outputs = [self._clean(output, _is_test(cell)) for output in cell.outputs]
                room -= sum(map(_length, cell.outputs))
        return nb, resources

    def _marks_region(self, line):
        return self.begin_test_delimeter in line or self.end_test_delimeter in line

    def _hidden_lines(self, source):
        """{place: line} of the hidden regions; one that does not end goes on to the end."""
        hidden, found = False, {}
        for place, line in enumerate(source.split("\n")):
            if self.begin_test_delimeter in line:
                hidden = True
            elif self.end_test_delimeter in line:
                hidden = False
            elif hidden:
                found[place] = line
        return found

    def _clean(self, output, of_a_test):
        """An output without what it tells of the hidden tests and of this machine.

        A question's report is meant for the student: values and hints, also those of hidden checks.
        """
        output.metadata = {} if "metadata" in output else output.get("metadata")
        if output.output_type == "error":
            output.evalue = self._text(output.evalue)
            output.ename = self._text(output.ename)
            output.traceback = self._text("\n".join(output.traceback)).split("\n")
        elif output.output_type == "stream":
            output.text = self._text(output.text, of_a_test and REPORT.match(output.text))
        else:
            self._clean_data(output.data)
        if output.get("metadata") is None:
            output.pop("metadata", None)
        return output

    def _clean_data(self, data):
        for kind in list(data):
            whole = _joined(data[kind])
            text = EMBEDDED.sub("", whole) if kind == "text/html" else whole
            if kind in PICTURES:
                continue
            if kind != "text/plain" and max(len(text), len(whole) / 100) > LONGEST:
                del data[kind]  # half of it is no page; there is text as well
            elif self._text(text) != text or kind == "text/plain":
                data[kind] = self._text(text)

    def _text(self, text, keep=False):
        text = _cut(_joined(text))
        for place, words in PLACES:
            text = place.sub(words, text)
        return text if keep else self._secret.taken_out_of(text)


class Secret:
    """The hidden tests' code, as far as it is not also ``public``."""

    def __init__(self, hidden, public):
        pieces = [_bare(piece) for piece in _without_strings(hidden)]
        known = _bare(public)
        self.windows = {
            window for piece in pieces for window in _windows(piece) if window not in known
        }
        self.lines = {
            bare
            for line in hidden.splitlines()
            if (bare := _bare(line)) and len(bare) > 6 and re.search(r"\w\W", bare)
        }
        self.lines = {line for line in self.lines if line not in known}

    def taken_out_of(self, text):
        """``text`` with the lines that quote the secret replaced, or all of it."""
        if not self._quoted_in(text):
            return text
        lines = [NOT_SHOWN if self._quoted_in(line) else line for line in text.split("\n")]
        pairs = zip(lines, ["", *lines], strict=False)
        kept = [line for line, before in pairs if not line == before == NOT_SHOWN]
        shown = "\n".join(kept) if NOT_SHOWN in lines else ""
        return NOT_SHOWN if not shown or self._quoted_in(shown) else shown

    def _quoted_in(self, text):
        bare = _bare(COLOURS.sub("", text))
        if any(line in bare for line in self.lines):
            return True
        return any(bare[i : i + WINDOW] in self.windows for i in range(len(bare) - WINDOW + 1))


def _is_test(cell):
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def _of_a_test(outputs, failed_line):
    """What a student sees of a test's outputs: no traceback, nothing that its calls printed."""
    kept = []
    for output in outputs:
        if PRINTED in output.get("metadata", {}) or _is_score(output):
            continue
        if output.output_type == "error":
            said = f"{output.ename}: {output.evalue}".rstrip(": ")
            output.traceback = [f"{failed_line}\n{said}".strip()]
        kept.append(output)
    return kept


def _is_score(output):
    return output.output_type == "execute_result" and bool(
        re.fullmatch(r"-?[\d.]+(e-?\d+)?", _joined(output.data.get("text/plain", "")))
    )


def _failed_line(cell, hidden):
    """The line of a test cell that raised, if it is one that students have."""
    lines = cell.source.split("\n")
    for output in cell.outputs:
        text = COLOURS.sub("", "\n".join(output.get("traceback", [])))
        for number, shown in FAILED_LINE.findall(text):
            place = int(number) - 1
            if place < len(lines) and lines[place].strip() == shown.strip():
                return "in a hidden test" if place in hidden else f"in the line: {shown.strip()}"
    return ""


def _without_strings(code):
    """The pieces of ``code`` between strings and comments: names of checks are no secret."""
    pieces = [[]]
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            if token.type in (tokenize.STRING, tokenize.COMMENT):
                pieces.append([])
            else:
                pieces[-1].append(token.string)
    except (tokenize.TokenError, SyntaxError):  # what was read so far counts, and all as it is
        pieces += [[piece] for piece in re.split(r"\"[^\"\n]*\"|'[^'\n]*'", code)]
    return ["".join(piece) for piece in pieces]


def _windows(piece):
    for start in range(len(piece) - WINDOW + 1):
        window = piece[start : start + WINDOW]
        if len(set(WORDS.findall(window))) > 1:
            yield window


def _bare(text):
    """Without what printing, escaping and wrapping change."""
    return re.sub(r"\\n|\\|\s+", "", html.unescape(text))


def _length(output):
    """Characters of text that an output shows; a picture counts as a text of a twentieth of it."""
    if "data" not in output:
        return len(str(output))
    pictures = sum(len(_joined(output.data.get(kind, ""))) for kind in PICTURES)
    return len(_joined(output.data.get("text/plain", ""))) + pictures // 20


def _cut(text, room=LONGEST):
    most = max(min(room, LONGEST), 0)
    return text if len(text) <= most else text[:most] + CUT


def _joined(text):
    return "".join(map(str, text)) if isinstance(text, list) else str(text)
