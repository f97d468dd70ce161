# Property -> check
# each result by itself -> every check looks at one of dx, dW, db
# the order dx, dW, db -> all but the worked example, which takes any order
# sums over places, pictures, filters -> the worked example; many pictures and filters
# overlapping patches add up, not turned -> dx of the worked example; dx of a filter of four numbers
# padding cut off, stride, a rest -> padding 1, dx; a stride of two, dW; stride and padding, dx, dW
# H, W, kH, kW -> not square, dx; not square, dW
# float32, any memory -> float32, in another order in memory
# arrays left as they are -> the inputs are left as they were (nothing else)

# %% right: a loop over everything
def conv2d_backward(grad, x, W, stride=1, padding=0):
    N, C, H, width = x.shape
    K, _, kH, kW = W.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dxp, dW, db = np.zeros(xp.shape), np.zeros(W.shape), np.zeros(K)
    for n in range(N):
        for k in range(K):
            for i in range(grad.shape[2]):
                for j in range(grad.shape[3]):
                    g = grad[n, k, i, j]
                    db[k] += g
                    for c in range(C):
                        for u in range(kH):
                            for v in range(kW):
                                dW[k, c, u, v] += g * xp[n, c, i * stride + u, j * stride + v]
                                dxp[n, c, i * stride + u, j * stride + v] += g * W[k, c, u, v]
    return dxp[:, :, padding : padding + H, padding : padding + width], dW, db

# %% right: a loop over places, einsum for the rest; a list comes back
def conv2d_backward(grad, x, W, stride=1, padding=0):
    p, s = padding, stride
    kH, kW = W.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dx, dW = np.zeros(xp.shape), np.zeros(W.shape)
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            rows, cols = slice(i * s, i * s + kH), slice(j * s, j * s + kW)
            dW += np.einsum("nk,ncuv->kcuv", grad[:, :, i, j], xp[:, :, rows, cols])
            dx[:, :, rows, cols] += np.einsum("nk,kcuv->ncuv", grad[:, :, i, j], W)
    if p > 0:
        dx = dx[:, :, p:-p, p:-p]
    return [dx, dW, grad.sum(axis=3).sum(axis=2).sum(axis=0)]

# %% right: im2col, two matrix products, patches added up again
def conv2d_backward(grad, x, W, stride=1, padding=0):
    K, C, kH, kW = W.shape
    N, _, rows, cols = grad.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    views = np.lib.stride_tricks.sliding_window_view(xp, (kH, kW), axis=(2, 3))
    views = views[:, :, ::stride, ::stride]
    P = views.transpose(1, 4, 5, 0, 2, 3).reshape(C * kH * kW, -1)
    G = grad.transpose(1, 0, 2, 3).reshape(K, -1)
    dW = (G @ P.T).reshape(W.shape)
    dP = (W.reshape(K, -1).T @ G).reshape(C, kH, kW, N, rows, cols)
    dxp = np.zeros_like(xp)
    for i in range(rows):
        for j in range(cols):
            dxp[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW] += dP[
                :, :, :, :, i, j
            ].transpose(3, 0, 1, 2)
    H, width = x.shape[2:]
    return dxp[:, :, padding : H + padding, padding : width + padding], dW, G.sum(axis=1)

# %% right: dx as a convolution of the spread-out gradient with the turned filters
def conv2d_backward(grad, x, W, stride=1, padding=0):
    N, C, H, width = x.shape
    K, _, kH, kW = W.shape
    Hp, Wp = H + 2 * padding, width + 2 * padding
    xp = np.zeros((N, C, Hp, Wp))
    xp[:, :, padding : padding + H, padding : padding + width] = x
    spread = np.zeros((N, K, Hp - kH + 1, Wp - kW + 1))
    spread[:, :, ::stride, ::stride] = grad
    dW = np.zeros(W.shape)
    for u in range(kH):
        for v in range(kW):
            seen = xp[:, :, u : u + spread.shape[2], v : v + spread.shape[3]]
            dW[:, :, u, v] = np.tensordot(spread, seen, axes=((0, 2, 3), (0, 2, 3)))
    wide = np.pad(spread, ((0, 0), (0, 0), (kH - 1, kH - 1), (kW - 1, kW - 1)))
    views = np.lib.stride_tricks.sliding_window_view(wide, (kH, kW), axis=(2, 3))
    dxp = np.einsum("nkijuv,kcuv->ncij", views, W[:, :, ::-1, ::-1])
    db = np.array([grad[:, k].sum() for k in range(K)])
    return dxp[:, :, padding : padding + H, padding : padding + width], dW, db

# %% right: np.add.at with index arrays
def conv2d_backward(grad, x, W, stride=1, padding=0):
    N, C, H, width = x.shape
    K, _, kH, kW = W.shape
    _, _, rows, cols = grad.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    I = (np.arange(rows) * stride)[:, None, None, None] + np.arange(kH)[None, None, :, None]
    J = (np.arange(cols) * stride)[None, :, None, None] + np.arange(kW)[None, None, None, :]
    dW = np.einsum("nkij,ncijuv->kcuv", grad, xp[:, :, I, J])
    dxp = np.zeros(xp.shape, np.result_type(grad, W))
    np.add.at(dxp, (slice(None), slice(None), I, J), np.einsum("nkij,kcuv->ncijuv", grad, W))
    return dxp[:, :, padding : padding + H, padding : padding + width], dW, np.einsum("nkij->k", grad)

# %% wrong 1.75: only db; None for what is missing
def conv2d_backward(grad, x, W, stride=1, padding=0):
    return None, None, grad.sum(axis=(0, 2, 3))

# %% wrong 4.75: dx overwritten where patches overlap
def conv2d_backward(grad, x, W, stride=1, padding=0):
    kH, kW = W.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx, dW = np.zeros(xp.shape), np.zeros(W.shape)
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dW += np.einsum("nk,ncuv->kcuv", grad[:, :, i, j], xp[at])
            dx[at] = np.einsum("nk,kcuv->ncuv", grad[:, :, i, j], W)
    H, width = x.shape[2:]
    return dx[:, :, padding : padding + H, padding : padding + width], dW, grad.sum((0, 2, 3))

# %% wrong 6: lays the turned filter down
def conv2d_backward(grad, x, W, stride=1, padding=0):
    kH, kW = W.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx, dW = np.zeros(xp.shape), np.zeros(W.shape)
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dW += np.einsum("nk,ncuv->kcuv", grad[:, :, i, j], xp[at])
            dx[at] += np.einsum("nk,kcuv->ncuv", grad[:, :, i, j], W[:, :, ::-1, ::-1])
    H, width = x.shape[2:]
    return dx[:, :, padding : padding + H, padding : padding + width], dW, grad.sum((0, 2, 3))

# %% wrong 7: the border is not cut off
def conv2d_backward(grad, x, W, stride=1, padding=0):
    kH, kW = W.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx, dW = np.zeros(xp.shape), np.zeros(W.shape)
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dW += np.einsum("nk,ncuv->kcuv", grad[:, :, i, j], xp[at])
            dx[at] += np.einsum("nk,kcuv->ncuv", grad[:, :, i, j], W)
    return dx, dW, grad.sum((0, 2, 3))

# %% wrong 5.25: cuts the border with [p:-p], which leaves nothing where padding is 0
def conv2d_backward(grad, x, W, stride=1, padding=0):
    kH, kW = W.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx, dW = np.zeros(xp.shape), np.zeros(W.shape)
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dW += np.einsum("nk,ncuv->kcuv", grad[:, :, i, j], xp[at])
            dx[at] += np.einsum("nk,kcuv->ncuv", grad[:, :, i, j], W)
    return dx[:, :, padding:-padding, padding:-padding], dW, grad.sum((0, 2, 3))

# %% wrong 6.5: padding forgotten altogether
def conv2d_backward(grad, x, W, stride=1, padding=0):
    kH, kW = W.shape[2:]
    dx, dW = np.zeros(x.shape), np.zeros(W.shape)
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dW += np.einsum("nk,ncuv->kcuv", grad[:, :, i, j], x[at])
            dx[at] += np.einsum("nk,kcuv->ncuv", grad[:, :, i, j], W)
    return dx, dW, grad.sum((0, 2, 3))

# %% wrong 5.6: the stride forgotten
def conv2d_backward(grad, x, W, stride=1, padding=0):
    kH, kW = W.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx, dW = np.zeros(xp.shape), np.zeros(W.shape)
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            at = np.s_[:, :, i : i + kH, j : j + kW]
            dW += np.einsum("nk,ncuv->kcuv", grad[:, :, i, j], xp[at])
            dx[at] += np.einsum("nk,kcuv->ncuv", grad[:, :, i, j], W)
    H, width = x.shape[2:]
    return dx[:, :, padding : padding + H, padding : padding + width], dW, grad.sum((0, 2, 3))

# %% wrong 5.6: the mean over the pictures
def conv2d_backward(grad, x, W, stride=1, padding=0):
    kH, kW = W.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx, dW = np.zeros(xp.shape), np.zeros(W.shape)
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dW += np.einsum("nk,ncuv->kcuv", grad[:, :, i, j], xp[at]) / len(x)
            dx[at] += np.einsum("nk,kcuv->ncuv", grad[:, :, i, j], W)
    H, width = x.shape[2:]
    return dx[:, :, padding : padding + H, padding : padding + width], dW, grad.mean(0).sum((1, 2))

# %% wrong 7.5: db is one number for all filters
def conv2d_backward(grad, x, W, stride=1, padding=0):
    kH, kW = W.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx, dW = np.zeros(xp.shape), np.zeros(W.shape)
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dW += np.einsum("nk,ncuv->kcuv", grad[:, :, i, j], xp[at])
            dx[at] += np.einsum("nk,kcuv->ncuv", grad[:, :, i, j], W)
    H, width = x.shape[2:]
    db = np.full(len(W), grad.sum())
    return dx[:, :, padding : padding + H, padding : padding + width], dW, db

# %% wrong 6.4: the other order, dW first
def conv2d_backward(grad, x, W, stride=1, padding=0):
    kH, kW = W.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx, dW = np.zeros(xp.shape), np.zeros(W.shape)
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dW += np.einsum("nk,ncuv->kcuv", grad[:, :, i, j], xp[at])
            dx[at] += np.einsum("nk,kcuv->ncuv", grad[:, :, i, j], W)
    H, width = x.shape[2:]
    dx = dx[:, :, padding : padding + H, padding : padding + width]
    return dW, grad.sum((0, 2, 3)), dx

# %% wrong 7.5: dx of the last filter only
def conv2d_backward(grad, x, W, stride=1, padding=0):
    K, _, kH, kW = W.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dW = np.zeros(W.shape)
    for k in range(K):
        dx = np.zeros(xp.shape)
        for i in range(grad.shape[2]):
            for j in range(grad.shape[3]):
                at = np.s_[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
                g = grad[:, k, i, j][:, None, None, None]
                dW[k] += (g * xp[at]).sum(axis=0)
                dx[at] += g * W[k]
    H, width = x.shape[2:]
    return dx[:, :, padding : padding + H, padding : padding + width], dW, grad.sum((0, 2, 3))

# %% wrong 5.6: dW of the last picture only
def conv2d_backward(grad, x, W, stride=1, padding=0):
    kH, kW = W.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx = np.zeros(xp.shape)
    for n in range(len(x)):
        dW = np.zeros(W.shape)
        for i in range(grad.shape[2]):
            for j in range(grad.shape[3]):
                at = np.s_[n, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
                dW += np.einsum("k,cuv->kcuv", grad[n, :, i, j], xp[at])
                dx[at] += np.einsum("k,kcuv->cuv", grad[n, :, i, j], W)
    H, width = x.shape[2:]
    return dx[:, :, padding : padding + H, padding : padding + width], dW, grad.sum((0, 2, 3))

# %% wrong 5.6: one channel only
def conv2d_backward(grad, x, W, stride=1, padding=0):
    kH, kW = W.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx, dW = np.zeros(xp.shape), np.zeros(W.shape)
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            at = np.s_[:, 0, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dW[:, 0] += np.einsum("nk,nuv->kuv", grad[:, :, i, j], xp[at])
            dx[at] += np.einsum("nk,kuv->nuv", grad[:, :, i, j], W[:, 0])
    H, width = x.shape[2:]
    return dx[:, :, padding : padding + H, padding : padding + width], dW, grad.sum((0, 2, 3))

# %% wrong 4.75: one picture, one filter, one channel, as in the example
def conv2d_backward(grad, x, W, stride=1, padding=0):
    G, filt = grad[0, 0], W[0, 0]
    F = filt.shape[0]
    xp = np.pad(x[0, 0], padding)
    dx, dW = np.zeros_like(xp), np.zeros_like(filt)
    for (i, j), g in np.ndenumerate(G):
        dW += g * xp[i * stride : i * stride + F, j * stride : j * stride + F]
        dx[i * stride : i * stride + F, j * stride : j * stride + F] += g * filt
    H, width = x.shape[2:]
    dx = dx[padding : padding + H, padding : padding + width]
    return dx[None, None], dW[None, None], np.array([G.sum()])

# %% wrong 6.5: a square filter only
def conv2d_backward(grad, x, W, stride=1, padding=0):
    F = W.shape[2]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx, dW = np.zeros(xp.shape), np.zeros((*W.shape[:2], F, F))
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + F, j * stride : j * stride + F]
            dW += np.einsum("nk,ncuv->kcuv", grad[:, :, i, j], xp[at])
            dx[at] += np.einsum("nk,kcuv->ncuv", grad[:, :, i, j], W)
    H, width = x.shape[2:]
    return dx[:, :, padding : padding + H, padding : padding + width], dW, grad.sum((0, 2, 3))

# %% wrong 6.5: a square picture only, its size taken from the rows
def conv2d_backward(grad, x, W, stride=1, padding=0):
    kH, kW = W.shape[2:]
    size = grad.shape[2]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx, dW = np.zeros(xp.shape), np.zeros(W.shape)
    for i in range(size):
        for j in range(size):
            at = np.s_[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dW += np.einsum("nk,ncuv->kcuv", grad[:, :, i, j], xp[at])
            dx[at] += np.einsum("nk,kcuv->ncuv", grad[:, :, i, j], W)
    H, width = x.shape[2:]
    return dx[:, :, padding : padding + H, padding : padding + width], dW, grad.sum((0, 2, 3))

# %% wrong 7.5: the size of dx worked out from the map, so the rest is missing
def conv2d_backward(grad, x, W, stride=1, padding=0):
    kH, kW = W.shape[2:]
    rows, cols = grad.shape[2:]
    H, width = (rows - 1) * stride + kH, (cols - 1) * stride + kW
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx, dW = np.zeros((*x.shape[:2], H, width)), np.zeros(W.shape)
    for i in range(rows):
        for j in range(cols):
            at = np.s_[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dW += np.einsum("nk,ncuv->kcuv", grad[:, :, i, j], xp[at])
            dx[at] += np.einsum("nk,kcuv->ncuv", grad[:, :, i, j], W)
    return dx[:, :, padding : H - padding, padding : width - padding], dW, grad.sum((0, 2, 3))

# %% wrong 7.75: strides computed by hand, right only for arrays that lie in memory row by row
def conv2d_backward(grad, x, W, stride=1, padding=0):
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    (N, C, H, width), (K, _, kH, kW), s = xp.shape, W.shape, xp.itemsize
    rows, cols = grad.shape[2:]
    steps = (C * H * width * s, H * width * s, width * stride * s, stride * s, width * s, s)
    view = np.lib.stride_tricks.as_strided(xp, (N, C, rows, cols, kH, kW), steps)
    dW = np.einsum("nkij,ncijuv->kcuv", grad, view)
    dx = np.zeros(xp.shape)
    for i in range(rows):
        for j in range(cols):
            at = np.s_[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dx[at] += np.einsum("nk,kcuv->ncuv", grad[:, :, i, j], W)
    dx = dx[:, :, padding : H - padding, padding : width - padding]
    return dx, dW, grad.sum((0, 2, 3))

# %% wrong 7.75: adds up in the picture itself, after setting it to zero
def conv2d_backward(grad, x, W, stride=1, padding=0):
    kH, kW = W.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dW, dxp = np.zeros(W.shape), np.zeros(xp.shape)
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dW += np.einsum("nk,ncuv->kcuv", grad[:, :, i, j], xp[at])
            dxp[at] += np.einsum("nk,kcuv->ncuv", grad[:, :, i, j], W)
    H, width = x.shape[2:]
    dx = x
    dx[...] = dxp[:, :, padding : padding + H, padding : padding + width]
    return dx, dW, grad.sum((0, 2, 3))

# %% wrong 4.75: dW turned by 180 degrees
def conv2d_backward(grad, x, W, stride=1, padding=0):
    kH, kW = W.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx, dW = np.zeros(xp.shape), np.zeros(W.shape)
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dW += np.einsum("nk,ncuv->kcuv", grad[:, :, i, j], xp[at])
            dx[at] += np.einsum("nk,kcuv->ncuv", grad[:, :, i, j], W)
    H, width = x.shape[2:]
    dx = dx[:, :, padding : padding + H, padding : padding + width]
    return dx, dW[:, :, ::-1, ::-1], grad.sum((0, 2, 3))

# %% right: float32 throughout
def conv2d_backward(grad, x, W, stride=1, padding=0):
    grad, x, W = (np.asarray(one, np.float32) for one in (grad, x, W))
    p = padding
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dpadded, dW = np.zeros_like(padded), np.zeros_like(W)
    kH, kW = W.shape[2:]
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dW += np.einsum("nk,ncuv->kcuv", grad[:, :, i, j], padded[at])
            dpadded[at] += np.einsum("nk,kcuv->ncuv", grad[:, :, i, j], W)
    dx = dpadded[:, :, p : p + x.shape[2], p : p + x.shape[3]]
    return dx, dW, np.einsum("nkij->k", grad)

# %% wrong 7: db as a mean
def conv2d_backward(grad, x, W, stride=1, padding=0):
    p = padding
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dpadded, dW = np.zeros(padded.shape), np.zeros(W.shape)
    kH, kW = W.shape[2:]
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dW += np.einsum("nk,ncuv->kcuv", grad[:, :, i, j], padded[at])
            dpadded[at] += np.einsum("nk,kcuv->ncuv", grad[:, :, i, j], W)
    dx = dpadded[:, :, p : p + x.shape[2], p : p + x.shape[3]]
    return dx, dW, grad.mean(axis=(0, 2, 3))

# %% wrong 4.75: dx is missing
def conv2d_backward(grad, x, W, stride=1, padding=0):
    p = padding
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dW = np.zeros(W.shape)
    kH, kW = W.shape[2:]
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dW += np.einsum("nk,ncuv->kcuv", grad[:, :, i, j], padded[at])
    return None, dW, grad.sum(axis=(0, 2, 3))

# %% wrong 4.75: dW is a mean over the places
def conv2d_backward(grad, x, W, stride=1, padding=0):
    p = padding
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dpadded, dW = np.zeros(padded.shape), np.zeros(W.shape)
    kH, kW = W.shape[2:]
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kH, j * stride : j * stride + kW]
            dW += np.einsum("nk,ncuv->kcuv", grad[:, :, i, j], padded[at]) / grad[0, 0].size
            dpadded[at] += np.einsum("nk,kcuv->ncuv", grad[:, :, i, j], W)
    dx = dpadded[:, :, p : p + x.shape[2], p : p + x.shape[3]]
    return dx, dW, grad.sum(axis=(0, 2, 3))
