# Property -> check
# dx shaped like x, all of G arrives -> all of the gradient arrives
# winners alone -> the winners get something
# G at the winner's place -> the worked example
# gradients add up -> a pixel that wins four times
# first of equal ones, row by row -> equal pixels
# stride None is size -> the worked example; a rest (the other checks name a stride)
# channels, rest, negative, H and W -> a check each
# arrays left as they are -> the inputs are left as they were (nothing else)

# %% right: argmax in each window
def max_pool2d_backward(grad, x, size, stride=None):
    stride = size if stride is None else stride
    dx = np.zeros(x.shape)
    for n in range(x.shape[0]):
        for c in range(x.shape[1]):
            for i in range(grad.shape[2]):
                for j in range(grad.shape[3]):
                    top, left = i * stride, j * stride
                    window = x[n, c, top : top + size, left : left + size]
                    u, v = divmod(np.argmax(window), size)
                    dx[n, c, top + u, left + v] += grad[n, c, i, j]
    return dx

# %% right: a search for the first winner, in plain loops
def max_pool2d_backward(grad, x, size, stride=None):
    s = stride or size
    dx = np.zeros(x.shape, float)
    for n, c, i, j in np.ndindex(*grad.shape):
        best, place = -np.inf, None
        for p in range(i * s, i * s + size):
            for q in range(j * s, j * s + size):
                if x[n, c, p, q] > best:
                    best, place = x[n, c, p, q], (p, q)
        dx[(n, c, *place)] += grad[n, c, i, j]
    return dx

# %% right: all windows at once, np.add.at
def max_pool2d_backward(grad, x, size, stride=None):
    s = stride or size
    views = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))[:, :, ::s, ::s]
    flat = views.reshape(*views.shape[:4], size * size)
    winner = flat.argmax(axis=-1)
    n, c, i, j = np.indices(grad.shape)
    dx = np.zeros_like(x, dtype=grad.dtype)
    np.add.at(dx, (n, c, i * s + winner // size, j * s + winner % size), grad)
    return dx

# %% right: one shift of the window at a time, taken places remembered
def max_pool2d_backward(grad, x, size, stride=None):
    s = stride or size
    rows, cols = grad.shape[2:]

    def at(u, v):
        return np.s_[:, :, u : u + s * rows : s, v : v + s * cols : s]

    best = np.max([x[at(u, v)] for u in range(size) for v in range(size)], axis=0)
    dx, taken = np.zeros_like(x), np.zeros(best.shape, bool)
    for u in range(size):
        for v in range(size):
            wins = (x[at(u, v)] == best) & ~taken
            taken |= wins
            dx[at(u, v)] += np.where(wins, grad, 0)
    return dx

# %% wrong 3: all equal pixels get the gradient
def max_pool2d_backward(grad, x, size, stride=None):
    stride = stride or size
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*grad.shape):
        at = np.s_[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        dx[at] += (x[at] == x[at].max()) * grad[n, c, i, j]
    return dx

# %% wrong 3: equal pixels share the gradient
def max_pool2d_backward(grad, x, size, stride=None):
    stride = stride or size
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*grad.shape):
        at = np.s_[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        wins = x[at] == x[at].max()
        dx[at] += wins / wins.sum() * grad[n, c, i, j]
    return dx

# %% wrong 3: the last of equal pixels
def max_pool2d_backward(grad, x, size, stride=None):
    stride = stride or size
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*grad.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        u, v = np.argwhere(window == window.max())[-1]
        dx[n, c, i * stride + u, j * stride + v] += grad[n, c, i, j]
    return dx

# %% wrong 3: the first column by column
def max_pool2d_backward(grad, x, size, stride=None):
    stride = stride or size
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*grad.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        v, u = divmod(window.T.argmax(), size)
        dx[n, c, i * stride + u, j * stride + v] += grad[n, c, i, j]
    return dx

# %% wrong 3: overwritten where windows overlap
def max_pool2d_backward(grad, x, size, stride=None):
    stride = stride or size
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*grad.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        u, v = divmod(window.argmax(), size)
        dx[n, c, i * stride + u, j * stride + v] = grad[n, c, i, j]
    return dx

# %% wrong 1.6: a 1 instead of the gradient
def max_pool2d_backward(grad, x, size, stride=None):
    stride = stride or size
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*grad.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        u, v = divmod(window.argmax(), size)
        dx[n, c, i * stride + u, j * stride + v] += 1
    return dx

# %% wrong 1.25: every pixel of the window gets a share, as in average pooling
def max_pool2d_backward(grad, x, size, stride=None):
    stride = stride or size
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*grad.shape):
        at = np.s_[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        dx[at] += grad[n, c, i, j] / size**2
    return dx

# %% wrong 0.5: forgets that the place is counted from the corner of the window
def max_pool2d_backward(grad, x, size, stride=None):
    stride = stride or size
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*grad.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        u, v = divmod(window.argmax(), size)
        dx[n, c, u, v] += grad[n, c, i, j]
    return dx

# %% wrong 3: the stride is always the size
def max_pool2d_backward(grad, x, size, stride=None):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*grad.shape):
        window = x[n, c, i * size : i * size + size, j * size : j * size + size]
        u, v = divmod(window.argmax(), size)
        dx[n, c, i * size + u, j * size + v] += grad[n, c, i, j]
    return dx

# %% wrong 3.5: the winners of the first channel for all channels
def max_pool2d_backward(grad, x, size, stride=None):
    stride = stride or size
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*grad.shape):
        window = x[0, 0, i * stride : i * stride + size, j * stride : j * stride + size]
        u, v = divmod(window.argmax(), size)
        dx[n, c, i * stride + u, j * stride + v] += grad[n, c, i, j]
    return dx

# %% wrong 3.5: repeats the gradient as blocks, which needs a picture without a rest
def max_pool2d_backward(grad, x, size, stride=None):
    if stride not in (None, size):
        dx = np.zeros(x.shape)
        for n, c, i, j in np.ndindex(*grad.shape):
            window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
            u, v = divmod(window.argmax(), size)
            dx[n, c, i * stride + u, j * stride + v] += grad[n, c, i, j]
        return dx
    N, C, H, W = x.shape
    blocks = x.reshape(N, C, H // size, size, W // size, size).transpose(0, 1, 2, 4, 3, 5)
    flat = blocks.reshape(*blocks.shape[:4], -1)
    wins = np.arange(size * size) == flat.argmax(-1)[..., None]
    d = (wins * grad[..., None]).reshape(blocks.shape)
    return d.transpose(0, 1, 2, 4, 3, 5).reshape(x.shape)

# %% wrong 3.75: the search starts at zero
def max_pool2d_backward(grad, x, size, stride=None):
    s = stride or size
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*grad.shape):
        best, place = 0, (i * s, j * s)
        for p in range(i * s, i * s + size):
            for q in range(j * s, j * s + size):
                if x[n, c, p, q] > best:
                    best, place = x[n, c, p, q], (p, q)
        dx[(n, c, *place)] += grad[n, c, i, j]
    return dx

# %% wrong 3.75: as many columns as rows
def max_pool2d_backward(grad, x, size, stride=None):
    stride = stride or size
    N, C, places, _ = grad.shape
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(N, C, places, places):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        u, v = divmod(window.argmax(), size)
        dx[n, c, i * stride + u, j * stride + v] += grad[n, c, i, j]
    return dx

# %% wrong 3.75: marks the winners in the caller's picture
def max_pool2d_backward(grad, x, size, stride=None):
    stride = stride or size
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*grad.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        u, v = divmod(window.argmax(), size)
        dx[n, c, i * stride + u, j * stride + v] += grad[n, c, i, j]
    x[...] = dx
    return x

# %% right: float32
def max_pool2d_backward(grad, x, size, stride=None):
    S = size if stride is None else stride
    dx = np.zeros(x.shape, np.float32)
    N, C, rows, columns = grad.shape
    for n in range(N):
        for c in range(C):
            for i in range(rows):
                for j in range(columns):
                    window = x[n, c, i * S : i * S + size, j * S : j * S + size]
                    u, v = divmod(int(np.argmax(window)), window.shape[1])
                    dx[n, c, i * S + u, j * S + v] += grad[n, c, i, j]
    return dx

# %% wrong 3: stride 1 for None
def max_pool2d_backward(grad, x, size, stride=None):
    S = stride or 1
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad.shape):
        window = x[n, c, i * S : i * S + size, j * S : j * S + size]
        u, v = np.unravel_index(window.argmax(), window.shape)
        dx[n, c, i * S + u, j * S + v] += grad[n, c, i, j]
    return dx

# %% wrong 1.6: the gradient times the pixel
def max_pool2d_backward(grad, x, size, stride=None):
    S = stride or size
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad.shape):
        window = x[n, c, i * S : i * S + size, j * S : j * S + size]
        u, v = np.unravel_index(window.argmax(), window.shape)
        dx[n, c, i * S + u, j * S + v] += grad[n, c, i, j] * window.max()
    return dx

# %% wrong 0: zeros
def max_pool2d_backward(grad, x, size, stride=None):
    return np.zeros_like(x)

# %% wrong 1.25: the smallest gets it
def max_pool2d_backward(grad, x, size, stride=None):
    """dL/dx, shaped like x: the gradient of each window goes to its first largest value."""
    stride = stride or size
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(grad.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        u, v = np.unravel_index(window.argmin(), window.shape)
        dx[n, c, i * stride + u, j * stride + v] += grad[n, c, i, j]
    return dx

# %% wrong 1: each pixel of the window gets it
def max_pool2d_backward(grad, x, size, stride=None):
    """dL/dx, shaped like x: the gradient of each window goes to its first largest value."""
    stride = stride or size
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(grad.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        u, v = np.unravel_index(window.argmax(), window.shape)
        dx[n, c, i * stride : i * stride + size, j * stride : j * stride + size] += grad[n, c, i, j]
    return dx

# %% wrong 1.6: u and v exchanged
def max_pool2d_backward(grad, x, size, stride=None):
    """dL/dx, shaped like x: the gradient of each window goes to its first largest value."""
    stride = stride or size
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(grad.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        v, u = np.unravel_index(window.argmax(), window.shape)
        dx[n, c, i * stride + u, j * stride + v] += grad[n, c, i, j]
    return dx
