"""Pictures of a model answer stay with the model answer."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import unquote

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor


class ClearAttachments(NbGraderPreprocessor):
    """Take the attachments that its text no longer shows out of each cell of a release.

    The last of ``c.GenerateAssignment.preprocessors``: nbgrader replaces the text of a model answer
    or of a marking scheme and leaves its pictures.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        texts = cell.source, unquote(html.unescape(cell.source))
        attachments = cell.get("attachments", {})
        for name in [name for name in attachments if not any(_shows(one, name) for one in texts)]:
            del attachments[name]
        if not attachments:
            cell.pop("attachments", None)
        return cell, resources


def _shows(text: str, name: str) -> bool:
    return re.search(rf"attachment:{re.escape(name)}(?!\w)", text) is not None
