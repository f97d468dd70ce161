# Answers to "layer_row".
#
# Property -> check that fails if it does not hold
# K maps, (H - F + 2P) // S + 1 -> the shape behind a convolution; each axis -> a picture that is not square
# weights through all channels, a bias a filter -> the parameters of a convolution
# every weight at every place, no bias in it -> the multiply-adds of a convolution
# pooling keeps channels, its stride is F if left out -> pooling
# D * units and the biases -> a dense layer; D of all maps -> a dense layer on maps
# groups divide weights and multiply-adds -> groups
# no bias where False stands -> without a bias
# 2 C, and (C,) -> normalisation and the mean of each map
# ValueError -> a window that does not fit; only then -> a rest that is allowed

# %% right: if, elif, with defaults filled in by slices
def layer_row(layer, shape):
    kind = layer[0]
    if kind in ("conv", "max"):
        if kind == "conv":
            full = list(layer[1:]) + [None, None, 1, 0, 1, True][len(layer) - 1 :]
            K, F, S, P, groups, bias = full
        else:
            F = layer[1]
            S = layer[2] if len(layer) > 2 else F
            P = layer[3] if len(layer) > 3 else 0
        C, H, W = shape
        out = []
        for n in (H, W):
            if n + 2 * P < F:
                raise ValueError("too large")
            if (n - F + 2 * P) % S > P + max(0, S - F):
                raise ValueError("pixels left out")
            out.append((n - F + 2 * P) // S + 1)
        if kind == "max":
            return (C, out[0], out[1]), 0, 0
        w = K * C // groups * F * F
        return (K, out[0], out[1]), w + (K if bias else 0), w * out[0] * out[1]
    if kind == "norm":
        return shape, 2 * shape[0], 0
    if kind == "global_mean":
        return (shape[0],), 0, 0
    D = 1
    for n in shape:
        D *= n
    bias = layer[2] if len(layer) > 2 else True
    return (layer[1],), D * layer[1] + (layer[1] if bias else 0), D * layer[1]

# %% right: inner functions with default arguments, a table of kinds
def layer_row(layer, shape):
    def slide(F, S, P):
        sides = np.array(shape[1:])
        room = sides - F + 2 * P
        if np.any(room < 0) or np.any(room % S > P + max(0, S - F)):
            raise ValueError(f"{layer} does not fit {shape}")
        return tuple(int(n) for n in room // S + 1)

    def conv(K, F, S=1, P=0, groups=1, bias=True):
        places = slide(F, S, P)
        weights = K * (shape[0] // groups) * F**2
        return (K,) + places, weights + K * bias, weights * np.prod(places)

    def pool(F, S=None, P=0):
        return (shape[0],) + slide(F, S or F, P), 0, 0

    def dense(units, bias=True):
        weights = np.prod(shape) * units
        return (units,), weights + units * bias, weights

    kinds = {
        "conv": conv,
        "max": pool,
        "dense": dense,
        "norm": lambda: (shape, 2 * shape[0], 0),
        "global_mean": lambda: (shape[:1], 0, 0),
    }
    return kinds[layer[0]](*layer[1:])

# %% right: match, counts the places, returns a list
def layer_row(layer, shape):
    def starts(n, F, S, P):
        places = len(range(-P, n + P - F + 1, S))
        if places == 0:
            raise ValueError("no place")
        last_seen = -P + (places - 1) * S + F
        lost = n + P - last_seen
        if lost > P + max(0, S - F):
            raise ValueError("lost pixels")
        return places

    match layer:
        case ("norm",):
            return [shape, 2 * shape[0], 0]
        case ("global_mean",):
            return [[shape[0]], 0, 0]
        case ("dense", units, *rest):
            D = int(np.prod(shape))
            return [[units], D * units + (units if rest != [False] else 0), D * units]
        case ("max", F, *rest):
            S = rest[0] if rest else F
            P = rest[1] if len(rest) == 2 else 0
            return [[shape[0], starts(shape[1], F, S, P), starts(shape[2], F, S, P)], 0, 0]
        case ("conv", K, F, *rest):
            usual = [1, 0, 1, True]
            S, P, g, bias = rest + usual[len(rest) :]
            H, W = starts(shape[1], F, S, P), starts(shape[2], F, S, P)
            one = shape[0] // g * F * F
            return [[K, H, W], K * (one + int(bias)), K * one * H * W]

# %% wrong 4.25: no biases anywhere
def layer_row(layer, shape):
    kind, *rest = layer
    if kind == "norm":
        return shape, 2 * shape[0], 0
    if kind == "global_mean":
        return shape[:1], 0, 0
    if kind == "dense":
        units = rest[0]
        bias = rest[1] if len(rest) > 1 else True
        D = int(np.prod(shape))
        return (units,), D * units, D * units
    C, H, W = shape

    def places(n, F, S, P):
        room = n - F + 2 * P
        if room < 0 or room % S > P + max(0, S - F):
            raise ValueError("does not fit")
        return room // S + 1

    if kind == "max":
        F = rest[0]
        S = rest[1] if len(rest) > 1 else F
        P = rest[2] if len(rest) > 2 else 0
        return (C, places(H, F, S, P), places(W, F, S, P)), 0, 0
    K, F, S, P, groups, bias = [*rest, *[1, 0, 1, True][len(rest) - 2 :]]
    H, W = places(H, F, S, P), places(W, F, S, P)
    weights = K * (C // groups) * F * F
    return (K, H, W), weights, weights * H * W

# %% wrong 5.5: multiply-adds with the biases
def layer_row(layer, shape):
    kind, *rest = layer
    if kind == "norm":
        return shape, 2 * shape[0], 0
    if kind == "global_mean":
        return shape[:1], 0, 0
    if kind == "dense":
        units = rest[0]
        bias = rest[1] if len(rest) > 1 else True
        D = int(np.prod(shape))
        return (units,), D * units + units * bias, D * units
    C, H, W = shape

    def places(n, F, S, P):
        room = n - F + 2 * P
        if room < 0 or room % S > P + max(0, S - F):
            raise ValueError("does not fit")
        return room // S + 1

    if kind == "max":
        F = rest[0]
        S = rest[1] if len(rest) > 1 else F
        P = rest[2] if len(rest) > 2 else 0
        return (C, places(H, F, S, P), places(W, F, S, P)), 0, 0
    K, F, S, P, groups, bias = [*rest, *[1, 0, 1, True][len(rest) - 2 :]]
    H, W = places(H, F, S, P), places(W, F, S, P)
    weights = K * (C // groups) * F * F
    return (K, H, W), weights + K * bias, (weights + K * bias) * H * W

# %% wrong 5.5: groups ignored
def layer_row(layer, shape):
    kind, *rest = layer
    if kind == "norm":
        return shape, 2 * shape[0], 0
    if kind == "global_mean":
        return shape[:1], 0, 0
    if kind == "dense":
        units = rest[0]
        bias = rest[1] if len(rest) > 1 else True
        D = int(np.prod(shape))
        return (units,), D * units + units * bias, D * units
    C, H, W = shape

    def places(n, F, S, P):
        room = n - F + 2 * P
        if room < 0 or room % S > P + max(0, S - F):
            raise ValueError("does not fit")
        return room // S + 1

    if kind == "max":
        F = rest[0]
        S = rest[1] if len(rest) > 1 else F
        P = rest[2] if len(rest) > 2 else 0
        return (C, places(H, F, S, P), places(W, F, S, P)), 0, 0
    K, F, S, P, groups, bias = [*rest, *[1, 0, 1, True][len(rest) - 2 :]]
    H, W = places(H, F, S, P), places(W, F, S, P)
    weights = K * C * F * F
    return (K, H, W), weights + K * bias, weights * H * W

# %% wrong 5.5: the flag of the bias ignored
def layer_row(layer, shape):
    kind, *rest = layer
    if kind == "norm":
        return shape, 2 * shape[0], 0
    if kind == "global_mean":
        return shape[:1], 0, 0
    if kind == "dense":
        units = rest[0]
        bias = rest[1] if len(rest) > 1 else True
        D = int(np.prod(shape))
        return (units,), D * units + units, D * units
    C, H, W = shape

    def places(n, F, S, P):
        room = n - F + 2 * P
        if room < 0 or room % S > P + max(0, S - F):
            raise ValueError("does not fit")
        return room // S + 1

    if kind == "max":
        F = rest[0]
        S = rest[1] if len(rest) > 1 else F
        P = rest[2] if len(rest) > 2 else 0
        return (C, places(H, F, S, P), places(W, F, S, P)), 0, 0
    K, F, S, P, groups, bias = [*rest, *[1, 0, 1, True][len(rest) - 2 :]]
    H, W = places(H, F, S, P), places(W, F, S, P)
    weights = K * (C // groups) * F * F
    return (K, H, W), weights + K, weights * H * W

# %% wrong 4.2: rounds down wherever a window does not fit
def layer_row(layer, shape):
    kind, *rest = layer
    if kind == "norm":
        return shape, 2 * shape[0], 0
    if kind == "global_mean":
        return shape[:1], 0, 0
    if kind == "dense":
        units = rest[0]
        bias = rest[1] if len(rest) > 1 else True
        D = int(np.prod(shape))
        return (units,), D * units + units * bias, D * units
    C, H, W = shape

    def places(n, F, S, P):
        room = n - F + 2 * P
        if room < 0:
            raise ValueError("does not fit")
        return room // S + 1

    if kind == "max":
        F = rest[0]
        S = rest[1] if len(rest) > 1 else F
        P = rest[2] if len(rest) > 2 else 0
        return (C, places(H, F, S, P), places(W, F, S, P)), 0, 0
    K, F, S, P, groups, bias = [*rest, *[1, 0, 1, True][len(rest) - 2 :]]
    H, W = places(H, F, S, P), places(W, F, S, P)
    weights = K * (C // groups) * F * F
    return (K, H, W), weights + K * bias, weights * H * W

# %% wrong 5.75: refuses every rest
def layer_row(layer, shape):
    kind, *rest = layer
    if kind == "norm":
        return shape, 2 * shape[0], 0
    if kind == "global_mean":
        return shape[:1], 0, 0
    if kind == "dense":
        units = rest[0]
        bias = rest[1] if len(rest) > 1 else True
        D = int(np.prod(shape))
        return (units,), D * units + units * bias, D * units
    C, H, W = shape

    def places(n, F, S, P):
        room = n - F + 2 * P
        if room < 0 or room % S:
            raise ValueError("does not fit")
        return room // S + 1

    if kind == "max":
        F = rest[0]
        S = rest[1] if len(rest) > 1 else F
        P = rest[2] if len(rest) > 2 else 0
        return (C, places(H, F, S, P), places(W, F, S, P)), 0, 0
    K, F, S, P, groups, bias = [*rest, *[1, 0, 1, True][len(rest) - 2 :]]
    H, W = places(H, F, S, P), places(W, F, S, P)
    weights = K * (C // groups) * F * F
    return (K, H, W), weights + K * bias, weights * H * W

# %% wrong 4.2: no + 1 in the sizes
def layer_row(layer, shape):
    kind, *rest = layer
    if kind == "norm":
        return shape, 2 * shape[0], 0
    if kind == "global_mean":
        return shape[:1], 0, 0
    if kind == "dense":
        units = rest[0]
        bias = rest[1] if len(rest) > 1 else True
        D = int(np.prod(shape))
        return (units,), D * units + units * bias, D * units
    C, H, W = shape

    def places(n, F, S, P):
        room = n - F + 2 * P
        if room < 0 or room % S > P + max(0, S - F):
            raise ValueError("does not fit")
        return room // S

    if kind == "max":
        F = rest[0]
        S = rest[1] if len(rest) > 1 else F
        P = rest[2] if len(rest) > 2 else 0
        return (C, places(H, F, S, P), places(W, F, S, P)), 0, 0
    K, F, S, P, groups, bias = [*rest, *[1, 0, 1, True][len(rest) - 2 :]]
    H, W = places(H, F, S, P), places(W, F, S, P)
    weights = K * (C // groups) * F * F
    return (K, H, W), weights + K * bias, weights * H * W

# %% wrong 4.25: one channel only
def layer_row(layer, shape):
    kind, *rest = layer
    if kind == "norm":
        return shape, 2 * shape[0], 0
    if kind == "global_mean":
        return shape[:1], 0, 0
    if kind == "dense":
        units = rest[0]
        bias = rest[1] if len(rest) > 1 else True
        D = int(np.prod(shape))
        return (units,), D * units + units * bias, D * units
    C, H, W = shape

    def places(n, F, S, P):
        room = n - F + 2 * P
        if room < 0 or room % S > P + max(0, S - F):
            raise ValueError("does not fit")
        return room // S + 1

    if kind == "max":
        F = rest[0]
        S = rest[1] if len(rest) > 1 else F
        P = rest[2] if len(rest) > 2 else 0
        return (C, places(H, F, S, P), places(W, F, S, P)), 0, 0
    K, F, S, P, groups, bias = [*rest, *[1, 0, 1, True][len(rest) - 2 :]]
    H, W = places(H, F, S, P), places(W, F, S, P)
    weights = K * F * F
    return (K, H, W), weights + K * bias, weights * H * W

# %% wrong 5.5: a dense layer sees the channels only
def layer_row(layer, shape):
    kind, *rest = layer
    if kind == "norm":
        return shape, 2 * shape[0], 0
    if kind == "global_mean":
        return shape[:1], 0, 0
    if kind == "dense":
        units = rest[0]
        bias = rest[1] if len(rest) > 1 else True
        D = shape[0]
        return (units,), D * units + units * bias, D * units
    C, H, W = shape

    def places(n, F, S, P):
        room = n - F + 2 * P
        if room < 0 or room % S > P + max(0, S - F):
            raise ValueError("does not fit")
        return room // S + 1

    if kind == "max":
        F = rest[0]
        S = rest[1] if len(rest) > 1 else F
        P = rest[2] if len(rest) > 2 else 0
        return (C, places(H, F, S, P), places(W, F, S, P)), 0, 0
    K, F, S, P, groups, bias = [*rest, *[1, 0, 1, True][len(rest) - 2 :]]
    H, W = places(H, F, S, P), places(W, F, S, P)
    weights = K * (C // groups) * F * F
    return (K, H, W), weights + K * bias, weights * H * W

# %% wrong 5.5: normalisation learns one number a channel
def layer_row(layer, shape):
    kind, *rest = layer
    if kind == "norm":
        return shape, shape[0], 0
    if kind == "global_mean":
        return shape[:1], 0, 0
    if kind == "dense":
        units = rest[0]
        bias = rest[1] if len(rest) > 1 else True
        D = int(np.prod(shape))
        return (units,), D * units + units * bias, D * units
    C, H, W = shape

    def places(n, F, S, P):
        room = n - F + 2 * P
        if room < 0 or room % S > P + max(0, S - F):
            raise ValueError("does not fit")
        return room // S + 1

    if kind == "max":
        F = rest[0]
        S = rest[1] if len(rest) > 1 else F
        P = rest[2] if len(rest) > 2 else 0
        return (C, places(H, F, S, P), places(W, F, S, P)), 0, 0
    K, F, S, P, groups, bias = [*rest, *[1, 0, 1, True][len(rest) - 2 :]]
    H, W = places(H, F, S, P), places(W, F, S, P)
    weights = K * (C // groups) * F * F
    return (K, H, W), weights + K * bias, weights * H * W

# %% wrong 4.2: pooling moves by one
def layer_row(layer, shape):
    kind, *rest = layer
    if kind == "norm":
        return shape, 2 * shape[0], 0
    if kind == "global_mean":
        return shape[:1], 0, 0
    if kind == "dense":
        units = rest[0]
        bias = rest[1] if len(rest) > 1 else True
        D = int(np.prod(shape))
        return (units,), D * units + units * bias, D * units
    C, H, W = shape

    def places(n, F, S, P):
        room = n - F + 2 * P
        if room < 0 or room % S > P + max(0, S - F):
            raise ValueError("does not fit")
        return room // S + 1

    if kind == "max":
        F = rest[0]
        S = rest[1] if len(rest) > 1 else 1
        P = rest[2] if len(rest) > 2 else 0
        return (C, places(H, F, S, P), places(W, F, S, P)), 0, 0
    K, F, S, P, groups, bias = [*rest, *[1, 0, 1, True][len(rest) - 2 :]]
    H, W = places(H, F, S, P), places(W, F, S, P)
    weights = K * (C // groups) * F * F
    return (K, H, W), weights + K * bias, weights * H * W

# %% wrong 5: one multiply-add a weight
def layer_row(layer, shape):
    kind, *rest = layer
    if kind == "norm":
        return shape, 2 * shape[0], 0
    if kind == "global_mean":
        return shape[:1], 0, 0
    if kind == "dense":
        units = rest[0]
        bias = rest[1] if len(rest) > 1 else True
        D = int(np.prod(shape))
        return (units,), D * units + units * bias, D * units
    C, H, W = shape

    def places(n, F, S, P):
        room = n - F + 2 * P
        if room < 0 or room % S > P + max(0, S - F):
            raise ValueError("does not fit")
        return room // S + 1

    if kind == "max":
        F = rest[0]
        S = rest[1] if len(rest) > 1 else F
        P = rest[2] if len(rest) > 2 else 0
        return (C, places(H, F, S, P), places(W, F, S, P)), 0, 0
    K, F, S, P, groups, bias = [*rest, *[1, 0, 1, True][len(rest) - 2 :]]
    H, W = places(H, F, S, P), places(W, F, S, P)
    weights = K * (C // groups) * F * F
    return (K, H, W), weights + K * bias, weights

# %% wrong 4.2: rows for both axes
def layer_row(layer, shape):
    kind, *rest = layer
    if kind == "norm":
        return shape, 2 * shape[0], 0
    if kind == "global_mean":
        return shape[:1], 0, 0
    if kind == "dense":
        units = rest[0]
        bias = rest[1] if len(rest) > 1 else True
        D = int(np.prod(shape))
        return (units,), D * units + units * bias, D * units
    C, H, W = shape

    def places(n, F, S, P):
        room = n - F + 2 * P
        if room < 0 or room % S > P + max(0, S - F):
            raise ValueError("does not fit")
        return room // S + 1

    if kind == "max":
        F = rest[0]
        S = rest[1] if len(rest) > 1 else F
        P = rest[2] if len(rest) > 2 else 0
        return (C, places(H, F, S, P), places(H, F, S, P)), 0, 0
    K, F, S, P, groups, bias = [*rest, *[1, 0, 1, True][len(rest) - 2 :]]
    H = W = places(H, F, S, P)
    weights = K * (C // groups) * F * F
    return (K, H, W), weights + K * bias, weights * H * W

# %% wrong 5: padding on one side only
def layer_row(layer, shape):
    kind, *rest = layer
    if kind == "norm":
        return shape, 2 * shape[0], 0
    if kind == "global_mean":
        return shape[:1], 0, 0
    if kind == "dense":
        units = rest[0]
        bias = rest[1] if len(rest) > 1 else True
        D = int(np.prod(shape))
        return (units,), D * units + units * bias, D * units
    C, H, W = shape

    def places(n, F, S, P):
        room = n - F + P
        if room < 0 or room % S > P + max(0, S - F):
            raise ValueError("does not fit")
        return room // S + 1

    if kind == "max":
        F = rest[0]
        S = rest[1] if len(rest) > 1 else F
        P = rest[2] if len(rest) > 2 else 0
        return (C, places(H, F, S, P), places(W, F, S, P)), 0, 0
    K, F, S, P, groups, bias = [*rest, *[1, 0, 1, True][len(rest) - 2 :]]
    H, W = places(H, F, S, P), places(W, F, S, P)
    weights = K * (C // groups) * F * F
    return (K, H, W), weights + K * bias, weights * H * W

# %% wrong 4.2: convolution and dense only
def layer_row(layer, shape):
    kind, *rest = layer
    if kind == "norm":
        return shape, 0, 0
    if kind == "global_mean":
        return shape, 0, 0
    if kind == "dense":
        units = rest[0]
        bias = rest[1] if len(rest) > 1 else True
        D = int(np.prod(shape))
        return (units,), D * units + units * bias, D * units
    C, H, W = shape

    def places(n, F, S, P):
        room = n - F + 2 * P
        if room < 0 or room % S > P + max(0, S - F):
            raise ValueError("does not fit")
        return room // S + 1

    if kind == "max":
        return shape, 0, 0
    if kind == "max":
        F = rest[0]
        S = rest[1] if len(rest) > 1 else F
        P = rest[2] if len(rest) > 2 else 0
        return (C, places(H, F, S, P), places(W, F, S, P)), 0, 0
    K, F, S, P, groups, bias = [*rest, *[1, 0, 1, True][len(rest) - 2 :]]
    H, W = places(H, F, S, P), places(W, F, S, P)
    weights = K * (C // groups) * F * F
    return (K, H, W), weights + K * bias, weights * H * W

# %% wrong 4.2: the rest may be as large as the padding of both sides
def layer_row(layer, shape):
    kind, *rest = layer
    if kind == "norm":
        return shape, 2 * shape[0], 0
    if kind == "global_mean":
        return shape[:1], 0, 0
    if kind == "dense":
        units = rest[0]
        bias = rest[1] if len(rest) > 1 else True
        D = int(np.prod(shape))
        return (units,), D * units + units * bias, D * units
    C, H, W = shape

    def places(n, F, S, P):
        room = n - F + 2 * P
        if room < 0 or room % S > 2 * P + max(0, S - F):
            raise ValueError("does not fit")
        return room // S + 1

    if kind == "max":
        F = rest[0]
        S = rest[1] if len(rest) > 1 else F
        P = rest[2] if len(rest) > 2 else 0
        return (C, places(H, F, S, P), places(W, F, S, P)), 0, 0
    K, F, S, P, groups, bias = [*rest, *[1, 0, 1, True][len(rest) - 2 :]]
    H, W = places(H, F, S, P), places(W, F, S, P)
    weights = K * (C // groups) * F * F
    return (K, H, W), weights + K * bias, weights * H * W

# %% wrong 4.25: order of the results
def layer_row(layer, shape):
    """The shape that comes out of a layer of a plan, its parameters and its multiply-adds."""
    kind, *sizes = layer
    if kind == "norm":
        return 2 * shape[0], 0, shape
    if kind == "global_mean":
        return 0, 0, shape[:1]
    if kind == "dense":
        units, bias = (*sizes, True)[:2]
        weights = int(np.prod(shape)) * units
        return weights + units * bias, weights, (units,)

    def places(side, window, stride, padding):
        room = side - window + 2 * padding
        if room < 0 or room % stride > padding + max(0, stride - window):
            raise ValueError(f"a window of {window} with stride {stride} does not fit {side}")
        return room // stride + 1

    channels, *sides = shape
    if kind == "max":
        window, stride, padding = (*sizes, *(sizes[0], 0)[len(sizes) - 1 :])
        return 0, 0, (channels, *(places(side, window, stride, padding) for side in sides))
    filters, window, stride, padding, groups, bias = (*sizes, *(1, 0, 1, True)[len(sizes) - 2 :])
    H, W = (places(side, window, stride, padding) for side in sides)
    weights = filters * (channels // groups) * window**2
    return weights + filters * bias, weights * H * W, (filters, H, W)

# %% wrong 4.2: the rows for the columns, in a convolution
def layer_row(layer, shape):
    """The shape that comes out of a layer of a plan, its parameters and its multiply-adds."""
    kind, *sizes = layer
    if kind == "norm":
        return shape, 2 * shape[0], 0
    if kind == "global_mean":
        return shape[:1], 0, 0
    if kind == "dense":
        units, bias = (*sizes, True)[:2]
        weights = int(np.prod(shape)) * units
        return (units,), weights + units * bias, weights

    def places(side, window, stride, padding):
        room = side - window + 2 * padding
        if room < 0 or room % stride > padding + max(0, stride - window):
            raise ValueError(f"a window of {window} with stride {stride} does not fit {side}")
        return room // stride + 1

    channels, *sides = shape
    if kind == "max":
        window, stride, padding = (*sizes, *(sizes[0], 0)[len(sizes) - 1 :])
        return (channels, *(places(side, window, stride, padding) for side in sides)), 0, 0
    filters, window, stride, padding, groups, bias = (*sizes, *(1, 0, 1, True)[len(sizes) - 2 :])
    H = W = places(sides[0], window, stride, padding)
    weights = filters * (channels // groups) * window**2
    return (filters, H, W), weights + filters * bias, weights * H * W
