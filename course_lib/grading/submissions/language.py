"""Which language a notebook is written in, by its metadata: nothing but Python can be examined."""

from collections.abc import Mapping
from typing import Any

PYTHON = ("python", "python2", "python3", "ipython")
OF_KERNELS = {"ir": "R", "xr": "R", "julia": "Julia", "bash": "bash"}  # where no language is named


def other_language(metadata: Mapping[str, Any]) -> str:
    """``"R (kernel ir)"`` for a notebook whose metadata name another language; "" for Python's.

    Metadata may hold anything: what is no text in the place of a name says nothing.
    """
    kernel = _text(metadata, "kernelspec", "name")
    language = _text(metadata, "kernelspec", "language") or _text(metadata, "language_info", "name")
    language = language or OF_KERNELS.get(kernel.partition("-")[0].lower(), "python")
    if language.lower() in PYTHON:
        return ""
    return f"{language} (kernel {kernel})" if kernel else language


def _text(metadata: Mapping[str, Any], part: str, name: str) -> str:
    inner = metadata.get(part)
    found = inner.get(name) if isinstance(inner, Mapping) else None
    return "".join(filter(str.isprintable, found))[:40] if isinstance(found, str) else ""
