# Property -> check
# the largest of a window -> the first window; the worked example; nothing but negative numbers
# stride None is size -> the worked example; a rest (the other checks name a stride)
# stride, overlapping windows -> windows of three that overlap; a rest
# each channel by itself -> many pictures and channels; a rest (two channels)
# a rest left out -> pixels that fill no window are left out
# H and W -> not square
# picture left as it is -> the picture is left as it was (nothing else)

# %% right: loops
def max_pool2d(x, size, stride=None):
    if stride is None:
        stride = size
    N, C, H, W = x.shape
    rows, cols = (H - size) // stride + 1, (W - size) // stride + 1
    out = np.zeros((N, C, rows, cols))
    for n in range(N):
        for c in range(C):
            for i in range(rows):
                for j in range(cols):
                    top, left = i * stride, j * stride
                    out[n, c, i, j] = x[n, c, top : top + size, left : left + size].max()
    return out

# %% right: the maximum of shifted pictures
def max_pool2d(x, size, stride=None):
    stride = size if stride is None else stride
    rows = (x.shape[2] - size) // stride + 1
    cols = (x.shape[3] - size) // stride + 1
    best = np.full((*x.shape[:2], rows, cols), -np.inf)
    for u in range(size):
        for v in range(size):
            best = np.maximum(best, x[:, :, u::stride, v::stride][:, :, :rows, :cols])
    return best

# %% right: sliding_window_view
def max_pool2d(x, size, stride=None):
    S = stride or size
    windows = np.lib.stride_tricks.sliding_window_view(x, (1, 1, size, size))
    return windows[:, :, ::S, ::S].max(axis=(-1, -2)).squeeze(axis=(4, 5))

# %% right: pure Python, nested lists come back
def max_pool2d(x, size, stride=None):
    s = stride or size
    tops = range(0, x.shape[2] - size + 1, s)
    lefts = range(0, x.shape[3] - size + 1, s)
    return [
        [
            [
                [
                    max(float(m[i + u][j + v]) for u in range(size) for v in range(size))
                    for j in lefts
                ]
                for i in tops
            ]
            for m in picture
        ]
        for picture in x
    ]

# %% wrong 2.25: the maximum starts at zero
def max_pool2d(x, size, stride=None):
    stride = stride or size
    rows, cols = (x.shape[2] - size) // stride + 1, (x.shape[3] - size) // stride + 1
    out = np.zeros((*x.shape[:2], rows, cols))
    for i in range(rows):
        for j in range(cols):
            for u in range(size):
                for v in range(size):
                    pixel = x[:, :, i * stride + u, j * stride + v]
                    out[:, :, i, j] = np.maximum(out[:, :, i, j], pixel)
    return out

# %% wrong 1.2: the mean
def max_pool2d(x, size, stride=None):
    stride = stride or size
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].mean(axis=(4, 5))

# %% wrong 2.25: without a stride the windows overlap
def max_pool2d(x, size, stride=None):
    stride = stride or 1
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].max(axis=(4, 5))

# %% wrong 2.1: the stride is always the size
def max_pool2d(x, size, stride=None):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return windows[:, :, ::size, ::size].max(axis=(4, 5))

# %% wrong 2.1: a reshape into blocks, only where the windows fill the picture side by side
def max_pool2d(x, size, stride=None):
    N, C, H, W = x.shape
    return x.reshape(N, C, H // size, size, W // size, size).max(axis=(3, 5))

# %% wrong 2.4: blocks where there is no rest, padded with zeros where there is one
def max_pool2d(x, size, stride=None):
    stride = stride or size
    N, C, H, W = x.shape
    down, right = -(H - size) % stride, -(W - size) % stride
    padded = np.pad(x, ((0, 0), (0, 0), (0, down), (0, right)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (size, size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].max(axis=(4, 5))

# %% wrong 2.25: the largest over all channels
def max_pool2d(x, size, stride=None):
    stride = stride or size
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].max(axis=(1, 4, 5))[:, np.newaxis]

# %% wrong 2.25: the first picture and channel only
def max_pool2d(x, size, stride=None):
    stride = stride or size
    x = x[0, 0]
    tops = range(0, x.shape[0] - size + 1, stride)
    lefts = range(0, x.shape[1] - size + 1, stride)
    pooled = [[x[i : i + size, j : j + size].max() for j in lefts] for i in tops]
    return np.array(pooled)[np.newaxis, np.newaxis]

# %% wrong 2.75: as many columns as rows
def max_pool2d(x, size, stride=None):
    stride = stride or size
    places = (x.shape[2] - size) // stride + 1
    out = np.zeros((*x.shape[:2], places, places))
    for i in range(places):
        for j in range(places):
            top, left = i * stride, j * stride
            out[:, :, i, j] = x[:, :, top : top + size, left : left + size].max(axis=(2, 3))
    return out

# %% wrong 0.5: forgets the last place
def max_pool2d(x, size, stride=None):
    stride = stride or size
    rows, cols = (x.shape[2] - size) // stride, (x.shape[3] - size) // stride
    out = np.zeros((*x.shape[:2], rows, cols))
    for i in range(rows):
        for j in range(cols):
            top, left = i * stride, j * stride
            out[:, :, i, j] = x[:, :, top : top + size, left : left + size].max(axis=(2, 3))
    return out

# %% wrong 2.75: keeps the maxima in the caller's picture
def max_pool2d(x, size, stride=None):
    stride = stride or size
    rows, cols = (x.shape[2] - size) // stride + 1, (x.shape[3] - size) // stride + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    x[:, :, :rows, :cols] = windows[:, :, ::stride, ::stride].max(axis=(4, 5))
    return x[:, :, :rows, :cols]

# %% wrong 2.1: the size is N / F, also where the windows overlap
def max_pool2d(x, size, stride=None):
    stride = stride or size
    rows, cols = x.shape[2] // size, x.shape[3] // size
    out = np.zeros((*x.shape[:2], rows, cols))
    for i in range(rows):
        for j in range(cols):
            top, left = i * stride, j * stride
            out[:, :, i, j] = x[:, :, top : top + size, left : left + size].max(axis=(2, 3))
    return out

# %% right: float32, fmax over slices
def max_pool2d(x, size, stride=None):
    S = size if stride is None else stride
    x = np.asarray(x, np.float32)
    rows, columns = ((side - size) // S + 1 for side in x.shape[2:])
    out = np.full((*x.shape[:2], rows, columns), -np.inf, np.float32)
    for u in range(size):
        for v in range(size):
            part = x[:, :, u : u + (rows - 1) * S + 1 : S, v : v + (columns - 1) * S + 1 : S]
            out = np.maximum(out, part)
    return out

# %% wrong 0.75: the minimum
def max_pool2d(x, size, stride=None):
    S = stride or size
    v = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return v[:, :, ::S, ::S].min(axis=(4, 5))

# %% wrong 1: rows and columns exchanged
def max_pool2d(x, size, stride=None):
    S = stride or size
    v = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return v[:, :, ::S, ::S].max(axis=(4, 5)).transpose(0, 1, 3, 2)

# %% wrong 0: the picture
def max_pool2d(x, size, stride=None):
    return x


# %% wrong 2.25: starts from zero, wrong for negative maps
def max_pool2d(x, size, stride=None):
    s = stride or size
    h, w = (x.shape[2] - size) // s + 1, (x.shape[3] - size) // s + 1
    out = np.zeros((*x.shape[:2], h, w))
    for i in range(h):
        for j in range(w):
            for u in range(size):
                for v in range(size):
                    out[:, :, i, j] = np.maximum(out[:, :, i, j], x[:, :, i * s + u, j * s + v])
    return out

# %% wrong 1.2: first number of each window
def max_pool2d(x, size, stride=None):
    """The largest value in each window of size x size, stride apart (size if None)."""
    stride = stride or size
    views = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return views[:, :, ::stride, ::stride][..., 0, 0]
