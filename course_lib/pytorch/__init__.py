"""The same models on PyTorch: convert, train on whatever device is there, convert back.

Here are conversion, the registry of counterparts, the engine that ``training.fit`` drives, and the
choice of a device; ``whole_epochs``, ``cuda_graphs`` and ``throughput`` are for what a GPU can do.
Imported only when it is called for: nobody needs torch for the rest.
"""

try:
    import torch
except ImportError as error:
    raise ImportError(
        "PyTorch is not installed; this path needs it. In the course's folder: "
        '.venv/bin/pip install -c constraints.txt -e ".[torch]"'
    ) from error

from course_lib.pytorch import counterparts  # registers what stands for the library's own classes
from course_lib.pytorch.convert import from_torch, pairs, to_torch
from course_lib.pytorch.devices import choose_device, describe, training_settings
from course_lib.pytorch.engine import TorchEngine
from course_lib.pytorch.registry import register

__all__ = [
    "TorchEngine",
    "choose_device",
    "describe",
    "from_torch",
    "pairs",
    "register",
    "to_torch",
    "training_settings",
]
