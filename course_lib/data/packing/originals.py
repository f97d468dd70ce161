"""The files of other packages that something is packed from: found, and checked before use."""

import hashlib
from pathlib import Path

IMAGE_HEADER, LABEL_HEADER = 16, 8  # bytes before the data of an IDX file


def read_original(folder: str | Path, name: str, sha256: str) -> bytes:
    """Content of the file ``name`` in ``folder``, or anywhere below it.

    ``FileNotFoundError`` if it is not there, ``ValueError`` if its SHA-256 is another.
    """
    path = next(Path(folder).rglob(name), None)
    if path is None:
        raise FileNotFoundError(f"{name} is not in {folder}, nor below it")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError(f"{name} is not the original file: its SHA-256 differs")
    return content
