"""Make ``photos.npz`` from five pictures of scikit-image, each checked against its SHA-256.

``python -m course_lib.data.packing.pack_photos FOLDER`` reads them from FOLDER, where the wheel of
scikit-image 0.26.0 was unpacked. Needs Pillow, which decodes them and makes them smaller.
"""

import io
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.data.packed_files import write_packed
from course_lib.data.packing.originals import read_original
from course_lib.data.photographs import PACKED, SHAPES

ORIGINALS = {
    "cat": ("chelsea.png", "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb"),
    "coffee": ("coffee.png", "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7"),
    "camera": ("camera.png", "b0793d2adda0fa6ae899c03989482bff9a42d3d5690fc7e3648f2795d730c23a"),
    "astronaut": (
        "astronaut.png",
        "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5",
    ),
    "rocket": ("rocket.jpg", "c2dd0de7c538df8d111e479619b129464d0269d0ae5fd18ca91d33a7fdfea95c"),
}


def pack(folder: str | Path, to: Path = PACKED) -> None:
    """Write ``to`` from the files in ``folder``; each must be there and be the original."""
    contents = {name: read_original(folder, *file) for name, file in ORIGINALS.items()}
    write_packed(to, **{name: steps(name, content) for name, content in contents.items()})


def steps(name: str, content: bytes) -> NDArray[Any]:
    """A picture in the shape that ``photos`` wants: from pixel to pixel of a row, modulo 256."""
    from PIL import Image  # here, since the course itself does without it

    _, height, width = SHAPES[name]
    picture = Image.open(io.BytesIO(content)).resize((width, height), Image.Resampling.BICUBIC)
    pixels = np.atleast_3d(np.asarray(picture)).transpose(2, 0, 1)
    return np.diff(pixels, axis=-1, prepend=np.uint8(0))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    pack(sys.argv[1])
