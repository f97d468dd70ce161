# Property -> check
# ten scores -> ten scores for each picture
# layers of the table -> 61,706 parameters; the shapes of the weights
# ReLU, maximum, padding, no ReLU at the end -> the table, from the first layer to the last
# rng alone -> the generator decides the weights

# %% right: layer by layer
def build_lenet(rng):
    layers = []
    layers.append(nn.Conv2d(1, 6, 5, padding=2, rng=rng))
    layers.append(nn.ReLU())
    layers.append(nn.MaxPool2d(2, 2))
    layers.append(nn.Conv2d(6, 16, 5, stride=1, padding=0, rng=rng))
    layers.append(nn.ReLU())
    layers.append(nn.MaxPool2d(2, 2))
    layers.append(nn.Flatten())
    layers += [nn.Linear(16 * 5 * 5, 120, rng=rng), nn.ReLU()]
    layers += [nn.Linear(120, 84, rng=rng), nn.ReLU()]
    layers.append(nn.Linear(84, 10, rng=rng))
    return nn.Sequential(*layers)

# %% right: loops over sizes, "same" padding
def build_lenet(rng):
    chain = []
    for (C, K), padding in zip([(1, 6), (6, 16)], ["same", 0]):
        chain.extend([nn.Conv2d(C, K, 5, 1, padding, rng=rng), nn.ReLU(), nn.MaxPool2d(2)])
    chain.append(nn.Flatten())
    sizes = [400, 120, 84, 10]
    for D, K in zip(sizes[:-1], sizes[1:]):
        chain.extend([nn.Linear(D, K, rng=rng), nn.ReLU()])
    return nn.Sequential(*chain[:-1])

# %% right: Sequentials inside a Sequential, another initialisation
def build_lenet(rng):
    def block(C, K, padding):
        conv = nn.Conv2d(C, K, 5, padding=padding, rng=rng, init=nn.xavier_uniform)
        return nn.Sequential(conv, nn.ReLU(), nn.MaxPool2d(2))

    def dense(D, K):
        return nn.Linear(D, K, rng=rng, init=nn.xavier_uniform)

    head = nn.Sequential(dense(400, 120), nn.ReLU(), dense(120, 84), nn.ReLU(), dense(84, 10))
    return nn.Sequential(block(1, 6, 2), block(6, 16, 0), nn.Flatten(), head)

# %% right: pooling before the ReLU, which gives the same numbers
def build_lenet(rng):
    return nn.Sequential(
        nn.Conv2d(1, 6, (5, 5), padding=2, rng=rng), nn.MaxPool2d(2), nn.ReLU(),
        nn.Conv2d(6, 16, (5, 5), rng=rng), nn.MaxPool2d(2), nn.ReLU(), nn.Flatten(),
        nn.Linear(400, 120, rng=rng), nn.ReLU(), nn.Linear(120, 84, rng=rng), nn.ReLU(),
        nn.Linear(84, 10, rng=rng),
    )

# %% wrong 2: average pooling and tanh, as in the lecture
def build_lenet(rng):
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=2, rng=rng), nn.Tanh(), nn.AvgPool2d(2)),
        *(nn.Conv2d(6, 16, 5, rng=rng), nn.Tanh(), nn.AvgPool2d(2)),
        *(nn.Flatten(), nn.Linear(400, 120, rng=rng), nn.Tanh()),
        *(nn.Linear(120, 84, rng=rng), nn.Tanh(), nn.Linear(84, 10, rng=rng)),
    )

# %% wrong 1.5: no padding in the first layer
def build_lenet(rng):
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(6, 16, 5, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(256, 120, rng=rng), nn.ReLU()),
        *(nn.Linear(120, 84, rng=rng), nn.ReLU(), nn.Linear(84, 10, rng=rng)),
    )

# %% wrong 1.5: the second convolution is padded, too
def build_lenet(rng):
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=2, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(6, 16, 5, padding=2, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(784, 120, rng=rng), nn.ReLU()),
        *(nn.Linear(120, 84, rng=rng), nn.ReLU(), nn.Linear(84, 10, rng=rng)),
    )

# %% wrong 1.5: Flatten forgotten
def build_lenet(rng):
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=2, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(6, 16, 5, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Linear(400, 120, rng=rng), nn.ReLU()),
        *(nn.Linear(120, 84, rng=rng), nn.ReLU(), nn.Linear(84, 10, rng=rng)),
    )

# %% wrong 2: a ReLU behind the last layer
def build_lenet(rng):
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=2, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(6, 16, 5, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(400, 120, rng=rng), nn.ReLU()),
        *(nn.Linear(120, 84, rng=rng), nn.ReLU(), nn.Linear(84, 10, rng=rng), nn.ReLU()),
    )

# %% wrong 2: no ReLU between the fully connected layers
def build_lenet(rng):
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=2, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(6, 16, 5, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(400, 120, rng=rng)),
        *(nn.Linear(120, 84, rng=rng), nn.Linear(84, 10, rng=rng)),
    )

# %% wrong 2: average pooling instead of the maximum
def build_lenet(rng):
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=2, rng=rng), nn.ReLU(), nn.AvgPool2d(2)),
        *(nn.Conv2d(6, 16, 5, rng=rng), nn.ReLU(), nn.AvgPool2d(2)),
        *(nn.Flatten(), nn.Linear(400, 120, rng=rng), nn.ReLU()),
        *(nn.Linear(120, 84, rng=rng), nn.ReLU(), nn.Linear(84, 10, rng=rng)),
    )

# %% wrong 2: stride 2 instead of pooling
def build_lenet(rng):
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, stride=2, padding="same", rng=rng), nn.ReLU()),
        *(nn.Conv2d(6, 16, 5, stride=2, rng=rng), nn.ReLU()),
        *(nn.Flatten(), nn.Linear(400, 120, rng=rng), nn.ReLU()),
        *(nn.Linear(120, 84, rng=rng), nn.ReLU(), nn.Linear(84, 10, rng=rng)),
    )

# %% wrong 1.2: windows of 3 x 3
def build_lenet(rng):
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 3, padding=1, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(6, 16, 3, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(576, 120, rng=rng), nn.ReLU()),
        *(nn.Linear(120, 84, rng=rng), nn.ReLU(), nn.Linear(84, 10, rng=rng)),
    )

# %% wrong 2.5: the generator is not used, the weights are drawn afresh each time
def build_lenet(rng):
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(400, 120), nn.ReLU()),
        *(nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)),
    )

# %% wrong 2.5: a seed of its own
def build_lenet(rng):
    rng = np.random.default_rng(0)
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=2, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(6, 16, 5, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(400, 120, rng=rng), nn.ReLU()),
        *(nn.Linear(120, 84, rng=rng), nn.ReLU(), nn.Linear(84, 10, rng=rng)),
    )

# %% wrong 2.5: one layer does without the generator
def build_lenet(rng):
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=2, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(6, 16, 5, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(400, 120, rng=rng), nn.ReLU()),
        *(nn.Linear(120, 84, rng=rng), nn.ReLU(), nn.Linear(84, 10, rng=0)),
    )

# %% wrong 0: a list of layers, no network
def build_lenet(rng):
    return [
        *(nn.Conv2d(1, 6, 5, padding=2, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(6, 16, 5, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(400, 120, rng=rng), nn.ReLU()),
        *(nn.Linear(120, 84, rng=rng), nn.ReLU(), nn.Linear(84, 10, rng=rng)),
    ]

# %% wrong 0: no return
def build_lenet(rng):
    model = nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=2, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(6, 16, 5, rng=rng), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(400, 120, rng=rng), nn.ReLU()),
        *(nn.Linear(120, 84, rng=rng), nn.ReLU(), nn.Linear(84, 10, rng=rng)),
    )


# %% wrong 2: weights too small to tell a network from none
class Tiny:
    def __init__(self, rng):
        shapes = [(6, 1, 5, 5), (6,), (16, 6, 5, 5), (16,), (400, 120), (120,), (120, 84), (84,)]
        shapes += [(84, 10), (10,)]
        self.params = {str(i): 1e-9 * rng.normal(size=one) for i, one in enumerate(shapes)}

    def forward(self, x):
        return np.zeros((len(x), 10))


def build_lenet(rng):
    return Tiny(rng)

# %% wrong 1.5: padding in both
def build_lenet(rng):
    """LeNet-5 with ReLU and max pooling, its weights drawn from rng."""
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2, rng=rng),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5, padding=2, rng=rng),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(784, 120, rng=rng),
        nn.ReLU(),
        nn.Linear(120, 84, rng=rng),
        nn.ReLU(),
        nn.Linear(84, 10, rng=rng),
    )
