"""``data.augment`` on tensors: pictures that are on the device are changed there."""

import numpy as np
import torch
from torch import Tensor

from course_lib.data.augment import RandomTransform


def random_transform(augment: RandomTransform, x: Tensor, rng: np.random.Generator) -> Tensor:
    """``augment(x, rng)``, with the same draws, for pictures (N, C, H, W) on any device."""

    N, _, H, W = x.shape
    *moves, field, light = augment.draw(N, H, W, rng)
    degrees, shift, zoom, light = (torch.from_numpy(a).to(x.device) for a in (*moves, light))
    field = None if field is None else torch.from_numpy(field).to(x.device)
    return transform(x, degrees, shift, zoom, field) * light.to(x.dtype)


def transform(
    x: Tensor, degrees: Tensor, shift: Tensor, zoom: Tensor, field: Tensor | None = None
) -> Tensor:
    """What ``data.augment.transform`` does, line by line, on tensors.

    x: (N, C, H, W)  degrees: (N,)  shift: (N, 2)  zoom: (N,)  field: (N, 2, H, W)  ->  like x
    """
    H, W = x.shape[2:]
    angle = torch.deg2rad(degrees)[:, None, None]
    scale = zoom[:, None, None]
    middle_row, middle_column = (H - 1) / 2, (W - 1) / 2
    rows = torch.arange(H, device=x.device)[:, None]
    columns = torch.arange(W, device=x.device)
    down = rows - middle_row - shift[:, 0, None, None]
    right = columns - middle_column - shift[:, 1, None, None]
    if field is not None:
        down, right = down - field[:, 0], right - field[:, 1]
    row = (torch.cos(angle) * down + torch.sin(angle) * right) / scale + middle_row
    column = (torch.cos(angle) * right - torch.sin(angle) * down) / scale + middle_column
    return _interpolate(x, row, column)


def _interpolate(x: Tensor, row: Tensor, column: Tensor) -> Tensor:
    """Values of x at places between pixels, (N, H, W) rows and columns; 0 outside the picture."""
    N, C, H, W = x.shape
    padded = x.new_zeros((N, H + 2, W + 2, C))  # one blank pixel all around
    padded[:, 1:-1, 1:-1] = x.permute(0, 2, 3, 1)
    row, column = (row + 1).clamp(0, H + 1), (column + 1).clamp(0, W + 1)
    top, left = row.long().clamp(max=H), column.long().clamp(max=W)
    below = (row - top).to(x.dtype)[..., None]
    beside = (column - left).to(x.dtype)[..., None]
    n = torch.arange(N, device=x.device)[:, None, None]
    upper = (1 - beside) * padded[n, top, left] + beside * padded[n, top, left + 1]
    lower = (1 - beside) * padded[n, top + 1, left] + beside * padded[n, top + 1, left + 1]
    return ((1 - below) * upper + below * lower).permute(0, 3, 1, 2)
