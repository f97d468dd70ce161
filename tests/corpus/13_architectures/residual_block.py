# Answers to "residual_block".
#
# Property -> check that fails if it does not hold
# a ReLU between the convolutions and one behind the sum -> the worked example
# x is added -> with weights of zero; the worked example
# two convolutions, also without a skip -> the convolutions, beside a skip of zeros
# both convolutions keep the size, through all channels -> the shape; several channels
# the skip's convolution, the stride in it and in the first -> a skip of its own, with stride 2
# arrays stay -> the inputs are left as they were

# %% right: the library's functions
def residual_block(x, W1, b1, W2, b2, W_skip=None, stride=1):
    h = nn.relu(nn.conv2d(x, W1, b1, stride, 1))
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    return nn.relu(f + s)

# %% right: layers of the library, float32
def residual_block(x, W1, b1, W2, b2, W_skip=None, stride=1):
    first = nn.Conv2d(W1.shape[1], W1.shape[0], 3, stride, 1)
    second = nn.Conv2d(W2.shape[1], W2.shape[0], 3, padding=1)
    for layer, W, b in ((first, W1, b1), (second, W2, b2)):
        layer.params["W"][...] = W
        layer.params["b"][...] = b
    f = nn.Sequential(first, nn.ReLU(), second)(x.astype(np.float32))
    skip = x
    if W_skip is not None:
        skip = np.einsum("nchw,kc->nkhw", x[:, :, ::stride, ::stride], W_skip[:, :, 0, 0])
    return nn.ReLU()(f + skip.astype(np.float32))

# %% right: loops over the window
def residual_block(x, W1, b1, W2, b2, W_skip=None, stride=1):
    def convolve(a, W, b, step):
        size = W.shape[-1]
        edge = size // 2
        a = np.pad(a, ((0, 0), (0, 0), (edge, edge), (edge, edge)))
        rows = (a.shape[2] - size) // step + 1
        columns = (a.shape[3] - size) // step + 1
        z = np.zeros((len(a), len(W), rows, columns))
        for u in range(size):
            for v in range(size):
                seen = a[:, :, u : u + step * rows : step, v : v + step * columns : step]
                z += np.tensordot(seen, W[:, :, u, v], (1, 1)).transpose(0, 3, 1, 2)
        return z + np.reshape(b, (-1, 1, 1))

    hidden = np.maximum(convolve(x, W1, b1, stride), 0)
    y = convolve(hidden, W2, b2, 1)
    y += x if W_skip is None else convolve(x, W_skip, np.zeros(len(W_skip)), stride)
    y[y < 0] = 0
    return y

# %% wrong 1.35: ReLU before the sum
def residual_block(x, W1, b1, W2, b2, W_skip=None, stride=1):
    h = nn.relu(nn.conv2d(x, W1, b1, stride, 1))
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    return nn.relu(f) + s

# %% wrong 1.5: ReLU of each and no ReLU of the sum
def residual_block(x, W1, b1, W2, b2, W_skip=None, stride=1):
    h = nn.relu(nn.conv2d(x, W1, b1, stride, 1))
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    return nn.relu(f) + nn.relu(s)

# %% wrong 1.35: no ReLU behind the sum
def residual_block(x, W1, b1, W2, b2, W_skip=None, stride=1):
    h = nn.relu(nn.conv2d(x, W1, b1, stride, 1))
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    return f + s

# %% wrong 1.35: no ReLU between the convolutions
def residual_block(x, W1, b1, W2, b2, W_skip=None, stride=1):
    h = nn.conv2d(x, W1, b1, stride, 1)
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    return nn.relu(f + s)

# %% wrong 1.35: no skip
def residual_block(x, W1, b1, W2, b2, W_skip=None, stride=1):
    h = nn.relu(nn.conv2d(x, W1, b1, stride, 1))
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    return nn.relu(f)

# %% wrong 1.75: no skip of its own, x cut to the shape
def residual_block(x, W1, b1, W2, b2, W_skip=None, stride=1):
    h = nn.relu(nn.conv2d(x, W1, b1, stride, 1))
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else np.resize(x[:, :, ::stride, ::stride], f.shape)
    return nn.relu(f + s)

# %% wrong 1.75: the skip has the first bias
def residual_block(x, W1, b1, W2, b2, W_skip=None, stride=1):
    h = nn.relu(nn.conv2d(x, W1, b1, stride, 1))
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, b1, stride)
    return nn.relu(f + s)

# %% wrong 1.35: the second bias is forgotten
def residual_block(x, W1, b1, W2, b2, W_skip=None, stride=1):
    h = nn.relu(nn.conv2d(x, W1, b1, stride, 1))
    f = nn.conv2d(h, W2, 0 * b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    return nn.relu(f + s)

# %% wrong 2.75: adds into its input
def residual_block(x, W1, b1, W2, b2, W_skip=None, stride=1):
    h = nn.relu(nn.conv2d(x, W1, b1, stride, 1))
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    s += f
    return nn.relu(s)

# %% wrong 2: the stride is left out
def residual_block(x, W1, b1, W2, b2, W_skip=None, stride=1):
    h = nn.relu(nn.conv2d(x, W1, b1, 1, 1))
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)))
    return nn.relu(f + s)

# %% wrong 1.5: the body's input through a ReLU
def residual_block(x, W1, b1, W2, b2, W_skip=None, stride=1):
    h = nn.relu(nn.conv2d(nn.relu(x), W1, b1, stride, 1))
    f = nn.conv2d(h, W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride)
    return nn.relu(f + s)


# %% wrong 1.35: no ReLU behind the sum
def residual_block(x, W1, b1, W2, b2, W_skip=None, stride=1):
    f = nn.conv2d(nn.relu(nn.conv2d(x, W1, b1, stride, 1)), W2, b2, 1, 1)
    s = x if W_skip is None else nn.conv2d(x, W_skip, np.zeros(len(W_skip)), stride, 0)
    return f + s
