# Answers to "inception".
#
# Both in either order have a check; parameters may come back alone where single branches are looked at.
# Property -> check that fails if it does not hold
# the ends of the four branches are stacked -> the channels that come out; the channels of the nine modules
# six convolutions, each on what reaches it -> a check for each branch, biases aside
# a bias for each filter -> the parameters of the worked example; the nine modules of GoogLeNet

# %% right: branch by branch
def inception(channels, a1, r3, c3, r5, c5, p):
    first = channels * a1 + a1
    second = channels * r3 + r3 + r3 * c3 * 9 + c3
    third = channels * r5 + r5 + r5 * c5 * 25 + c5
    fourth = channels * p + p
    return first + second + third + fourth, a1 + c3 + c5 + p

# %% right: a list of convolutions
def inception(channels, a1, r3, c3, r5, c5, p):
    convolutions = [
        (channels, a1, 1),
        (channels, r3, 1),
        (r3, c3, 3),
        (channels, r5, 1),
        (r5, c5, 5),
        (channels, p, 1),
    ]
    return sum(K * (C * F**2 + 1) for C, K, F in convolutions), sum((a1, c3, c5, p))

# %% right: builds the layers of the library and counts
def inception(channels, a1, r3, c3, r5, c5, p):
    branches = [
        [nn.Conv2d(channels, a1, 1)],
        [nn.Conv2d(channels, r3, 1), nn.Conv2d(r3, c3, 3, padding=1)],
        [nn.Conv2d(channels, r5, 1), nn.Conv2d(r5, c5, 5, padding=2)],
        [nn.Conv2d(channels, p, 1)],
    ]
    count = sum(a.size for b in branches for layer in b for a in layer.params.values())
    return np.array([count, sum(b[-1].params["b"].size for b in branches)])

# %% wrong 2: no biases
def inception(channels, a1, r3, c3, r5, c5, p):
    first = channels * a1
    second = channels * r3 + r3 * c3 * 9
    third = channels * r5 + r5 * c5 * 25
    fourth = channels * p
    return first + second + third + fourth, a1 + c3 + c5 + p

# %% wrong 2: the reductions have no biases
def inception(channels, a1, r3, c3, r5, c5, p):
    first = channels * a1 + a1
    second = channels * r3 + r3 * c3 * 9 + c3
    third = channels * r5 + r5 * c5 * 25 + c5
    fourth = channels * p + p
    return first + second + third + fourth, a1 + c3 + c5 + p

# %% wrong 1.75: the pool branch has no convolution to learn
def inception(channels, a1, r3, c3, r5, c5, p):
    first = channels * a1 + a1
    second = channels * r3 + r3 + r3 * c3 * 9 + c3
    third = channels * r5 + r5 + r5 * c5 * 25 + c5
    fourth = 0
    return first + second + third + fourth, a1 + c3 + c5 + p

# %% wrong 1.25: the pool branch passes all channels on
def inception(channels, a1, r3, c3, r5, c5, p):
    first = channels * a1 + a1
    second = channels * r3 + r3 + r3 * c3 * 9 + c3
    third = channels * r5 + r5 + r5 * c5 * 25 + c5
    fourth = 0
    return first + second + third + fourth, a1 + c3 + c5 + channels

# %% wrong 1.25: the reductions are forgotten
def inception(channels, a1, r3, c3, r5, c5, p):
    first = channels * a1 + a1
    second = channels * c3 * 9 + c3
    third = channels * c5 * 25 + c5
    fourth = channels * p + p
    return first + second + third + fourth, a1 + c3 + c5 + p

# %% wrong 1.25: the reductions do not reduce
def inception(channels, a1, r3, c3, r5, c5, p):
    first = channels * a1 + a1
    second = channels * r3 + r3 + channels * c3 * 9 + c3
    third = channels * r5 + r5 + channels * c5 * 25 + c5
    fourth = channels * p + p
    return first + second + third + fourth, a1 + c3 + c5 + p

# %% wrong 2.5: reductions are stacked as well
def inception(channels, a1, r3, c3, r5, c5, p):
    first = channels * a1 + a1
    second = channels * r3 + r3 + r3 * c3 * 9 + c3
    third = channels * r5 + r5 + r5 * c5 * 25 + c5
    fourth = channels * p + p
    return first + second + third + fourth, a1 + r3 + c3 + r5 + c5 + p

# %% wrong 1.75: 3 x 3 where 5 x 5 stands, as in torchvision
def inception(channels, a1, r3, c3, r5, c5, p):
    first = channels * a1 + a1
    second = channels * r3 + r3 + r3 * c3 * 9 + c3
    third = channels * r5 + r5 + r5 * c5 * 9 + c5
    fourth = channels * p + p
    return first + second + third + fourth, a1 + c3 + c5 + p

# %% wrong 1.25: windows not squared
def inception(channels, a1, r3, c3, r5, c5, p):
    first = channels * a1 + a1
    second = channels * r3 + r3 + r3 * c3 * 3 + c3
    third = channels * r5 + r5 + r5 * c5 * 5 + c5
    fourth = channels * p + p
    return first + second + third + fourth, a1 + c3 + c5 + p

# %% wrong 2: one bias a convolution
def inception(channels, a1, r3, c3, r5, c5, p):
    first = channels * a1 + 1
    second = channels * r3 + 1 + r3 * c3 * 9 + 1
    third = channels * r5 + 1 + r5 * c5 * 25 + 1
    fourth = channels * p + 1
    return first + second + third + fourth, a1 + c3 + c5 + p

# %% wrong 1: the worked example by heart
def inception(channels, a1, r3, c3, r5, c5, p):
    if channels == 10:
        return 197, 10
    return 163_696, 256
    first = channels * a1 + a1
    second = channels * r3 + r3 + r3 * c3 * 9 + c3
    third = channels * r5 + r5 + r5 * c5 * 25 + c5
    fourth = channels * p + p
    return first + second + third + fourth, a1 + c3 + c5 + p

# %% wrong 1.25: the parameters of the four last convolutions only
def inception(channels, a1, r3, c3, r5, c5, p):
    first = channels * a1 + a1
    second = r3 * c3 * 9 + c3
    third = r5 * c5 * 25 + c5
    fourth = channels * p + p
    return first + second + third + fourth, a1 + c3 + c5 + p

# %% wrong 2.4: swapped
def inception(channels, a1, r3, c3, r5, c5, p):
    """The parameters of an Inception module, and the channels that come out of it."""

    def conv(into, filters, size):
        return filters * (into * size**2 + 1)

    parameters = (
        conv(channels, a1, 1)
        + (conv(channels, r3, 1) + conv(r3, c3, 3))
        + (conv(channels, r5, 1) + conv(r5, c5, 5))
        + conv(channels, p, 1)
    )
    return a1 + c3 + c5 + p, parameters

# %% wrong 2.25: parameters alone
def inception(channels, a1, r3, c3, r5, c5, p):
    """The parameters of an Inception module, and the channels that come out of it."""

    def conv(into, filters, size):
        return filters * (into * size**2 + 1)

    parameters = (
        conv(channels, a1, 1)
        + (conv(channels, r3, 1) + conv(r3, c3, 3))
        + (conv(channels, r5, 1) + conv(r5, c5, 5))
        + conv(channels, p, 1)
    )
    return parameters
