# Property -> check
# K (C F^2 + 1) -> a convolution of one channel; many channels
# (D + 1) K -> a fully connected layer
# a number for each layer, in order -> a number for each layer (whatever it is)
# 0 where nothing is learnt -> pooling and flattening; a number for each layer

# %% right: if, elif, else
def plan_parameters(plan):
    counts = []
    for layer in plan:
        if layer[0] == "conv":
            counts.append(layer[2] * layer[1] * layer[3] * layer[3] + layer[2])
        elif layer[0] == "linear":
            counts.append(layer[1] * layer[2] + layer[2])
        else:
            counts.append(0)
    return counts

# %% right: match
def plan_parameters(plan):
    def count(layer):
        match layer:
            case ("conv", C, K, F):
                return K * (C * F * F + 1)
            case ("linear", D, K):
                return (D + 1) * K
        return 0

    return [count(tuple(layer)) for layer in plan]

# %% right: a table of formulas, an array comes back
def plan_parameters(plan):
    formulas = {
        "conv": lambda C, K, F: K * (C * F**2 + 1),
        "linear": lambda D, K: K * (D + 1),
    }
    nothing = lambda *sizes: 0
    return np.array([formulas.get(kind, nothing)(*sizes) for kind, *sizes in plan])

# %% right: makes the arrays and counts their numbers
def plan_parameters(plan):
    counts = []
    for kind, *sizes in plan:
        shapes = []
        if kind == "conv":
            shapes = [(sizes[1], sizes[0], sizes[2], sizes[2]), (sizes[1],)]
        if kind == "linear":
            shapes = [tuple(sizes), (sizes[1],)]
        counts.append(sum(np.zeros(shape).size for shape in shapes))
    return counts

# %% wrong 0.8: no biases
def plan_parameters(plan):
    counts = []
    for kind, *sizes in plan:
        if kind == "conv":
            counts.append(sizes[0] * sizes[1] * sizes[2] ** 2)
        elif kind == "linear":
            counts.append(sizes[0] * sizes[1])
        else:
            counts.append(0)
    return counts

# %% wrong 1: one bias for all filters
def plan_parameters(plan):
    counts = []
    for kind, *sizes in plan:
        if kind == "conv":
            C, K, F = sizes
            counts.append(K * C * F * F + 1)
        elif kind == "linear":
            counts.append((sizes[0] + 1) * sizes[1])
        else:
            counts.append(0)
    return counts

# %% wrong 1.25: forgets that a filter goes through all channels
def plan_parameters(plan):
    counts = []
    for kind, *sizes in plan:
        if kind == "conv":
            C, K, F = sizes
            counts.append(K * (F * F + 1))
        elif kind == "linear":
            counts.append((sizes[0] + 1) * sizes[1])
        else:
            counts.append(0)
    return counts

# %% wrong 1.25: a bias for each channel of each filter
def plan_parameters(plan):
    counts = []
    for kind, *sizes in plan:
        if kind == "conv":
            C, K, F = sizes
            counts.append(K * C * (F * F + 1))
        elif kind == "linear":
            counts.append((sizes[0] + 1) * sizes[1])
        else:
            counts.append(0)
    return counts

# %% wrong 1.5: a bias for each input
def plan_parameters(plan):
    counts = []
    for kind, *sizes in plan:
        if kind == "conv":
            C, K, F = sizes
            counts.append(K * (C * F * F + 1))
        elif kind == "linear":
            counts.append(sizes[0] * (sizes[1] + 1))
        else:
            counts.append(0)
    return counts

# %% wrong 1: channels and filters swapped
def plan_parameters(plan):
    counts = []
    for kind, *sizes in plan:
        if kind == "conv":
            K, C, F = sizes
            counts.append(K * (C * F * F + 1))
        elif kind == "linear":
            counts.append((sizes[0] + 1) * sizes[1])
        else:
            counts.append(0)
    return counts

# %% wrong 1.5: leaves out the layers that learn nothing
def plan_parameters(plan):
    counts = []
    for kind, *sizes in plan:
        if kind == "conv":
            counts.append(sizes[1] * (sizes[0] * sizes[2] ** 2 + 1))
        if kind == "linear":
            counts.append((sizes[0] + 1) * sizes[1])
    return counts

# %% wrong 0.75: the sum of all layers
def plan_parameters(plan):
    total = 0
    for kind, *sizes in plan:
        if kind == "conv":
            total += sizes[1] * (sizes[0] * sizes[2] ** 2 + 1)
        if kind == "linear":
            total += (sizes[0] + 1) * sizes[1]
    return [total]

# %% wrong 1.75: pooling is counted as a window of weights
def plan_parameters(plan):
    counts = []
    for kind, *sizes in plan:
        if kind == "conv":
            counts.append(sizes[1] * (sizes[0] * sizes[2] ** 2 + 1))
        elif kind == "linear":
            counts.append((sizes[0] + 1) * sizes[1])
        elif kind == "pool":
            counts.append(sizes[0] ** 2)
        else:
            counts.append(0)
    return counts

# %% wrong 1.75: knows conv, linear and relu only
def plan_parameters(plan):
    counts = []
    for layer in plan:
        if layer[0] == "relu":
            counts.append(0)
        elif len(layer) == 4:
            _, C, K, F = layer
            counts.append(K * (C * F * F + 1))
        else:
            _, D, K = layer
            counts.append((D + 1) * K)
    return counts

# %% wrong 1: F instead of F squared
def plan_parameters(plan):
    counts = []
    for kind, *sizes in plan:
        if kind == "conv":
            counts.append(sizes[1] * (sizes[0] * sizes[2] * 2 + 1))
        elif kind == "linear":
            counts.append((sizes[0] + 1) * sizes[1])
        else:
            counts.append(0)
    return counts

# %% wrong 1: the answers of the visible tests
def plan_parameters(plan):
    known = {"conv": 104, "relu": 0, "linear": 117_800}
    return [known[layer[0]] for layer in plan]

# %% right: numpy, a helper for each kind
def plan_parameters(plan):
    kinds = {
        "conv": lambda C, K, F: np.prod((K, C, F, F)) + K,
        "linear": lambda D, K: D * K + K,
    }
    return [int(kinds[kind](*sizes)) if kind in kinds else 0 for kind, *sizes in plan]

# %% wrong 0.8: two biases for each filter and output
def plan_parameters(plan):
    counts = []
    for kind, *sizes in plan:
        if kind == "conv":
            C, K, F = sizes
            counts.append(K * (C * F * F + 2))
        elif kind == "linear":
            counts.append((sizes[0] + 2) * sizes[1])
        else:
            counts.append(0)
    return counts

# %% wrong 1.5: None where nothing is learnt
def plan_parameters(plan):
    counts = []
    for kind, *sizes in plan:
        if kind == "conv":
            C, K, F = sizes
            counts.append(K * (C * F * F + 1))
        elif kind == "linear":
            counts.append((sizes[0] + 1) * sizes[1])
        else:
            counts.append(None)
    return counts

# %% wrong 0.75: the sum of all
def plan_parameters(plan):
    """The number of parameters of each layer of the plan, a list of tuples."""
    counts = []
    for kind, *sizes in plan:
        if kind == "conv":
            C, K, F = sizes
            counts.append(K * (C * F**2 + 1))
        elif kind == "linear":
            D, K = sizes
            counts.append((D + 1) * K)
        else:
            counts.append(0)
    return sum(counts)

# %% wrong 1.75: a dict by kind
def plan_parameters(plan):
    """The number of parameters of each layer of the plan, a list of tuples."""
    counts = []
    for kind, *sizes in plan:
        if kind == "conv":
            C, K, F = sizes
            counts.append(K * (C * F**2 + 1))
        elif kind == "linear":
            D, K = sizes
            counts.append((D + 1) * K)
        else:
            counts.append(0)
    return {i: c for i, c in enumerate(counts)}
