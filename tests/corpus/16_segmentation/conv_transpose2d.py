# Property -> check
# size (H - 1) S + kH - 2 P            -> the size of the maps
# stamps, not flipped, S apart         -> the worked example, stride 1; stride 2
# overlaps add up                      -> how many stamps hit each pixel; stride 1
# the padding cuts, it does not add    -> a padding cuts off; stride and padding together
# b once for each map                  -> the bias; several maps, channels and filters
# W is (C, K, ...), channels add up    -> several maps, channels and filters
# rows and columns have their own size -> not square
# ValueError if nothing is left        -> a padding that leaves nothing
# inputs stay                          -> the inputs are left as they were

# %% right: six loops
def conv_transpose2d(x, W, b, stride=1, padding=0):
    N, C, H, V = x.shape
    _, K, h, v = W.shape
    P, Q = (H - 1) * stride + h, (V - 1) * stride + v
    if P - 2 * padding < 1 or Q - 2 * padding < 1:
        raise ValueError("padding")
    z = np.zeros((N, K, P, Q))
    for n, c, k in np.ndindex(N, C, K):
        for i, j in np.ndindex(H, V):
            for u, w in np.ndindex(h, v):
                z[n, k, i * stride + u, j * stride + w] += x[n, c, i, j] * W[c, k, u, w]
    z = z[:, :, padding : P - padding, padding : Q - padding]
    for k in range(K):
        z[:, k] += b[k]
    return z

# %% right: an ordinary convolution of the spread map with the turned filter
def conv_transpose2d(x, W, b, stride=1, padding=0):
    N, C, H, V = x.shape
    K, h, v = W.shape[1:]
    if (H - 1) * stride + h <= 2 * padding or (V - 1) * stride + v <= 2 * padding:
        raise ValueError("too much padding")
    wide = np.zeros((N, C, (H - 1) * stride + 1, (V - 1) * stride + 1))
    wide[:, :, ::stride, ::stride] = x
    wide = np.pad(wide, ((0, 0), (0, 0), (h - 1, h - 1), (v - 1, v - 1)))
    patches = np.lib.stride_tricks.sliding_window_view(wide, (h, v), axis=(2, 3))
    z = np.einsum("ncijuv,ckuv->nkij", patches, W[:, :, ::-1, ::-1])
    rows, columns = z.shape[2:]
    z = z[:, :, padding : rows - padding, padding : columns - padding]
    return z + np.reshape(b, (1, -1, 1, 1))

# %% right: float32, a loop over the filter
def conv_transpose2d(x, W, b, stride=1, padding=0):
    x, W = x.astype(np.float32), W.astype(np.float32)
    H, V = x.shape[2:]
    h, v = W.shape[2:]
    size = [(n - 1) * stride + f - 2 * padding for n, f in ((H, h), (V, v))]
    if min(size) < 1:
        raise ValueError(size)
    z = np.zeros((len(x), W.shape[1], size[0] + 2 * padding, size[1] + 2 * padding), np.float32)
    for u in range(h):
        for w in range(v):
            part = np.einsum("ncij,ck->nkij", x, W[:, :, u, w])
            z[:, :, u : u + (H - 1) * stride + 1 : stride, w : w + (V - 1) * stride + 1 : stride] += part
    return z[:, :, padding : padding + size[0], padding : padding + size[1]] + b.astype(np.float32)[:, None, None]

# %% wrong 2.75: the filter is flipped
def conv_transpose2d(x, W, b, stride=1, padding=0):
    (N, C, H, V), (_, K, h, v) = x.shape, W.shape
    P, Q = (H - 1) * stride + h, (V - 1) * stride + v
    if min(P, Q) - 2 * padding < 1:
        raise ValueError("nothing is left")
    z = np.zeros((N, K, P, Q))
    for i in range(H):
        for j in range(V):
            z[:, :, i * stride : i * stride + h, j * stride : j * stride + v] += np.einsum("nc,ckuv->nkuv", x[:, :, i, j], W[:, :, ::-1, ::-1])
    return z[:, :, padding : P - padding, padding : Q - padding] + b[None, :, None, None]

# %% wrong 4.75: the padding is added
def conv_transpose2d(x, W, b, stride=1, padding=0):
    (N, C, H, V), (_, K, h, v) = x.shape, W.shape
    P, Q = (H - 1) * stride + h, (V - 1) * stride + v
    if min(P, Q) - 2 * padding < 1:
        raise ValueError("nothing is left")
    z = np.zeros((N, K, P, Q))
    for i in range(H):
        for j in range(V):
            z[:, :, i * stride : i * stride + h, j * stride : j * stride + v] += np.einsum("nc,ckuv->nkuv", x[:, :, i, j], W)
    p = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(z, p) + b[None, :, None, None]

# %% wrong 4.75: the padding is ignored
def conv_transpose2d(x, W, b, stride=1, padding=0):
    (N, C, H, V), (_, K, h, v) = x.shape, W.shape
    P, Q = (H - 1) * stride + h, (V - 1) * stride + v
    if min(P, Q) - 2 * padding < 1:
        raise ValueError("nothing is left")
    z = np.zeros((N, K, P, Q))
    for i in range(H):
        for j in range(V):
            z[:, :, i * stride : i * stride + h, j * stride : j * stride + v] += np.einsum("nc,ckuv->nkuv", x[:, :, i, j], W)
    return z + b[None, :, None, None]

# %% wrong 2.7: a later stamp overwrites
def conv_transpose2d(x, W, b, stride=1, padding=0):
    (N, C, H, V), (_, K, h, v) = x.shape, W.shape
    P, Q = (H - 1) * stride + h, (V - 1) * stride + v
    if min(P, Q) - 2 * padding < 1:
        raise ValueError("nothing is left")
    z = np.zeros((N, K, P, Q))
    for i in range(H):
        for j in range(V):
            z[:, :, i * stride : i * stride + h, j * stride : j * stride + v] = np.einsum("nc,ckuv->nkuv", x[:, :, i, j], W)
    return z[:, :, padding : P - padding, padding : Q - padding] + b[None, :, None, None]

# %% wrong 4.5: no bias
def conv_transpose2d(x, W, b, stride=1, padding=0):
    (N, C, H, V), (_, K, h, v) = x.shape, W.shape
    P, Q = (H - 1) * stride + h, (V - 1) * stride + v
    if min(P, Q) - 2 * padding < 1:
        raise ValueError("nothing is left")
    z = np.zeros((N, K, P, Q))
    for i in range(H):
        for j in range(V):
            z[:, :, i * stride : i * stride + h, j * stride : j * stride + v] += np.einsum("nc,ckuv->nkuv", x[:, :, i, j], W)
    return z[:, :, padding : P - padding, padding : Q - padding]

# %% wrong 4.5: the bias in every stamp
def conv_transpose2d(x, W, b, stride=1, padding=0):
    (N, C, H, V), (_, K, h, v) = x.shape, W.shape
    P, Q = (H - 1) * stride + h, (V - 1) * stride + v
    if min(P, Q) - 2 * padding < 1:
        raise ValueError("nothing is left")
    z = np.zeros((N, K, P, Q))
    for i in range(H):
        for j in range(V):
            z[:, :, i * stride : i * stride + h, j * stride : j * stride + v] += np.einsum("nc,ckuv->nkuv", x[:, :, i, j], W) + b[None, :, None, None]
    return z[:, :, padding : P - padding, padding : Q - padding]

# %% wrong 3.9: filters of axes (K, C), as in conv2d
def conv_transpose2d(x, W, b, stride=1, padding=0):
    (N, C, H, V), (K, _, h, v) = x.shape, W.shape
    P, Q = (H - 1) * stride + h, (V - 1) * stride + v
    if min(P, Q) - 2 * padding < 1:
        raise ValueError("nothing is left")
    z = np.zeros((N, K, P, Q))
    for i in range(H):
        for j in range(V):
            z[:, :, i * stride : i * stride + h, j * stride : j * stride + v] += np.einsum("nc,kcuv->nkuv", x[:, :, i, j], W)
    return z[:, :, padding : P - padding, padding : Q - padding] + b[None, :, None, None]

# %% wrong 5.25: H and W, kH and kW taken for one
def conv_transpose2d(x, W, b, stride=1, padding=0):
    (N, C, H, _), (_, K, h, _) = x.shape, W.shape
    V, v = H, h
    P, Q = (H - 1) * stride + h, (V - 1) * stride + v
    if min(P, Q) - 2 * padding < 1:
        raise ValueError("nothing is left")
    z = np.zeros((N, K, P, Q))
    for i in range(H):
        for j in range(V):
            z[:, :, i * stride : i * stride + h, j * stride : j * stride + v] += np.einsum("nc,ckuv->nkuv", x[:, :, i, j], W)
    return z[:, :, padding : P - padding, padding : Q - padding] + b[None, :, None, None]

# %% wrong 3.25: the stride is ignored
def conv_transpose2d(x, W, b, stride=1, padding=0):
    stride = 1
    (N, C, H, V), (_, K, h, v) = x.shape, W.shape
    P, Q = (H - 1) * stride + h, (V - 1) * stride + v
    if min(P, Q) - 2 * padding < 1:
        raise ValueError("nothing is left")
    z = np.zeros((N, K, P, Q))
    for i in range(H):
        for j in range(V):
            z[:, :, i * stride : i * stride + h, j * stride : j * stride + v] += np.einsum("nc,ckuv->nkuv", x[:, :, i, j], W)
    return z[:, :, padding : P - padding, padding : Q - padding] + b[None, :, None, None]

# %% wrong 5.75: nothing left, and no error
def conv_transpose2d(x, W, b, stride=1, padding=0):
    (N, C, H, V), (_, K, h, v) = x.shape, W.shape
    P, Q = (H - 1) * stride + h, (V - 1) * stride + v
    z = np.zeros((N, K, P, Q))
    for i in range(H):
        for j in range(V):
            z[:, :, i * stride : i * stride + h, j * stride : j * stride + v] += np.einsum("nc,ckuv->nkuv", x[:, :, i, j], W)
    return z[:, :, padding : P - padding, padding : Q - padding] + b[None, :, None, None]

# %% wrong 3.9: only the first channel
def conv_transpose2d(x, W, b, stride=1, padding=0):
    (N, C, H, V), (_, K, h, v) = x.shape, W.shape
    P, Q = (H - 1) * stride + h, (V - 1) * stride + v
    if min(P, Q) - 2 * padding < 1:
        raise ValueError("nothing is left")
    z = np.zeros((N, K, P, Q))
    for i in range(H):
        for j in range(V):
            z[:, :, i * stride : i * stride + h, j * stride : j * stride + v] += np.einsum("nc,ckuv->nkuv", x[:, :1, i, j], W[:1])
    return z[:, :, padding : P - padding, padding : Q - padding] + b[None, :, None, None]

# %% wrong 5.75: the bias is changed in place
def conv_transpose2d(x, W, b, stride=1, padding=0):
    (N, C, H, V), (_, K, h, v) = x.shape, W.shape
    P, Q = (H - 1) * stride + h, (V - 1) * stride + v
    if min(P, Q) - 2 * padding < 1:
        raise ValueError("nothing is left")
    z = np.zeros((N, K, P, Q))
    for i in range(H):
        for j in range(V):
            z[:, :, i * stride : i * stride + h, j * stride : j * stride + v] += np.einsum("nc,ckuv->nkuv", x[:, :, i, j], W)
    b += 1
    return z[:, :, padding : P - padding, padding : Q - padding] + b[None, :, None, None] - 1


# %% wrong 5.5: the border is cut as often as the stride says
def conv_transpose2d(x, W, b, stride=1, padding=0):
    N, C, H, V = x.shape
    _, K, h, v = W.shape
    P, Q = (H - 1) * stride + h, (V - 1) * stride + v
    if P - 2 * padding < 1 or Q - 2 * padding < 1:
        raise ValueError("padding")
    z = np.zeros((N, K, P, Q))
    for i, j in np.ndindex(H, V):
        stamp = np.einsum("nc,ckuv->nkuv", x[:, :, i, j], W)
        z[:, :, i * stride : i * stride + h, j * stride : j * stride + v] += stamp
    cut = padding * stride
    return z[:, :, cut : P - cut, cut : Q - cut] + b.reshape(1, K, 1, 1)

# %% wrong 5.5: square pictures only
def conv_transpose2d(x, W, b, stride=1, padding=0):
    """Stamps of the numbers in x (N, C, H, W) with the filters W, added up, plus b."""
    (N, _, rows, columns), (_, K, kH, kW) = x.shape, W.shape
    columns = rows
    height, width = (rows - 1) * stride + kH, (columns - 1) * stride + kW
    if min(height, width) <= 2 * padding:
        raise ValueError(f"padding {padding} leaves nothing of {height} x {width}")
    z = np.zeros((N, K, height, width))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            z[:, :, top : top + kH, left : left + kW] += np.tensordot(x[:, :, i, j], W, 1)
    inside = z[:, :, padding : height - padding, padding : width - padding]
    return inside + b[:, np.newaxis, np.newaxis]
