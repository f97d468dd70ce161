# Answers to "receptive_field".
#
# Property -> check that fails if it does not hold
# the field grows by (F - 1) j -> the field of AlexNet's first layers; the field of whole networks;
#   convolutions alone
# the stride is the product of all -> the stride of AlexNet's first layers; the stride of whole networks
# what a stride is if left out -> a stride that is left out
# normalisation changes nothing -> normalisation

# %% right: a loop with lengths
def receptive_field(plan):
    r, j = 1, 1
    for layer in plan:
        if layer[0] == "conv":
            F = layer[2]
            S = layer[3] if len(layer) > 3 else 1
        elif layer[0] == "max":
            F = layer[1]
            S = layer[2] if len(layer) > 2 else F
        else:
            F = S = 1
        r += (F - 1) * j
        j *= S
    return r, j

# %% right: backwards, as the idea goes
def receptive_field(plan):
    windows = []
    for kind, *sizes in plan:
        if kind == "conv":
            _, F, S, *_ = (*sizes, 1)
            windows.append((F, S))
        if kind == "max":
            windows.append((sizes[0], (sizes + sizes)[1] if len(sizes) > 1 else sizes[0]))
    seen, stride = 1, 1
    for F, S in reversed(windows):
        seen = (seen - 1) * S + F
        stride *= S
    return [seen, stride]

# %% right: recursion over the last layer, an array comes back
def receptive_field(plan):
    if len(plan) == 0:
        return np.array([1, 1])
    r, j = receptive_field(plan[:-1])
    match plan[-1]:
        case ("conv", _, F):
            S = 1
        case ("conv", _, F, S, *_):
            pass
        case ("max", F):
            S = F
        case ("max", F, S, *_):
            pass
        case _:
            return np.array([r, j])
    return np.array([r + (F - 1) * j, j * S])

# %% wrong 1.75: the stride is multiplied before it is added
def receptive_field(plan):
    r = j = 1
    for kind, *sizes in plan:
        if kind == "norm":
            continue
        if kind == "conv":
            F, S = (*sizes[1:3], 1)[:2]
        else:
            F, S = (*sizes[:2], sizes[0])[:2]
        j *= S
        r += (F - 1) * j
    return r, j

# %% wrong 1.5: ignores the strides in the field
def receptive_field(plan):
    r = j = 1
    for kind, *sizes in plan:
        if kind == "norm":
            continue
        if kind == "conv":
            F, S = (*sizes[1:3], 1)[:2]
        else:
            F, S = (*sizes[:2], sizes[0])[:2]
        r += (F - 1)
        j *= S
    return r, j

# %% wrong 1.5: the whole window is added
def receptive_field(plan):
    r = j = 1
    for kind, *sizes in plan:
        if kind == "norm":
            continue
        if kind == "conv":
            F, S = (*sizes[1:3], 1)[:2]
        else:
            F, S = (*sizes[:2], sizes[0])[:2]
        r += F * j
        j *= S
    return r, j

# %% wrong 1.25: the stride of the last layer alone
def receptive_field(plan):
    r = j = 1
    for kind, *sizes in plan:
        if kind == "norm":
            continue
        if kind == "conv":
            F, S = (*sizes[1:3], 1)[:2]
        else:
            F, S = (*sizes[:2], sizes[0])[:2]
        r += (F - 1) * j
        j = S
    return r, j

# %% wrong 1.2: strides are added up
def receptive_field(plan):
    r = j = 1
    for kind, *sizes in plan:
        if kind == "norm":
            continue
        if kind == "conv":
            F, S = (*sizes[1:3], 1)[:2]
        else:
            F, S = (*sizes[:2], sizes[0])[:2]
        r += (F - 1) * j
        j += S
    return r, j

# %% wrong 2: the stride of the layer before alone
def receptive_field(plan):
    r = j = before = 1
    for kind, *sizes in plan:
        if kind == "norm":
            continue
        if kind == "conv":
            F, S = (*sizes[1:3], 1)[:2]
        else:
            F, S = (*sizes[:2], sizes[0])[:2]
        r += (F - 1) * before
        j *= S
        before = S
    return r, j

# %% wrong 2.5: a convolution moves by its size unless told
def receptive_field(plan):
    r = j = 1
    for kind, *sizes in plan:
        if kind == "norm":
            continue
        if kind == "conv":
            F, S = (*sizes[1:3], sizes[1])[:2]
        else:
            F, S = (*sizes[:2], sizes[0])[:2]
        r += (F - 1) * j
        j *= S
    return r, j

# %% wrong 2.75: a pooling moves by one unless told
def receptive_field(plan):
    r = j = 1
    for kind, *sizes in plan:
        if kind == "norm":
            continue
        if kind == "conv":
            F, S = (*sizes[1:3], 1)[:2]
        else:
            F, S = (*sizes[:2], 1)[:2]
        r += (F - 1) * j
        j *= S
    return r, j

# %% wrong 2.75: normalisation counts as a window of 3
def receptive_field(plan):
    r = j = 1
    for kind, *sizes in plan:
        if kind == "norm":
            sizes = [3, 1]
        if kind == "conv":
            F, S = (*sizes[1:3], 1)[:2]
        else:
            F, S = (*sizes[:2], sizes[0])[:2]
        r += (F - 1) * j
        j *= S
    return r, j

# %% wrong 1: convolutions only
def receptive_field(plan):
    r = j = 1
    for kind, *sizes in plan:
        if kind != "conv":
            continue
        if kind == "conv":
            F, S = (*sizes[1:3], 1)[:2]
        else:
            F, S = (*sizes[:2], sizes[0])[:2]
        r += (F - 1) * j
        j *= S
    return r, j

# %% wrong 1.5: filters taken for the size
def receptive_field(plan):
    r = j = 1
    for kind, *sizes in plan:
        if kind == "norm":
            continue
        if kind == "conv":
            F, S = (*sizes[:1], *sizes[2:3], 1)[:2]
        else:
            F, S = (*sizes[:2], sizes[0])[:2]
        r += (F - 1) * j
        j *= S
    return r, j

# %% wrong 2.4: field and stride exchanged
def receptive_field(plan):
    r = j = 1
    for kind, *sizes in plan:
        if kind == "norm":
            continue
        if kind == "conv":
            F, S = (*sizes[1:3], 1)[:2]
        else:
            F, S = (*sizes[:2], sizes[0])[:2]
        r += (F - 1) * j
        j *= S
    return j, r

# %% wrong 1.75: the field alone, with a stride of 1
def receptive_field(plan):
    r = j = 1
    for kind, *sizes in plan:
        if kind == "norm":
            continue
        if kind == "conv":
            F, S = (*sizes[1:3], 1)[:2]
        else:
            F, S = (*sizes[:2], sizes[0])[:2]
        r += (F - 1) * j
        j *= S
    return r, 1

# %% wrong 1.2: the worked example by heart
def receptive_field(plan):
    return (19, 8) if len(plan) > 1 else (11, 4)


# %% right: backwards from the last layer
def receptive_field(plan):
    field, total = 1, 1
    for layer in reversed(plan):
        if layer[0] == "norm":
            continue
        at = 2 if layer[0] == "conv" else 1
        F = layer[at]
        S = layer[at + 1] if len(layer) > at + 1 else (1 if layer[0] == "conv" else F)
        field = (field - 1) * S + F
        total = total * S
    return field, total

# %% wrong 1.25: the field alone
def receptive_field(plan):
    """The receptive field behind the last layer of the plan, and its stride, in pixels."""
    field = jump = 1
    for kind, *sizes in plan:
        if kind == "norm":
            continue
        if kind == "conv":
            window, stride = (*sizes[1:], 1)[:2]
        else:
            window, stride = (*sizes, sizes[0])[:2]
        field, jump = field + (window - 1) * jump, jump * stride
    return field
