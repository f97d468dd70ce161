"""The same models on PyTorch: convert, train on whatever device is there, convert back.

The only part that imports torch, and it is imported only when it is called for.
"""

try:
    import torch
except ImportError as error:
    raise ImportError(
        "PyTorch is not installed; this path needs it. In the course's folder: "
        '.venv/bin/pip install -c constraints.txt -e ".[torch]"'
    ) from error

from course_lib.pytorch.convert import from_torch, pairs, to_torch
from course_lib.pytorch.engine import Trainer, choose_device, describe, fit

__all__ = ["Trainer", "choose_device", "describe", "fit", "from_torch", "pairs", "to_torch"]
