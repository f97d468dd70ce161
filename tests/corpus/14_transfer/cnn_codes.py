# Property -> check
# the layers one after the other, mean of each map -> the worked example; four pictures, several layers
# depth counts all layers                           -> the worked example, before the ReLU
# (N, K)                                            -> a code for each picture
# vectors are codes already                         -> layers that end with vectors; all layers
# evaluation mode                                   -> a model in training mode
# pictures and model stay                           -> pictures and model are left as they were

# %% right: flattened maps
def cnn_codes(model, x, depth):
    model.eval()
    maps = x
    for index in range(depth):
        maps = model.layers[index].forward(maps)
    return maps.reshape(maps.shape[0], maps.shape[1], -1).mean(axis=2)

# %% right: a shorter model, float32
def cnn_codes(model, x, depth):
    below = nn.Sequential(*model.layers[:depth]).eval()
    out = below(x).astype(np.float32)
    while out.ndim > 2:
        out = out.mean(axis=-1)
    return out

# %% right: one picture after the other, a copy of the model
def cnn_codes(model, x, depth):
    model = deepcopy(model).eval()
    rows = []
    for n in range(len(x)):
        one = x[n : n + 1]
        for layer in list(model.layers)[:depth]:
            one = layer(one)
        if one.ndim == 2:
            rows.append(one[0])
        else:
            rows.append([float(np.sum(m)) / m.size for m in one[0]])
    return np.array(rows)

# %% right: batches, then einsum
def cnn_codes(model, x, depth):
    model.eval()
    parts = []
    for first in range(0, len(x), 2):
        part = x[first : first + 2]
        for layer in model.layers[:depth]:
            part = layer(part)
        if part.ndim == 4:
            part = np.einsum("nkij->nk", part) / (part.shape[2] * part.shape[3])
        parts.append(part)
    return np.concatenate(parts)

# %% wrong 1.6: the maximum of each map
def cnn_codes(model, x, depth):
    model.eval()
    for layer in model.layers[:depth]:
        x = layer(x)
    return x.max(axis=(2, 3)) if x.ndim == 4 else x

# %% wrong 1.6: the sum of each map
def cnn_codes(model, x, depth):
    model.eval()
    for layer in model.layers[:depth]:
        x = layer(x)
    return x.sum(axis=(2, 3)) if x.ndim == 4 else x

# %% wrong 1: one layer too few
def cnn_codes(model, x, depth):
    model.eval()
    for layer in model.layers[: depth - 1]:
        x = layer(x)
    return x.mean(axis=(2, 3)) if x.ndim == 4 else x

# %% wrong 2.5: the mean, then the ReLU again
def cnn_codes(model, x, depth):
    model.eval()
    for layer in model.layers[:depth]:
        x = layer(x)
    return np.maximum(x.mean(axis=(2, 3)), 0) if x.ndim == 4 else np.maximum(x, 0)

# %% wrong 3: the model stays in training mode
def cnn_codes(model, x, depth):
    for layer in model.layers[:depth]:
        x = layer(x)
    return x.mean(axis=(2, 3)) if x.ndim == 4 else x

# %% wrong 3: training mode on purpose
def cnn_codes(model, x, depth):
    model.train()
    for layer in model.layers[:depth]:
        x = layer(x)
    return x.mean(axis=(2, 3)) if x.ndim == 4 else x

# %% wrong 3: vectors are not thought of
def cnn_codes(model, x, depth):
    model.eval()
    for layer in model.layers[:depth]:
        x = layer(x)
    return x.mean(axis=(2, 3))

# %% wrong 1.25: the mean over the rows alone
def cnn_codes(model, x, depth):
    model.eval()
    for layer in model.layers[:depth]:
        x = layer(x)
    return x.mean(axis=2) if x.ndim == 4 else x

# %% wrong 1.25: whole maps
def cnn_codes(model, x, depth):
    model.eval()
    for layer in model.layers[:depth]:
        x = layer(x)
    return x.reshape(len(x), -1)

# %% wrong 1.5: the mean over the pictures as well
def cnn_codes(model, x, depth):
    model.eval()
    for layer in model.layers[:depth]:
        x = layer(x)
    return x.mean(axis=(0, 2, 3)) if x.ndim == 4 else x.mean(axis=0)

# %% wrong 1.6: all layers, whatever depth is
def cnn_codes(model, x, depth):
    model.eval()
    x = model(x)
    return x.mean(axis=(2, 3)) if x.ndim == 4 else x

# %% wrong 3.75: the pictures are overwritten
def cnn_codes(model, x, depth):
    model.eval()
    maps = x
    for layer in model.layers[:depth]:
        maps = layer(maps)
    x -= x.mean()
    return maps.mean(axis=(2, 3)) if maps.ndim == 4 else maps

# %% wrong 2.75: divided as if maps were square
def cnn_codes(model, x, depth):
    model.eval()
    for layer in model.layers[:depth]:
        x = layer(x)
    return x.sum(axis=(2, 3)) / x.shape[2] ** 2 if x.ndim == 4 else x

# %% wrong 1.25: mean over all of a picture
def cnn_codes(model, x, depth):
    """The codes (N, K) of the pictures x (N, C, H, W) after the first depth layers of model."""
    model.eval()
    for layer in model.layers[:depth]:
        x = layer(x)
    return x.mean(axis=(1, 2, 3)) if x.ndim == 4 else x
