"""Formulas as MathML, made while the site is built: no script, no font, nothing to fetch."""

import html
import re

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

FUNCTION = re.compile(r"(<mi>[a-z]{2,}</mi>)(?=<m[^o])")  # ln x, which would be shown as lnx

# a power of brackets, which browsers put higher above an operator than above a letter
CLOSED = re.compile(r'(<m(?:sup|subsup|sub)>)<mo stretchy="false">([^<]+)</mo>')


def formula(node: nodes.Element, display: str) -> str:
    latex = node.astext()
    try:
        made = convert(latex, display=display)
    except Exception as problem:  # each mistake in a formula raises its own sort of error
        logging.getLogger(__name__).warning("%r is no formula: %r", latex, problem, location=node)
        return f"<code>{html.escape(latex)}</code>"
    made = CLOSED.sub(r"\1<mtext>\2</mtext>", made)
    return FUNCTION.sub(r'\1<mspace width="0.17em"/>', made)


def inline(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(f'<span class="formula">{formula(node, "inline")}</span>')
    raise nodes.SkipNode


def block(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(f'<div class="formula" tabindex="0">{formula(node, "block")}</div>')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
