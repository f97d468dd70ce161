"""Reading and writing the packed files: compressed archives of arrays that come with the package.

They are NumPy's ``.npz`` files, compressed with LZMA: a fifth smaller than what
``numpy.savez_compressed`` writes, and ``numpy.load`` reads them all the same.
"""

import io
import lzma
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_shape

DAMAGE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error, lzma.LZMAError)


def check_there(path: Path) -> None:
    """``RuntimeError`` if a packed file is missing."""
    if not path.exists():
        raise RuntimeError(
            f"the packed file {path.name} is missing: it comes with the course's folder, and with "
            "the wheel course-lib-later-lectures, to be installed beside course-lib"
        )


def read_packed(path: Path, **shapes: tuple[int, ...]) -> list[NDArray[Any]]:
    """The arrays of the packed file that ``shapes`` names, in that order, each of that shape.

    ``RuntimeError`` if the file is missing or damaged, or if it holds something else.
    """
    check_there(path)
    try:
        with open(path, "rb") as file, np.load(file) as packed:
            return [check_shape(name, packed[name], shape) for name, shape in shapes.items()]
    except DAMAGE as error:
        raise RuntimeError(
            f"the packed file {path.name} is damaged ({error}): "
            "restore it with git, or install the course again"
        ) from error


def write_packed(path: Path, **arrays: NDArray[Any]) -> None:
    """Write ``arrays`` to the packed file; the same arrays always give the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.save(content, np.ascontiguousarray(array))
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), content.getvalue(), zipfile.ZIP_LZMA)


def read_only(array: NDArray[Any]) -> NDArray[Any]:
    """The array itself, from now on safe from those who share it."""
    array.flags.writeable = False
    return array
