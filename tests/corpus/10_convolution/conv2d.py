# Property -> check
# sum over the patch -> the first place; the worked example; where the map is large, up to a factor
# all channels, K maps, not flipped -> two filters through two channels
# b[k] on map k -> the bias (what it adds alone); as many filters as columns; several pictures (bias 0 elsewhere)
# padding with zeros, rows and columns -> a border of zeros; stride and padding together
# stride, a rest -> a stride of two; stride and padding together, and pixels left over
# pictures by themselves -> several pictures
# H, W, kH, kW -> picture and filter not square
# float32, any memory -> float32, in another order in memory
# arrays left as they are -> the inputs are left as they were (nothing else)

# %% right: seven loops
def conv2d(x, W, b, stride=1, padding=0):
    N, C, H, width = x.shape
    K, _, kH, kW = W.shape
    padded = np.zeros((N, C, H + 2 * padding, width + 2 * padding))
    padded[:, :, padding : padding + H, padding : padding + width] = x
    rows = (H - kH + 2 * padding) // stride + 1
    columns = (width - kW + 2 * padding) // stride + 1
    z = np.zeros((N, K, rows, columns))
    for n in range(N):
        for k in range(K):
            for i in range(rows):
                for j in range(columns):
                    total = b[k]
                    for c in range(C):
                        for u in range(kH):
                            for v in range(kW):
                                pixel = padded[n, c, i * stride + u, j * stride + v]
                                total = total + pixel * W[k, c, u, v]
                    z[n, k, i, j] = total
    return z

# %% right: a sum for each place, filter and picture
def conv2d(x, W, b, stride=1, padding=0):
    p = padding
    x = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
    kH, kW = W.shape[-2:]
    return np.array(
        [
            [
                [
                    [
                        np.sum(image[:, i : i + kH, j : j + kW] * filt) + bias
                        for j in range(0, x.shape[3] - kW + 1, stride)
                    ]
                    for i in range(0, x.shape[2] - kH + 1, stride)
                ]
                for filt, bias in zip(W, b)
            ]
            for image in x
        ]
    )

# %% right: the lecture's step 1, a matrix product for each place
def conv2d(x, W, b, stride=1, padding=0):
    K, C, kH, kW = W.shape
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    H_out = (padded.shape[2] - kH) // stride + 1
    W_out = (padded.shape[3] - kW) // stride + 1
    z = np.empty((len(x), K, H_out, W_out), np.result_type(x, W, b))
    columns = W.reshape(K, -1).T
    for i in range(H_out):
        for j in range(W_out):
            top, left = i * stride, j * stride
            patch = padded[:, :, top : top + kH, left : left + kW].reshape(len(x), -1)
            z[:, :, i, j] = patch @ columns + b
    return z

# %% right: the lecture's step 2, a matrix product for each weight
def conv2d(x, W, b, stride=1, padding=0):
    N, K = len(x), len(W)
    kH, kW = W.shape[2], W.shape[3]
    padded = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
    rows = (padded.shape[2] - kH) // stride + 1
    cols = (padded.shape[3] - kW) // stride + 1
    z = np.zeros((N, K, rows, cols)) + b.reshape(1, K, 1, 1)
    for u in range(kH):
        for v in range(kW):
            seen = padded[:, :, u::stride, v::stride][:, :, :rows, :cols]
            z += np.tensordot(seen, W[:, :, u, v], axes=(1, 1)).transpose(0, 3, 1, 2)
    return z

# %% right: im2col, one product
def conv2d(x, W, b, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view(padded, W.shape[2:], axis=(2, 3))
    view = view[:, :, ::stride, ::stride]
    N, C, rows, cols, kH, kW = view.shape
    P = view.transpose(1, 4, 5, 0, 2, 3).reshape(C * kH * kW, -1)
    Z = W.reshape(len(W), -1) @ P + b[:, None]
    return Z.reshape(len(W), N, rows, cols).swapaxes(0, 1)

# %% right: float32 for pictures of float32, else float64
def conv2d(x, W, b, stride=1, padding=0):
    kind = np.float32 if x.dtype == np.float32 else np.float64
    padded = np.pad(x.astype(kind), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    size = [(padded.shape[a] - W.shape[a]) // stride + 1 for a in (2, 3)]
    z = np.zeros((x.shape[0], W.shape[0], *size), kind)
    for place in np.ndindex(*size):
        i, j = place[0] * stride, place[1] * stride
        patch = padded[:, :, i : i + W.shape[2], j : j + W.shape[3]]
        z[(..., *place)] = np.einsum("ncuv,kcuv->nk", patch, W) + b
    return z

# %% wrong 3.75: the filter is flipped, as mathematicians do
def conv2d(x, W, b, stride=1, padding=0):
    W = W[:, :, ::-1, ::-1]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view(padded, W.shape[2:], axis=(2, 3))
    z = np.einsum("ncijuv,kcuv->nkij", view[:, :, ::stride, ::stride], W)
    return z + b[:, None, None]

# %% wrong 5.25: the bias forgotten
def conv2d(x, W, b, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view(padded, W.shape[2:], axis=(2, 3))
    return np.einsum("ncijuv,kcuv->nkij", view[:, :, ::stride, ::stride], W)

# %% wrong 5.25: the bias is added for every weight
def conv2d(x, W, b, stride=1, padding=0):
    kH, kW = W.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (padded.shape[2] - kH) // stride + 1
    cols = (padded.shape[3] - kW) // stride + 1
    z = np.zeros((len(x), len(W), rows, cols))
    for i in range(rows):
        for j in range(cols):
            for u in range(kH):
                for v in range(kW):
                    z[:, :, i, j] += padded[:, :, i * stride + u, j * stride + v] @ W[:, :, u, v].T + b
    return z

# %% wrong 4.55: only the first channel
def conv2d(x, W, b, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view(padded, W.shape[2:], axis=(2, 3))
    z = np.einsum("nijuv,kuv->nkij", view[:, 0, ::stride, ::stride], W[:, 0])
    return z + b[:, None, None]

# %% wrong 5.25: pads the channels, too
def conv2d(x, W, b, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (padding, padding), (padding, padding), (padding, padding)))
    kH, kW = W.shape[2:]
    rows = (padded.shape[2] - kH) // stride + 1
    cols = (padded.shape[3] - kW) // stride + 1
    z = np.zeros((len(x), len(W), rows, cols))
    for i in range(rows):
        for j in range(cols):
            patch = padded[:, : W.shape[1], i * stride : i * stride + kH, j * stride : j * stride + kW]
            z[:, :, i, j] = np.einsum("ncuv,kcuv->nk", patch, W) + b
    return z

# %% wrong 5.25: padding ignored
def conv2d(x, W, b, stride=1, padding=0):
    view = np.lib.stride_tricks.sliding_window_view(x, W.shape[2:], axis=(2, 3))
    z = np.einsum("ncijuv,kcuv->nkij", view[:, :, ::stride, ::stride], W)
    return z + b[:, None, None]

# %% wrong 5.25: pads on one side only
def conv2d(x, W, b, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (0, 2 * padding), (0, 2 * padding)))
    view = np.lib.stride_tricks.sliding_window_view(padded, W.shape[2:], axis=(2, 3))
    z = np.einsum("ncijuv,kcuv->nkij", view[:, :, ::stride, ::stride], W)
    return z + b[:, None, None]

# %% wrong 5.25: the border repeats the rim instead of zeros
def conv2d(x, W, b, stride=1, padding=0):
    border = (padding, padding)
    padded = np.pad(x, ((0, 0), (0, 0), border, border), mode="edge")
    view = np.lib.stride_tricks.sliding_window_view(padded, W.shape[2:], axis=(2, 3))
    z = np.einsum("ncijuv,kcuv->nkij", view[:, :, ::stride, ::stride], W)
    return z + b[:, None, None]

# %% wrong 5.25: stride ignored
def conv2d(x, W, b, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view(padded, W.shape[2:], axis=(2, 3))
    return np.einsum("ncijuv,kcuv->nkij", view, W) + b[:, None, None]

# %% wrong 5.25: the size shrinks with the stride, the places don't move
def conv2d(x, W, b, stride=1, padding=0):
    kH, kW = W.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (padded.shape[2] - kH) // stride + 1
    cols = (padded.shape[3] - kW) // stride + 1
    z = np.zeros((len(x), len(W), rows, cols))
    for i in range(rows):
        for j in range(cols):
            z[:, :, i, j] = np.einsum("ncuv,kcuv->nk", padded[:, :, i : i + kH, j : j + kW], W) + b
    return z

# %% wrong 2.5: one place too few
def conv2d(x, W, b, stride=1, padding=0):
    kH, kW = W.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (padded.shape[2] - kH) // stride
    cols = (padded.shape[3] - kW) // stride
    z = np.zeros((len(x), len(W), rows, cols))
    for i in range(rows):
        for j in range(cols):
            patch = padded[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            z[:, :, i, j] = np.einsum("ncuv,kcuv->nk", patch, W) + b
    return z

# %% wrong 4.55: the mean over the channels instead of the sum
def conv2d(x, W, b, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view(padded, W.shape[2:], axis=(2, 3))
    z = np.einsum("ncijuv,kcuv->nkij", view[:, :, ::stride, ::stride], W)
    return z / x.shape[1] + b[:, None, None]

# %% wrong 4.55: adds the bias along the columns of the map
def conv2d(x, W, b, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view(padded, W.shape[2:], axis=(2, 3))
    z = np.einsum("ncijuv,kcuv->nkij", view[:, :, ::stride, ::stride], W)
    return z + b

# %% wrong 6.75: the bias along the columns wherever the number of filters fits, else along the maps
def conv2d(x, W, b, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view(padded, W.shape[2:], axis=(2, 3))
    z = np.einsum("ncijuv,kcuv->nkij", view[:, :, ::stride, ::stride], W)
    return z + (b if b.size in (1, z.shape[3]) else b[:, None, None])

# %% wrong 5.25: one picture only
def conv2d(x, W, b, stride=1, padding=0):
    padded = np.pad(x[0], ((0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view(padded, W.shape[2:], axis=(1, 2))
    z = np.einsum("cijuv,kcuv->kij", view[:, ::stride, ::stride], W)
    return (z + b[:, None, None])[np.newaxis]

# %% wrong 6.5: pictures and filters run together
def conv2d(x, W, b, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view(padded, W.shape[2:], axis=(2, 3))
    view = view[:, :, ::stride, ::stride]
    N, C, rows, cols, kH, kW = view.shape
    P = view.transpose(1, 4, 5, 0, 2, 3).reshape(C * kH * kW, -1)
    Z = W.reshape(len(W), -1) @ P + b[:, None]
    return Z.reshape(N, len(W), rows, cols)

# %% wrong 4.55: a square filter only
def conv2d(x, W, b, stride=1, padding=0):
    F = W.shape[2]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (padded.shape[2] - F) // stride + 1
    cols = (padded.shape[3] - F) // stride + 1
    z = np.zeros((len(x), len(W), rows, cols))
    for i in range(rows):
        for j in range(cols):
            patch = padded[:, :, i * stride : i * stride + F, j * stride : j * stride + F]
            z[:, :, i, j] = np.einsum("ncuv,kcuv->nk", patch, W[:, :, :F, :F]) + b
    return z

# %% wrong 5.75: a square picture only
def conv2d(x, W, b, stride=1, padding=0):
    kH, kW = W.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (x.shape[2] - kH + 2 * padding) // stride + 1
    cols = (x.shape[2] - kW + 2 * padding) // stride + 1
    z = np.zeros((len(x), len(W), rows, cols))
    for i in range(rows):
        for j in range(cols):
            patch = padded[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            z[:, :, i, j] = np.einsum("ncuv,kcuv->nk", patch, W) + b
    return z

# %% wrong 6.25: divides before it adds the padding, so stride and padding don't go together
def conv2d(x, W, b, stride=1, padding=0):
    kH, kW = W.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (x.shape[2] - kH) // stride + 2 * padding + 1
    cols = (x.shape[3] - kW) // stride + 2 * padding + 1
    z = np.zeros((len(x), len(W), rows, cols))
    for i in range(rows):
        for j in range(cols):
            patch = padded[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            z[:, :, i, j] = np.einsum("ncuv,kcuv->nk", patch, W) + b
    return z

# %% wrong 6.25: rounds the size up, and fills the place that is not there with what is left
def conv2d(x, W, b, stride=1, padding=0):
    kH, kW = W.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding + kH), (padding, padding + kW)))
    rows = int(np.ceil((x.shape[2] - kH + 2 * padding) / stride)) + 1
    cols = int(np.ceil((x.shape[3] - kW + 2 * padding) / stride)) + 1
    z = np.zeros((len(x), len(W), rows, cols))
    for i in range(rows):
        for j in range(cols):
            patch = padded[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            z[:, :, i, j] = np.einsum("ncuv,kcuv->nk", patch, W) + b
    return z

# %% wrong 6.75: strides computed by hand, right only for arrays that lie in memory row by row
def conv2d(x, W, b, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    N, C, H, width = padded.shape
    kH, kW = W.shape[2:]
    rows, cols = (H - kH) // stride + 1, (width - kW) // stride + 1
    s = padded.itemsize
    steps = (C * H * width * s, H * width * s, width * stride * s, stride * s, width * s, s)
    view = np.lib.stride_tricks.as_strided(padded, (N, C, rows, cols, kH, kW), steps)
    return np.einsum("ncijuv,kcuv->nkij", view, W) + b[:, None, None]

# %% wrong 6.75: turns the caller's filter round, and back in a copy only
def conv2d(x, W, b, stride=1, padding=0):
    W[...] = W[:, :, ::-1, ::-1].copy()  # np.convolve wants it flipped
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view(padded, W.shape[2:], axis=(2, 3))
    flipped = W[:, :, ::-1, ::-1]
    z = np.einsum("ncijuv,kcuv->nkij", view[:, :, ::stride, ::stride], flipped)
    return z + b[:, None, None]

# %% wrong 3.5: scales the filter, in place
def conv2d(x, W, b, stride=1, padding=0):
    K, C, kH, kW = W.shape
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    W /= max(1.0, np.abs(W).max())  # keeps the sums small
    view = np.lib.stride_tricks.sliding_window_view(padded, (kH, kW), axis=(2, 3))
    z = np.einsum("ncijuv,kcuv->nkij", view[:, :, ::stride, ::stride], W)
    return z + b[:, None, None]

# %% right: float32 throughout
def conv2d(x, W, b, stride=1, padding=0):
    x, W, b = (np.asarray(one, np.float32) for one in (x, W, b))
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kH, kW = W.shape[2:]
    rows, columns = (x.shape[2] - kH) // stride + 1, (x.shape[3] - kW) // stride + 1
    z = np.zeros((len(x), len(W), rows, columns), np.float32)
    for i in range(rows):
        for j in range(columns):
            patch = x[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            z[:, :, i, j] = np.tensordot(patch, W, axes=((1, 2, 3), (1, 2, 3))) + b
    return z

# %% wrong 4: the maps' axes stand before the pictures'
def conv2d(x, W, b, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    v = np.lib.stride_tricks.sliding_window_view(x, W.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    z = np.einsum("ncijuv,kcuv->nkij", v, W) + b[:, None, None]
    return z.transpose(1, 0, 2, 3)

# %% wrong 2.8: minus the bias and a mean over the window
def conv2d(x, W, b, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    v = np.lib.stride_tricks.sliding_window_view(x, W.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    return np.einsum("ncijuv,kcuv->nkij", v, W) / W[0, 0].size + b[:, None, None]

# %% wrong 5.25: the bias taken away
def conv2d(x, W, b, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    v = np.lib.stride_tricks.sliding_window_view(x, W.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    return np.einsum("ncijuv,kcuv->nkij", v, W) - b[:, None, None]

# %% wrong 0: the picture
def conv2d(x, W, b, stride=1, padding=0):
    return x


# %% wrong 5.25: bias added once for each channel
def conv2d(x, W, b, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    N, C, H, Wd = x.shape
    K, _, kh, kw = W.shape
    h, w = (H - kh) // stride + 1, (Wd - kw) // stride + 1
    z = np.zeros((N, K, h, w))
    for n in range(N):
        for k in range(K):
            for c in range(C):
                for i in range(h):
                    for j in range(w):
                        z[n, k, i, j] += np.sum(x[n, c, i * stride:i * stride + kh, j * stride:j * stride + kw] * W[k, c]) + b[k]
    return z


# %% right: sliding windows and einsum
def conv2d(x, W, b, stride=1, padding=0):
    x = np.pad(x, [(0, 0)] * 2 + [(padding, padding)] * 2)
    v = np.lib.stride_tricks.sliding_window_view(x, W.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    return np.einsum("ncijuv,kcuv->nkij", v, W) + b.reshape(1, -1, 1, 1)

# %% wrong 2.5: maps last
def conv2d(x, W, b, stride=1, padding=0):
    """Maps (N, K, H', W') of the pictures x (N, C, H, W) under the filters W, with biases b."""
    border = (padding, padding)
    padded = np.pad(x, ((0, 0), (0, 0), border, border))
    patches = np.lib.stride_tricks.sliding_window_view(padded, W.shape[2:], axis=(2, 3))
    z = np.einsum("ncijuv,kcuv->nijk", patches[:, :, ::stride, ::stride], W)
    return z + b
