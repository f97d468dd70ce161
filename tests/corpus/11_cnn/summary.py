# Property -> check
# a row for each layer, three columns -> the names; the shapes (each column by itself)
# shape of one picture's output -> the shapes; several pictures that are not square
# all numbers of all arrays of params -> the parameters; layers of other kinds
# any layer -> layers of other kinds
# no array of the model changes -> the running statistics are left as they were

# %% right: a loop
def summary(model, x):
    model.eval()
    rows = []
    for layer in model.layers:
        x = layer.forward(x)
        parameters = 0
        for name in layer.params:
            parameters += layer.params[name].size
        rows.append((layer.__class__.__name__, tuple(x.shape[1:]), parameters))
    return rows

# %% right: looks at one picture alone; lists instead of tuples
def summary(model, x):
    model = model.eval()
    out = x[:1]
    table = []
    for step in model.layers:
        out = step(out)
        size = sum(np.prod(a.shape, dtype=int) for a in step.params.values())
        table.append([type(step).__name__, list(out[0].shape), size])
    return table

# %% right: a generator, three columns zipped
def summary(model, x):
    def shapes(x):
        for layer in model.layers:
            layer.eval()
            x = layer(x)
            yield x.shape[1:]

    names = (type(layer).__name__ for layer in model.layers)
    counts = (sum(len(a.ravel()) for a in layer.params.values()) for layer in model.layers)
    return list(zip(names, shapes(x), counts))

# %% right: a deep copy keeps the model as it was
def summary(model, x):
    from copy import deepcopy

    model = deepcopy(model)
    model.eval()
    rows = []
    for layer in model.layers:
        x = layer(x)
        rows.append((repr(layer).split("(")[0], x.shape[1:], sum(a.size for a in layer.params.values())))
    return tuple(rows)

# %% wrong 2.5: stays in training mode
def summary(model, x):
    rows = []
    for layer in model.layers:
        x = layer(x)
        count = sum(array.size for array in layer.params.values())
        rows.append((type(layer).__name__, x.shape[1:], count))
    return rows

# %% wrong 1.5: the shape with the number of pictures
def summary(model, x):
    model.eval()
    rows = []
    for layer in model.layers:
        x = layer(x)
        count = sum(array.size for array in layer.params.values())
        rows.append((type(layer).__name__, x.shape, count))
    return rows

# %% wrong 2.25: drops the first number of the shape by its value, which is right for one picture only
def summary(model, x):
    model.eval()
    rows = []
    for layer in model.layers:
        x = layer(x)
        count = sum(array.size for array in layer.params.values())
        rows.append((type(layer).__name__, np.squeeze(x).shape, count))
    return rows

# %% wrong 1.5: the shape before the layer
def summary(model, x):
    model.eval()
    rows = []
    for layer in model.layers:
        count = sum(array.size for array in layer.params.values())
        rows.append((type(layer).__name__, x.shape[1:], count))
        x = layer(x)
    return rows

# %% wrong 0: every layer gets the picture itself
def summary(model, x):
    model.eval()
    rows = []
    for layer in model.layers:
        shape = layer(x).shape[1:]
        count = sum(array.size for array in layer.params.values())
        rows.append((type(layer).__name__, shape, count))
    return rows

# %% wrong 1.75: the number of arrays, not of numbers
def summary(model, x):
    model.eval()
    rows = []
    for layer in model.layers:
        x = layer(x)
        rows.append((type(layer).__name__, x.shape[1:], len(layer.params)))
    return rows

# %% wrong 1.75: weights without biases
def summary(model, x):
    model.eval()
    rows = []
    for layer in model.layers:
        x = layer(x)
        count = layer.params["W"].size if "W" in layer.params else 0
        rows.append((type(layer).__name__, x.shape[1:], count))
    return rows

# %% wrong 2.25: len(array), which counts filters and rows
def summary(model, x):
    model.eval()
    rows = []
    for layer in model.layers:
        x = layer(x)
        count = sum(len(array) for array in layer.params.values())
        rows.append((type(layer).__name__, x.shape[1:], count))
    return rows

# %% wrong 2.5: W and b only, so batch normalisation has no parameters
def summary(model, x):
    model.eval()
    rows = []
    for layer in model.layers:
        x = layer(x)
        count = 0
        if layer.params and "W" in layer.params:
            count = layer.params["W"].size + layer.params["b"].size
        rows.append((type(layer).__name__, x.shape[1:], count))
    return rows

# %% wrong 2.5: the running statistics are counted as parameters
def summary(model, x):
    model.eval()
    rows = []
    for layer in model.layers:
        x = layer(x)
        arrays = [*layer.params.values(), *layer.buffers.values()]
        rows.append((type(layer).__name__, x.shape[1:], sum(array.size for array in arrays)))
    return rows

# %% wrong 2.25: a dictionary by name, which loses layers that come twice
def summary(model, x):
    model.eval()
    rows = {}
    for layer in model.layers:
        x = layer(x)
        count = sum(array.size for array in layer.params.values())
        rows[type(layer).__name__] = (x.shape[1:], count)
    return rows

# %% wrong 1.25: only the layers that learn
def summary(model, x):
    model.eval()
    rows = []
    for layer in model.layers:
        x = layer(x)
        count = sum(array.size for array in layer.params.values())
        if count:
            rows.append((type(layer).__name__, x.shape[1:], count))
    return rows

# %% wrong 2.75: square pictures of one side
def summary(model, x):
    model.eval()
    rows = []
    for layer in model.layers:
        x = layer(x)
        count = sum(array.size for array in layer.params.values())
        shape = (x.shape[1], x.shape[2], x.shape[2]) if x.ndim == 4 else x.shape[1:]
        rows.append((type(layer).__name__, shape, count))
    return rows

# %% right: enumerates, mode put back
def summary(model, x):
    was = [layer.training for layer in model.layers]
    model.eval()
    table = []
    for number, layer in enumerate(model.layers):
        x = layer.forward(x)
        size = 0
        for name in layer.params:
            size += int(np.prod(layer.params[name].shape))
        table.append([layer.__class__.__name__, tuple(int(n) for n in x.shape[1:]), size])
    for layer, mode in zip(model.layers, was):
        (layer.train if mode else layer.eval)()
    return table

# %% wrong 1.5: the number of numbers in the output instead of its shape
def summary(model, x):
    model.eval()
    rows = []
    for layer in model.layers:
        x = layer(x)
        rows.append((type(layer).__name__, x[0].size, sum(a.size for a in layer.params.values())))
    return rows

# %% wrong 1.75: three lists
def summary(model, x):
    """A row for each layer: its class's name, the shape of one picture's output, its parameters."""
    model.eval()
    rows = []
    for layer in model.layers:
        x = layer(x)
        count = sum(array.size for array in layer.params.values())
        rows.append((type(layer).__name__, x.shape[1:], count))
    return tuple(map(list, zip(*rows)))

# %% wrong 2.25: order of the row
def summary(model, x):
    """A row for each layer: its class's name, the shape of one picture's output, its parameters."""
    model.eval()
    rows = []
    for layer in model.layers:
        x = layer(x)
        count = sum(array.size for array in layer.params.values())
        rows.append((type(layer).__name__, count, x.shape[1:]))
    return rows
