"""Pictures of a student's notebook as they can stand in a page: as data, without scripts."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, unquote_to_bytes
from xml.etree import ElementTree

MAX_PICTURE = 8 * 10**6  # characters of one picture that is shown
SVG = "image/svg+xml"
PICTURES = (
    *("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"),
    SVG,
)
ALIASES = {"image/jpg": "image/jpeg", "image/svg": SVG}
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
EMBEDDED = re.compile(r"data:(image/[\w.+-]+)((?:;[\w-]+(?:=[\w-]+)?)*),([^\s\"'()<>\\]*)")
XMLNS = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*>", re.IGNORECASE)
ACTIVE = {"script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler"}

ElementTree.register_namespace("", XMLNS)
ElementTree.register_namespace("xlink", XLINK)


def joined(text: Any) -> str:
    """A text of a notebook, which may be a list of its lines."""
    return "".join(map(str, text)) if isinstance(text, list) else str(text)


def detached(source: str) -> tuple[str, dict[str, dict[str, str]]]:
    """A text without the pictures that it holds as data, and these as attachments.

    Editors such as Colab's paste them so. What is left is short enough to be read, and to be cut.
    """
    found: dict[str, dict[str, str]] = {}

    def attach(match: re.Match[str]) -> str:
        kind, how, data = match.groups()
        name = f"in-the-text-{len(found) + 1}"
        found[name] = {kind: unquote(data) if "base64" in how else _encoded(unquote_to_bytes(data))}
        return f"attachment:{name}"

    return EMBEDDED.sub(attach, source), found


def uri(bundle: Mapping[str, Any]) -> str:
    """The best picture of a mimebundle as a URI that holds it.

    One that can't be shown becomes a picture that says so; "" if there is none.
    """
    kinds = {ALIASES.get(kind, kind): data for kind, data in bundle.items()}
    kind = next((kind for kind in PICTURES if kind in kinds), None)
    if kind is None:
        return ""
    data = joined(kinds[kind])
    if not data:
        return in_words("a picture that is not shown: the page would be too large")
    if len(data) > MAX_PICTURE:
        return in_words(f"a picture of {len(data) / 10**6:.0f} MB: too large for this page")
    if kind == SVG:
        drawing = harmless_svg(_text_of(data))
        return _as_uri(SVG, _encoded(drawing.encode())) if drawing else ""
    return _as_uri(kind, "".join(data.split())) if BASE64.fullmatch(data) else ""


def in_words(text: str) -> str:
    """A picture of a line of text, as a URI."""
    drawing = (
        f'<svg xmlns="{XMLNS}" width="{8 * len(text) + 20}" height="28"><rect width="100%" '
        f'height="100%" fill="#eee"/><text x="10" y="19" font-family="sans-serif" font-size="14" '
        f'fill="#444">{html.escape(text)}</text></svg>'
    )
    return _as_uri(SVG, _encoded(drawing.encode()))


def harmless_svg(text: str) -> str:
    """A drawing without scripts and without anything that it would fetch; "" if it is none."""
    text = DOCTYPE.sub("", text, count=1)
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        return ""
    if XMLNS not in text:
        text = text.replace("<svg", f'<svg xmlns="{XMLNS}"', 1)
    try:
        root = ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
        if _local(root.tag) != "svg":
            return ""
        for parent in root.iter():
            for child in list(parent):
                if _local(child.tag) in ACTIVE:
                    parent.remove(child)
            for name in [name for name in parent.attrib if _acts(name, parent.attrib[name])]:
                del parent.attrib[name]
        return ElementTree.tostring(root, encoding="unicode")
    except (ElementTree.ParseError, ValueError, RecursionError):
        return ""


def _acts(name: str, value: str) -> bool:
    """Whether an attribute of a drawing runs or fetches something."""
    if _local(name) in ("href", "src"):
        return not value.strip().startswith(("#", "data:image/png", "data:image/jpeg"))
    return _local(name).startswith("on")


def _local(name: Any) -> str:
    return str(name).rpartition("}")[2].lower()


def _text_of(data: str) -> str:
    """A drawing as text: notebooks hold it as such, attachments in base64."""
    if data.lstrip().startswith("<"):
        return data
    try:
        return base64.b64decode(data).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _as_uri(kind: str, data: str) -> str:
    return f"data:{kind};base64,{data}"
