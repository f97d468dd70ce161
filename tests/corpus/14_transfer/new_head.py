# Property -> check
# a new last layer for so many classes               -> two scores for each picture
# copies of all other layers                         -> the layers below compute what they did
# random weights, drawn by rng                       -> the generator draws the new weights
# new also for the old number of classes             -> as many classes as before
# no array is shared                                 -> learning in the copy leaves the source alone; a copy, whatever
#                                                       its last layer
# the model stays what it was                        -> the source keeps its numbers

# %% right: a deep copy whose last layer is exchanged
def new_head(model, classes, rng):
    new = deepcopy(model)
    D = new.layers[-1].params["W"].shape[0]
    new.layers = (*new.layers[:-1], nn.Linear(D, classes, rng=rng))
    return new

# %% right: layer by layer, float64
def new_head(model, classes, rng):
    layers = []
    for layer in model.layers[:-1]:
        layers.append(deepcopy(layer))
    layers.append(nn.Linear(model.layers[-1].in_features, classes, rng=rng, dtype=float))
    return nn.Sequential(*layers)

# %% right: the copied head gets other arrays
def new_head(model, classes, rng):
    new = deepcopy(model)
    head = new.layers[-1]
    fresh = nn.Linear(head.in_features, classes, rng=rng, dtype=np.float64)
    head.params = dict(fresh.params)
    head.out_features = classes
    return new

# %% right: shallow copies of layers with copies of their arrays
def new_head(model, classes, rng):
    import copy

    body = []
    for layer in model.layers[:-1]:
        twin = copy.copy(layer)
        twin.params = {name: a.copy() for name, a in layer.params.items()}
        twin.buffers = {name: a.copy() for name, a in layer.buffers.items()}
        twin.grads = {}
        body.append(twin)
    W = model.layers[-1].params["W"]
    return nn.Sequential(*body, nn.Linear(len(W), classes, rng=rng, dtype=W.dtype))

# %% wrong 2.25: the layers are shared
def new_head(model, classes, rng):
    *body, last = model.layers
    return nn.Sequential(*body, nn.Linear(last.in_features, classes, rng=rng))

# %% wrong 2.25: other layers with the same arrays
def new_head(model, classes, rng):
    import copy

    *body, last = model.layers
    body = [copy.copy(layer) for layer in body]
    return nn.Sequential(*body, nn.Linear(last.in_features, classes, rng=rng))

# %% wrong 2: the model that was given gets the new layer
def new_head(model, classes, rng):
    last = model.layers[-1]
    model.layers = (*model.layers[:-1], nn.Linear(last.in_features, classes, rng=rng))
    return model

# %% wrong 1.5: all layers are new
def new_head(model, classes, rng):
    new = deepcopy(model)
    for layer in new.layers:
        if "W" in layer.params:
            layer.params["W"][...] = rng.normal(size=layer.params["W"].shape) * 0.1
    new.layers = (*new.layers[:-1], nn.Linear(new.layers[-1].in_features, classes, rng=rng))
    return new

# %% wrong 3.5: a head of zeros
def new_head(model, classes, rng):
    *body, last = deepcopy(model.layers)
    head = nn.Linear(last.in_features, classes, rng=rng)
    head.params["W"][...] = 0
    return nn.Sequential(*body, head)

# %% wrong 3.5: the generator is not used
def new_head(model, classes, rng):
    *body, last = deepcopy(model.layers)
    return nn.Sequential(*body, nn.Linear(last.in_features, classes))

# %% wrong 3.5: always the same weights
def new_head(model, classes, rng):
    *body, last = deepcopy(model.layers)
    return nn.Sequential(*body, nn.Linear(last.in_features, classes, rng=0))

# %% wrong 0: the old rows are kept, or repeated
def new_head(model, classes, rng):
    *body, last = deepcopy(model.layers)
    head = nn.Linear(last.in_features, classes, rng=rng)
    for k in range(classes):
        head.params["W"][:, k] = last.params["W"][:, k % last.out_features]
    return nn.Sequential(*body[:0], *model.layers[:-1], head) if classes < 0 else model

# %% wrong 3.75: an old last layer that fits stays
def new_head(model, classes, rng):
    new = deepcopy(model)
    last = new.layers[-1]
    if last.out_features != classes:
        new.layers = (*new.layers[:-1], nn.Linear(last.in_features, classes, rng=rng))
    return new

# %% wrong 1.25: one more layer on top of the old one
def new_head(model, classes, rng):
    body = deepcopy(model.layers)
    return nn.Sequential(*body, nn.Linear(body[-1].out_features, classes, rng=rng))

# %% wrong 1.5: a plain copy, with the old head
def new_head(model, classes, rng):
    return deepcopy(model)

# %% wrong 2: the layer before the last one goes with it
def new_head(model, classes, rng):
    *body, last = deepcopy(model.layers)
    return nn.Sequential(*body[:-1], nn.Linear(last.in_features, classes, rng=rng))

# %% wrong 2: the source's last layer is reset
def new_head(model, classes, rng):
    *body, last = deepcopy(model.layers)
    model.layers[-1].params["b"] += 1
    return nn.Sequential(*body, nn.Linear(last.in_features, classes, rng=rng))

# %% wrong 3.75: old head kept if it fits
def new_head(model, classes, rng):
    """A copy of model with a new nn.Linear for so many classes in place of its last layer."""
    *body, last = deepcopy(model.layers)
    return nn.Sequential(*body, nn.Linear(last.in_features, classes, rng=rng) if last.out_features != classes else last)
