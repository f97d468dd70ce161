# Property -> check
# a Module -> a torch.nn.Module
# X W + b, ReLU but after the last -> the worked example
# W, b and nothing else are parameters -> the parameters; parameters that can learn
# as many layers as pairs -> five layers, or only one (and three in pictures, float64)
# pictures are laid out as rows -> pictures
# dtype of the arrays -> float64
# list and arrays left as they are -> the list is left as it was (nothing else)

# %% right: Sequential, new parameters put into each layer
def network(weights):
    layers = [torch.nn.Flatten()]
    for W, b in weights:
        linear = torch.nn.Linear(W.shape[0], W.shape[1])
        linear.weight = torch.nn.Parameter(torch.tensor(W.T))
        linear.bias = torch.nn.Parameter(torch.tensor(b))
        layers.append(linear)
        layers.append(torch.nn.ReLU())
    layers.pop()
    return torch.nn.Sequential(*layers)

# %% right: a class of its own, copy_ without a graph, the dtype of the arrays
class Net(torch.nn.Module):
    def __init__(self, weights):
        super().__init__()
        self.layers = torch.nn.ModuleList()
        for W, b in weights:
            layer = torch.nn.Linear(*W.shape, dtype=torch.from_numpy(W).dtype)
            with torch.no_grad():
                layer.weight.copy_(torch.from_numpy(W).T)
                layer.bias.copy_(torch.from_numpy(b))
            self.layers.append(layer)

    def forward(self, x):
        x = x.reshape(x.shape[0], -1)
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)

def network(weights):
    return Net(weights)

# %% right: bare parameters and a matrix product, kept as (out, in)
class Bare(torch.nn.Module):
    def __init__(self, weights):
        super().__init__()
        self.count = len(weights)
        for k, (W, b) in enumerate(weights):
            setattr(self, f"W{k}", torch.nn.Parameter(torch.tensor(W.T.copy())))
            setattr(self, f"b{k}", torch.nn.Parameter(torch.tensor(b)))

    def forward(self, x):
        x = torch.flatten(x, 1)
        for k in range(self.count):
            x = torch.einsum("nd,kd->nk", x, getattr(self, f"W{k}")) + getattr(self, f"b{k}")
            if k + 1 < self.count:
                x = torch.clamp(x, min=0)
        return x

def network(weights):
    return Bare(weights)

# %% right: recursion, and a state dict at the end
def network(weights):
    def chain(rest):
        W, _ = rest[0]
        first = torch.nn.Linear(W.shape[0], W.shape[1])
        return [first] if len(rest) == 1 else [first, torch.nn.ReLU(), *chain(rest[1:])]

    net = torch.nn.Sequential(torch.nn.Flatten(), *chain(weights))
    net = net.to(torch.tensor(weights[0][0]).dtype)
    arrays = [array for W, b in weights for array in (W.T, b)]
    state = {key: torch.tensor(array) for key, array in zip(net.state_dict(), arrays)}
    net.load_state_dict(state)
    return net

# %% wrong 3: W as it is, (in, out)
def network(weights):
    layers = [torch.nn.Flatten()]
    for W, b in weights:
        linear = torch.nn.Linear(*W.shape)
        linear.weight = torch.nn.Parameter(torch.tensor(W))
        linear.bias = torch.nn.Parameter(torch.tensor(b))
        layers += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])

# %% wrong 3.5: reshaped instead of transposed
def network(weights):
    layers = [torch.nn.Flatten()]
    for W, b in weights:
        linear = torch.nn.Linear(*W.shape)
        linear.weight = torch.nn.Parameter(torch.tensor(W.reshape(W.shape[::-1])))
        linear.bias = torch.nn.Parameter(torch.tensor(b))
        layers += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])

# %% wrong 3.5: ReLU after the last layer, too
def network(weights):
    layers = [torch.nn.Flatten()]
    for W, b in weights:
        linear = torch.nn.Linear(*W.shape)
        linear.weight = torch.nn.Parameter(torch.tensor(W.T))
        linear.bias = torch.nn.Parameter(torch.tensor(b))
        layers += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers)

# %% wrong 3: a softmax at the end
def network(weights):
    layers = [torch.nn.Flatten()]
    for W, b in weights:
        linear = torch.nn.Linear(*W.shape)
        linear.weight = torch.nn.Parameter(torch.tensor(W.T))
        linear.bias = torch.nn.Parameter(torch.tensor(b))
        layers += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1], torch.nn.Softmax(dim=1))

# %% wrong 3: no ReLU anywhere
def network(weights):
    layers = [torch.nn.Flatten()]
    for W, b in weights:
        linear = torch.nn.Linear(*W.shape)
        linear.weight = torch.nn.Parameter(torch.tensor(W.T))
        linear.bias = torch.nn.Parameter(torch.tensor(b))
        layers.append(linear)
    return torch.nn.Sequential(*layers)

# %% wrong 4.5: no Flatten, so no pictures
def network(weights):
    layers = []
    for W, b in weights:
        linear = torch.nn.Linear(*W.shape)
        linear.weight = torch.nn.Parameter(torch.tensor(W.T))
        linear.bias = torch.nn.Parameter(torch.tensor(b))
        layers += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])

# %% wrong 3.5: always two layers
def network(weights):
    layers = [torch.nn.Flatten()]
    for W, b in weights[:2]:
        linear = torch.nn.Linear(*W.shape)
        linear.weight = torch.nn.Parameter(torch.tensor(W.T))
        linear.bias = torch.nn.Parameter(torch.tensor(b))
        layers += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])

# %% wrong 4.5: float32 in any case
def network(weights):
    layers = [torch.nn.Flatten()]
    for W, b in weights:
        linear = torch.nn.Linear(*W.shape)
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(W.T))
            linear.bias.copy_(torch.tensor(b))
        layers += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])

# %% wrong 4.75: the parameters are not to learn
def network(weights):
    layers = [torch.nn.Flatten()]
    for W, b in weights:
        linear = torch.nn.Linear(*W.shape)
        linear.weight = torch.nn.Parameter(torch.tensor(W.T), requires_grad=False)
        linear.bias = torch.nn.Parameter(torch.tensor(b), requires_grad=False)
        layers += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])

# %% wrong 4.75: empties the list
def network(weights):
    layers = [torch.nn.Flatten()]
    while weights:
        W, b = weights.pop(0)
        linear = torch.nn.Linear(*W.shape)
        linear.weight = torch.nn.Parameter(torch.tensor(W.T))
        linear.bias = torch.nn.Parameter(torch.tensor(b))
        layers += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])

# %% wrong 2.75: biases forgotten, so they are random
def network(weights):
    layers = [torch.nn.Flatten()]
    for W, b in weights:
        linear = torch.nn.Linear(*W.shape)
        linear.weight = torch.nn.Parameter(torch.tensor(W.T))
        layers += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])

# %% wrong 2.25: new random weights, only the shapes are right
def network(weights):
    layers = [torch.nn.Flatten()]
    for W, b in weights:
        layers += [torch.nn.Linear(*W.shape), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])

# %% wrong 2.25: a function instead of a module
def network(weights):
    def forward(x):
        x = x.reshape(len(x), -1)
        for k, (W, b) in enumerate(weights):
            x = x @ torch.tensor(W) + torch.tensor(b)
            x = torch.relu(x) if k < len(weights) - 1 else x
        return x

    return forward

# %% wrong 3: a plain list of layers, which the module does not know
class Forgetful(torch.nn.Module):
    def __init__(self, weights):
        super().__init__()
        self.layers = [(torch.tensor(W), torch.tensor(b)) for W, b in weights]

    def forward(self, x):
        x = x.flatten(1)
        for W, b in self.layers[:-1]:
            x = torch.relu(x @ W + b)
        return x @ self.layers[-1][0] + self.layers[-1][1]

def network(weights):
    return Forgetful(weights)

# %% right: Linear with device and dtype, copy_ of the transpose
def network(weights):
    parts = []
    for W, b in weights:
        layer = torch.nn.Linear(W.shape[0], W.shape[1], dtype=torch.from_numpy(W).dtype)
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(np.ascontiguousarray(W.T)))
            layer.bias.copy_(torch.from_numpy(b))
        parts.append(layer)

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.parts = torch.nn.ModuleList(parts)

        def forward(self, x):
            x = x.flatten(1)
            for part in self.parts[:-1]:
                x = part(x).clamp(min=0)
            return self.parts[-1](x)

    return Net()

# %% wrong 3.5: a sigmoid after the last layer for one output, ReLU forgotten between
def network(weights):
    layers = [torch.nn.Flatten()]
    for k, (W, b) in enumerate(weights):
        linear = torch.nn.Linear(*W.shape)
        linear.weight = torch.nn.Parameter(torch.tensor(W.T))
        linear.bias = torch.nn.Parameter(torch.tensor(b))
        layers += [linear] + [torch.nn.ReLU()] * (k == 0)
    return torch.nn.Sequential(*layers)

# %% wrong 3: sigmoid instead of ReLU
def network(weights):
    """A torch.nn.Module of fully connected layers, from a list of pairs W (in, out), b (out,)."""
    layers = [torch.nn.Flatten()]
    for W, b in weights:
        linear = torch.nn.Linear(*W.shape)
        linear.weight = torch.nn.Parameter(torch.tensor(W.T))
        linear.bias = torch.nn.Parameter(torch.tensor(b))
        layers += [linear, torch.nn.Sigmoid()]
    return torch.nn.Sequential(*layers[:-1])
