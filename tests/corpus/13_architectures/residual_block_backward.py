# Answers to "residual_block_backward".
#
# Property -> check that fails if it does not hold
# both ReLUs shut the gradient out -> the worked example; several channels
# the skip passes the gradient on -> with weights of zero; the way through the skip
# the convolutions do -> the way through the convolutions; several channels
# the skip's convolution and the stride -> a skip of its own, with stride 2
# arrays stay -> the inputs are left as they were

# %% right: the library's functions
def residual_block_backward(grad, x, W1, b1, W2, b2, W_skip=None, stride=1):
    z = nn.conv2d(x, W1, b1, stride, 1)
    h = nn.relu(z)
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    g = nn.relu_backward(grad, f + s)
    dh = nn.conv2d_backward(g, h, W2, 1, 1)[0]
    body = nn.conv2d_backward(nn.relu_backward(dh, z), x, W1, stride, 1)[0]
    skip = g if W_skip is None else nn.conv2d_backward(g, x, W_skip, stride)[0]
    return body + skip

# %% right: layers of the library, forward and backward
def residual_block_backward(grad, x, W1, b1, W2, b2, W_skip=None, stride=1):
    def layer(W, b, step, padding):
        made = nn.Conv2d(W.shape[1], W.shape[0], W.shape[-1], step, padding, dtype=float)
        made.params["W"][...] = W
        made.params["b"][...] = b
        return made

    body = nn.Sequential(layer(W1, b1, stride, 1), nn.ReLU(), layer(W2, b2, 1, 1))
    skip = nn.Sequential() if W_skip is None else layer(W_skip, 0, stride, 0)
    total = body(x) + skip(x)
    grad = np.where(total > 0, grad, 0)
    return body.backward(grad) + skip.backward(grad)

# %% right: without the library, sums over the window, float32
def residual_block_backward(grad, x, W1, b1, W2, b2, W_skip=None, stride=1):
    def forward(a, W, b, step, edge):
        size = W.shape[-1]
        a = np.pad(a, ((0, 0), (0, 0), (edge, edge), (edge, edge)))
        windows = np.lib.stride_tricks.sliding_window_view(a, (size, size), axis=(2, 3))
        z = np.einsum("ncijuv,kcuv->nkij", windows[:, :, ::step, ::step], W)
        return z + np.reshape(b, (-1, 1, 1))

    def back(G, shape, W, step, edge):
        N, C, H, width = shape
        d = np.zeros((N, C, H + 2 * edge, width + 2 * edge))
        rows, columns = G.shape[2:]
        for u in range(W.shape[2]):
            for v in range(W.shape[3]):
                part = np.einsum("nkij,kc->ncij", G, W[:, :, u, v])
                d[:, :, u : u + step * rows : step, v : v + step * columns : step] += part
        return d[:, :, edge : edge + H, edge : edge + width]

    z = forward(x, W1, b1, stride, 1)
    total = forward(z * (z > 0), W2, b2, 1, 1)
    total = total + (x if W_skip is None else forward(x, W_skip, np.zeros(len(W_skip)), stride, 0))
    G = grad * (total > 0)
    dz = back(G, z.shape, W2, 1, 1) * (z > 0)
    dx = back(dz, x.shape, W1, stride, 1)
    dx = dx + (G if W_skip is None else back(G, x.shape, W_skip, stride, 0))
    return dx.astype(np.float32)

# %% wrong 1.75: through the skip only
def residual_block_backward(grad, x, W1, b1, W2, b2, W_skip=None, stride=1):
    z = nn.conv2d(x, W1, b1, stride, 1)
    h = nn.relu(z)
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    g = nn.relu_backward(grad, f + s)
    dh = nn.conv2d_backward(g, h, W2, 1, 1)[0]
    body = nn.conv2d_backward(nn.relu_backward(dh, z), x, W1, stride, 1)[0]
    skip = g if W_skip is None else nn.conv2d_backward(g, x, W_skip, stride)[0]
    return skip

# %% wrong 1.6: through the convolutions only
def residual_block_backward(grad, x, W1, b1, W2, b2, W_skip=None, stride=1):
    z = nn.conv2d(x, W1, b1, stride, 1)
    h = nn.relu(z)
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    g = nn.relu_backward(grad, f + s)
    dh = nn.conv2d_backward(g, h, W2, 1, 1)[0]
    body = nn.conv2d_backward(nn.relu_backward(dh, z), x, W1, stride, 1)[0]
    skip = g if W_skip is None else nn.conv2d_backward(g, x, W_skip, stride)[0]
    return body

# %% wrong 2: the last ReLU is passed by
def residual_block_backward(grad, x, W1, b1, W2, b2, W_skip=None, stride=1):
    z = nn.conv2d(x, W1, b1, stride, 1)
    h = nn.relu(z)
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    g = grad
    dh = nn.conv2d_backward(g, h, W2, 1, 1)[0]
    body = nn.conv2d_backward(nn.relu_backward(dh, z), x, W1, stride, 1)[0]
    skip = g if W_skip is None else nn.conv2d_backward(g, x, W_skip, stride)[0]
    return body + skip

# %% wrong 1.75: the inner ReLU is passed by
def residual_block_backward(grad, x, W1, b1, W2, b2, W_skip=None, stride=1):
    z = nn.conv2d(x, W1, b1, stride, 1)
    h = nn.relu(z)
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    g = nn.relu_backward(grad, f + s)
    dh = nn.conv2d_backward(g, h, W2, 1, 1)[0]
    body = nn.conv2d_backward(dh, x, W1, stride, 1)[0]
    skip = g if W_skip is None else nn.conv2d_backward(g, x, W_skip, stride)[0]
    return body + skip

# %% wrong 1.75: the inner ReLU looks at the gradient
def residual_block_backward(grad, x, W1, b1, W2, b2, W_skip=None, stride=1):
    z = nn.conv2d(x, W1, b1, stride, 1)
    h = nn.relu(z)
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    g = nn.relu_backward(grad, f + s)
    dh = nn.conv2d_backward(g, h, W2, 1, 1)[0]
    body = nn.conv2d_backward(nn.relu(dh), x, W1, stride, 1)[0]
    skip = g if W_skip is None else nn.conv2d_backward(g, x, W_skip, stride)[0]
    return body + skip

# %% wrong 1.6: the last ReLU looks at the correction alone
def residual_block_backward(grad, x, W1, b1, W2, b2, W_skip=None, stride=1):
    z = nn.conv2d(x, W1, b1, stride, 1)
    h = nn.relu(z)
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    g = nn.relu_backward(grad, f)
    dh = nn.conv2d_backward(g, h, W2, 1, 1)[0]
    body = nn.conv2d_backward(nn.relu_backward(dh, z), x, W1, stride, 1)[0]
    skip = g if W_skip is None else nn.conv2d_backward(g, x, W_skip, stride)[0]
    return body + skip

# %% wrong 2: the skip sends the gradient on as it is, cut or repeated to the shape
def residual_block_backward(grad, x, W1, b1, W2, b2, W_skip=None, stride=1):
    z = nn.conv2d(x, W1, b1, stride, 1)
    h = nn.relu(z)
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    g = nn.relu_backward(grad, f + s)
    dh = nn.conv2d_backward(g, h, W2, 1, 1)[0]
    body = nn.conv2d_backward(nn.relu_backward(dh, z), x, W1, stride, 1)[0]
    skip = g if W_skip is None else np.resize(g, x.shape)
    return body + skip

# %% wrong 1.6: the mean of the two ways
def residual_block_backward(grad, x, W1, b1, W2, b2, W_skip=None, stride=1):
    z = nn.conv2d(x, W1, b1, stride, 1)
    h = nn.relu(z)
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    g = nn.relu_backward(grad, f + s)
    dh = nn.conv2d_backward(g, h, W2, 1, 1)[0]
    body = nn.conv2d_backward(nn.relu_backward(dh, z), x, W1, stride, 1)[0]
    skip = g if W_skip is None else nn.conv2d_backward(g, x, W_skip, stride)[0]
    return (body + skip) / 2

# %% wrong 1: the sign is turned
def residual_block_backward(grad, x, W1, b1, W2, b2, W_skip=None, stride=1):
    z = nn.conv2d(x, W1, b1, stride, 1)
    h = nn.relu(z)
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    g = nn.relu_backward(grad, f + s)
    dh = nn.conv2d_backward(g, h, W2, 1, 1)[0]
    body = nn.conv2d_backward(nn.relu_backward(dh, z), x, W1, stride, 1)[0]
    skip = g if W_skip is None else nn.conv2d_backward(g, x, W_skip, stride)[0]
    return -(body + skip)

# %% wrong 2: the skip passes by the last ReLU
def residual_block_backward(grad, x, W1, b1, W2, b2, W_skip=None, stride=1):
    z = nn.conv2d(x, W1, b1, stride, 1)
    h = nn.relu(z)
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    g = nn.relu_backward(grad, f + s)
    dh = nn.conv2d_backward(g, h, W2, 1, 1)[0]
    body = nn.conv2d_backward(nn.relu_backward(dh, z), x, W1, stride, 1)[0]
    skip = grad if W_skip is None else nn.conv2d_backward(grad, x, W_skip, stride)[0]
    return body + skip

# %% wrong 3.75: puts zeros into grad
def residual_block_backward(grad, x, W1, b1, W2, b2, W_skip=None, stride=1):
    z = nn.conv2d(x, W1, b1, stride, 1)
    h = nn.relu(z)
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    grad[f + s <= 0] = 0
    g = grad
    dh = nn.conv2d_backward(g, h, W2, 1, 1)[0]
    body = nn.conv2d_backward(nn.relu_backward(dh, z), x, W1, stride, 1)[0]
    skip = g if W_skip is None else nn.conv2d_backward(g, x, W_skip, stride)[0]
    return body + skip

# %% wrong 3.75: adds into grad
def residual_block_backward(grad, x, W1, b1, W2, b2, W_skip=None, stride=1):
    z = nn.conv2d(x, W1, b1, stride, 1)
    h = nn.relu(z)
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    g = nn.relu_backward(grad, f + s)
    dh = nn.conv2d_backward(g, h, W2, 1, 1)[0]
    body = nn.conv2d_backward(nn.relu_backward(dh, z), x, W1, stride, 1)[0]
    skip = g if W_skip is None else nn.conv2d_backward(g, x, W_skip, stride)[0]
    grad[...] = g
    return body + skip

# %% wrong 3.5: the stride is not handed on
def residual_block_backward(grad, x, W1, b1, W2, b2, W_skip=None, stride=1):
    z = nn.conv2d(x, W1, b1, stride, 1)
    h = nn.relu(z)
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    g = nn.relu_backward(grad, f + s)
    dh = nn.conv2d_backward(g, h, W2, 1, 1)[0]
    body = nn.conv2d_backward(nn.relu_backward(dh, z), x, W1, 1, 1)[0]
    skip = g if W_skip is None else nn.conv2d_backward(g, x, W_skip)[0]
    return body + skip

# %% wrong 0: the gradient of the weights
def residual_block_backward(grad, x, W1, b1, W2, b2, W_skip=None, stride=1):
    z = nn.conv2d(x, W1, b1, stride, 1)
    h = nn.relu(z)
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    g = nn.relu_backward(grad, f + s)
    dh = nn.conv2d_backward(g, h, W2, 1, 1)[0]
    body = nn.conv2d_backward(nn.relu_backward(dh, z), x, W1, stride, 1)[0]
    skip = g if W_skip is None else nn.conv2d_backward(g, x, W_skip, stride)[0]
    dW = nn.conv2d_backward(nn.relu_backward(dh, z), x, W1, stride, 1)[1]
    return dW

# %% wrong 2.25: the second convolution's filters are flipped
def residual_block_backward(grad, x, W1, b1, W2, b2, W_skip=None, stride=1):
    z = nn.conv2d(x, W1, b1, stride, 1)
    h = nn.relu(z)
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    g = nn.relu_backward(grad, f + s)
    dh = nn.conv2d_backward(g, h, W2[:, :, ::-1, ::-1], 1, 1)[0]
    body = nn.conv2d_backward(nn.relu_backward(dh, z), x, W1, stride, 1)[0]
    skip = g if W_skip is None else nn.conv2d_backward(g, x, W_skip, stride)[0]
    return body + skip

# %% wrong 3.2: all gradients
def residual_block_backward(grad, x, W1, b1, W2, b2, W_skip=None, stride=1):
    """The gradient dx (N, C, H, W) of a residual block, given grad = dL/dy (N, K, H', W')."""
    z = nn.conv2d(x, W1, b1, stride, 1)
    hidden = nn.relu(z)
    added = nn.conv2d(hidden, W2, b2, 1, 1)
    skip = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    grad = nn.relu_backward(grad, added + skip)
    dhidden = nn.conv2d_backward(grad, hidden, W2, 1, 1)[0]
    dbody = nn.conv2d_backward(nn.relu_backward(dhidden, z), x, W1, stride, 1)[0]
    return dbody + (grad if W_skip is None else nn.conv2d_backward(grad, x, W_skip, stride)[0]), None, None
