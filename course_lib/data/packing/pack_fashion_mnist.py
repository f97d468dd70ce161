"""Make ``fashion_mnist.npz`` from the four original files, each checked against its SHA-256.

``python -m course_lib.data.packing.pack_fashion_mnist FOLDER`` reads them from FOLDER; Debian's
package ``dataset-fashion-mnist`` 0.0~git20200523.55506a9-1 carries them. 256 levels of grey become
16, which halves the file and changes no pixel by more than 8 of 255.
"""

import gzip
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.data.fashion import LEVELS, PACKED
from course_lib.data.packed_files import write_packed
from course_lib.data.packing.originals import IMAGE_HEADER, LABEL_HEADER, read_original

ORIGINALS = {
    "train-images-idx3": "b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7",
    "train-labels-idx1": "0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056",
    "t10k-images-idx3": "cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa",
    "t10k-labels-idx1": "8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05",
}


def pack(folder: str | Path, to: Path = PACKED) -> None:
    """Write ``to`` from the files in ``folder``; each must be there and be the original."""
    train_images, train_labels, test_images, test_labels = (
        gzip.decompress(read_original(folder, f"{name}-ubyte.gz", sha256))
        for name, sha256 in ORIGINALS.items()
    )
    pixels, labels = [], []
    for images, names, ranges in (
        (train_images, train_labels, [(0, 1_800), (1_800, 2_000)]),  # training, validation
        (test_images, test_labels, [(0, 400)]),
    ):
        x = np.frombuffer(images, np.uint8, offset=IMAGE_HEADER).reshape(-1, 28 * 28)
        y = np.frombuffer(names, np.uint8, offset=LABEL_HEADER)
        for low, high in ranges:
            chosen = each_class(y, low, high)
            pixels.append(two_pixels_a_byte(x[chosen]))
            labels.append(y[chosen])
    write_packed(to, pixels=np.concatenate(pixels), labels=np.concatenate(labels))


def each_class(y: NDArray[Any], low: int, high: int) -> NDArray[Any]:
    """Where in y, in its order, the samples number ``low`` to ``high`` - 1 of every class are."""
    return np.sort(np.concatenate([np.flatnonzero(y == k)[low:high] for k in np.unique(y)]))


def two_pixels_a_byte(x: NDArray[Any]) -> NDArray[Any]:
    """Pixels of 0 to 255 as the nearest of 16 levels, the left of each two in the high bits."""
    levels = np.rint(x * ((LEVELS - 1) / 255)).astype(np.uint8)
    return levels[:, ::2] << 4 | levels[:, 1::2]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    pack(sys.argv[1])
