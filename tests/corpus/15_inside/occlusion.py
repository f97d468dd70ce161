# Property -> check
# each place by itself, the rest as it was     -> the place that matters most; the worked example
# the probability of label                     -> the worked example; three channels, five classes
# the map, also if it is what is lost          -> how much the places differ, one channel
# corner at i S, j S                           -> a stride of two
# all channels hidden                          -> three channels, five classes
# fill                                         -> hidden with something else than 0
# floor((H - F) / S) + 1 places                -> a square that does not end at the rim
# ValueError                                   -> a square that does not fit
# picture stays                                -> the picture is left as it was

# %% right: all places in one batch
def occlusion(model, x, label, size, stride, fill):
    H, W = x.shape[2:]
    rows, cols = (H - size) // stride + 1, (W - size) // stride + 1
    if rows < 1 or cols < 1:
        raise ValueError("too large")
    many = np.repeat(x, rows * cols, axis=0)
    for k in range(rows * cols):
        i, j = divmod(k, cols)
        many[k, :, i * stride : i * stride + size, j * stride : j * stride + size] = fill
    return nn.softmax(model(many))[:, label].reshape(rows, cols)

# %% right: lists and where
def occlusion(model, x, label, size, stride, fill):
    H, W = x.shape[-2], x.shape[-1]
    if H < size or W < size:
        raise ValueError(size)
    r, c = np.arange(H)[:, None], np.arange(W)
    result = []
    for top in range(0, H - size + 1, stride):
        row = []
        for left in range(0, W - size + 1, stride):
            inside = (r >= top) & (r < top + size) & (c >= left) & (c < left + size)
            z = model(np.where(inside, fill, x))[0]
            e = np.exp(z - z.max())
            row.append(e[label] / e.sum())
        result.append(row)
    return result

# %% right: hides, asks, and puts back in a copy
def occlusion(model, x, label, size, stride, fill):
    work = np.array(x)
    _, _, H, W = work.shape
    if size > H or size > W:
        raise ValueError("the square does not fit")
    out = np.empty(((H - size) // stride + 1, (W - size) // stride + 1))
    for i, j in np.ndindex(out.shape):
        square = np.s_[:, :, i * stride : i * stride + size, j * stride : j * stride + size]
        kept = work[square].copy()
        work[square] = fill
        out[i, j] = nn.softmax(model(work), axis=1)[0, label]
        work[square] = kept
    return out

# %% wrong 1.75: squares are not taken away again
def occlusion(model, x, label, size, stride, fill):
    H, W = x.shape[2:]
    if size > min(H, W):
        raise ValueError("no")
    hidden = x.copy()
    out = np.zeros(((H - size) // stride + 1, (W - size) // stride + 1))
    for i, j in np.ndindex(out.shape):
        hidden[:, :, i * stride : i * stride + size, j * stride : j * stride + size] = fill
        out[i, j] = nn.softmax(model(hidden))[0, label]
    return out

# %% wrong 1.6: how far it falls
def occlusion(model, x, label, size, stride, fill):
    H, W = x.shape[2:]
    if size > min(H, W):
        raise ValueError("no")
    before = nn.softmax(model(x))[0, label]
    out = np.zeros(((H - size) // stride + 1, (W - size) // stride + 1))
    for i, j in np.ndindex(out.shape):
        hidden = x.copy()
        hidden[:, :, i * stride : i * stride + size, j * stride : j * stride + size] = fill
        out[i, j] = before - nn.softmax(model(hidden))[0, label]
    return out

# %% wrong 1.5: the score
def occlusion(model, x, label, size, stride, fill):
    H, W = x.shape[2:]
    if size > min(H, W):
        raise ValueError("no")
    out = np.zeros(((H - size) // stride + 1, (W - size) // stride + 1))
    for i, j in np.ndindex(out.shape):
        hidden = x.copy()
        hidden[:, :, i * stride : i * stride + size, j * stride : j * stride + size] = fill
        out[i, j] = model(hidden)[0, label]
    return out

# %% wrong 3.75: one channel hidden
def occlusion(model, x, label, size, stride, fill):
    H, W = x.shape[2:]
    if size > min(H, W):
        raise ValueError("no")
    out = np.zeros(((H - size) // stride + 1, (W - size) // stride + 1))
    for i, j in np.ndindex(out.shape):
        hidden = x.copy()
        hidden[:, 0, i * stride : i * stride + size, j * stride : j * stride + size] = fill
        out[i, j] = nn.softmax(model(hidden))[0, label]
    return out

# %% wrong 3.5: fill ignored
def occlusion(model, x, label, size, stride, fill):
    H, W = x.shape[2:]
    if size > min(H, W):
        raise ValueError("no")
    out = np.zeros(((H - size) // stride + 1, (W - size) // stride + 1))
    for i, j in np.ndindex(out.shape):
        hidden = x.copy()
        hidden[:, :, i * stride : i * stride + size, j * stride : j * stride + size] = 0
        out[i, j] = nn.softmax(model(hidden))[0, label]
    return out

# %% wrong 3: the corner moves by one
def occlusion(model, x, label, size, stride, fill):
    H, W = x.shape[2:]
    if size > min(H, W):
        raise ValueError("no")
    out = np.zeros(((H - size) // stride + 1, (W - size) // stride + 1))
    for i, j in np.ndindex(out.shape):
        hidden = x.copy()
        hidden[:, :, i : i + size, j : j + size] = fill
        out[i, j] = nn.softmax(model(hidden))[0, label]
    return out

# %% wrong 3: squares that end at the rim are cut off
def occlusion(model, x, label, size, stride, fill):
    H, W = x.shape[2:]
    if size > min(H, W):
        raise ValueError("no")
    out = []
    for top in range(0, H - size + stride, stride):
        row = []
        for left in range(0, W - size + stride, stride):
            hidden = x.copy()
            hidden[:, :, top : top + size, left : left + size] = fill
            row.append(nn.softmax(model(hidden))[0, label])
        out.append(row)
    return np.array(out)

# %% wrong 3.75: no ValueError
def occlusion(model, x, label, size, stride, fill):
    H, W = x.shape[2:]
    out = np.zeros((max((H - size) // stride + 1, 0), max((W - size) // stride + 1, 0)))
    for i, j in np.ndindex(out.shape):
        hidden = x.copy()
        hidden[:, :, i * stride : i * stride + size, j * stride : j * stride + size] = fill
        out[i, j] = nn.softmax(model(hidden))[0, label]
    return out

# %% wrong 3.75: hides in the caller's picture, and puts a copy's numbers back at the end but one
def occlusion(model, x, label, size, stride, fill):
    H, W = x.shape[2:]
    if size > min(H, W):
        raise ValueError("no")
    out = np.zeros(((H - size) // stride + 1, (W - size) // stride + 1))
    for i, j in np.ndindex(out.shape):
        kept = x.copy()
        x[:, :, i * stride : i * stride + size, j * stride : j * stride + size] = fill
        out[i, j] = nn.softmax(model(x))[0, label]
        if (i, j) != (out.shape[0] - 1, out.shape[1] - 1):
            x[...] = kept
    return out


# %% wrong 3.5: the places of the stride are counted first, then the square is taken off
def occlusion(model, x, label, size, stride, fill):
    H, W = x.shape[2:]
    if size > min(H, W):
        raise ValueError(f"a square of {size} does not fit {H} x {W}")
    rows, columns = -(-H // stride) - size + 1, -(-W // stride) - size + 1
    p = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            hidden = x.copy()
            top, left = i * stride, j * stride
            hidden[:, :, top : top + size, left : left + size] = fill
            p[i, j] = nn.softmax(model(hidden))[0, label]
    return p


# %% wrong 1.75: the squares stay hidden
def occlusion(model, x, label, size, stride, fill):
    N, C, H, W = x.shape
    if size > H or size > W:
        raise ValueError("too large")
    h, w = (H - size) // stride + 1, (W - size) // stride + 1
    out, hidden = np.zeros((h, w)), x.copy()
    for i in range(h):
        for j in range(w):
            hidden[:, :, i * stride:i * stride + size, j * stride:j * stride + size] = fill
            out[i, j] = nn.softmax(model(hidden))[0, label]
    return out


# %% right: all pictures at once
def occlusion(model, x, label, size, stride, fill):
    _, C, H, W = x.shape
    rows, cols = range(0, H - size + 1, stride), range(0, W - size + 1, stride)
    if not len(rows) or not len(cols):
        raise ValueError(f"a square of {size} does not fit into {H} x {W}")
    r = np.arange(H)[None, :] - np.array(rows)[:, None]
    c = np.arange(W)[None, :] - np.array(cols)[:, None]
    hide = ((0 <= r) & (r < size))[:, None, :, None] & ((0 <= c) & (c < size))[None, :, None, :]
    batch = np.where(hide.reshape(-1, 1, H, W), fill, x)
    return nn.softmax(model(batch))[:, label].reshape(len(rows), len(cols))

# %% wrong 2.25: transposed
def occlusion(model, x, label, size, stride, fill):
    """The probability of label with a square of x (1, C, H, W) hidden, at each place: (H', W')."""
    H, W = x.shape[2:]
    if size > min(H, W):
        raise ValueError(f"a square of side {size} does not fit into {H} x {W} pixels")
    tops, lefts = range(0, H - size + 1, stride), range(0, W - size + 1, stride)
    found = np.zeros((len(tops), len(lefts)))
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            hidden = x.copy()
            hidden[:, :, top : top + size, left : left + size] = fill
            found[i, j] = nn.softmax(model(hidden))[0, label]
    return found.T

# %% wrong 1: keeps the square, hides the rest
def occlusion(model, x, label, size, stride, fill):
    """The probability of label with a square of x (1, C, H, W) hidden, at each place: (H', W')."""
    H, W = x.shape[2:]
    if size > min(H, W):
        raise ValueError(f"a square of side {size} does not fit into {H} x {W} pixels")
    tops, lefts = range(0, H - size + 1, stride), range(0, W - size + 1, stride)
    found = np.zeros((len(tops), len(lefts)))
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            hidden = np.full_like(x, fill)
            hidden[:, :, top : top + size, left : left + size] = x[:, :, top : top + size, left : left + size]
            found[i, j] = nn.softmax(model(hidden))[0, label]
    return found
