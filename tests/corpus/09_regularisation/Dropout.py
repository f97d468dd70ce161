# Property -> check
# p is the probability to be dropped -> a quarter becomes 0; every value has its own draw
# kept values over 1 - p -> the rest becomes 4/3; four axes, any values
# nothing at evaluation -> nothing happens at evaluation (no points alone)
# each value by itself, no fixed number -> every value has its own draw
# each pass anew -> every forward pass draws anew
# rng decides -> the generator decides
# any shape, values, float32 -> four axes, any values, float32
# backward: last pass's mask and factor -> the gradient goes where ...; any gradient (both on own values)
# mode of the pass, not of now -> the mode of the last pass
# input left as it is -> the input is left as it was

# %% right: a factor that is remembered
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        if self.training:
            self.factor = (self.rng.random(x.shape) >= self.p) / (1 - self.p)
        else:
            self.factor = 1.0
        return x * self.factor

    def backward(self, grad):
        return grad * self.factor

# %% right: binomial draws, the mask and the mode remembered, copies returned
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng
        self.kept = None

    def forward(self, x):
        if not self.training:
            self.kept = None
            return x
        self.kept = self.rng.binomial(1, 1 - self.p, size=x.shape).astype(bool)
        return np.where(self.kept, x, 0) / (1 - self.p)

    def backward(self, grad):
        if self.kept is None:
            return grad
        return np.where(self.kept, grad, 0) / (1 - self.p)

# %% right: value after value, slowly
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        self.scales = np.ones(x.shape)
        if self.training:
            for place in np.ndindex(x.shape):
                if self.rng.uniform() < self.p:
                    self.scales[place] = 0
                else:
                    self.scales[place] = 1 / (1 - self.p)
        return np.multiply(x, self.scales)

    def backward(self, grad):
        return np.multiply(grad, self.scales)

# %% right: Bernoulli by choice, flat, with zeros written into a copy
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p, self.rng, self.gone, self.keep = p, rng, None, 1 - p

    def forward(self, x):
        self.on = bool(self.training)
        if not self.on:
            return x.copy()
        self.gone = self.rng.choice([True, False], size=x.size, p=[self.p, self.keep])
        return self._thin(x)

    def backward(self, grad):
        return self._thin(grad) if self.on else grad

    def _thin(self, array):
        flat = array.flatten() / self.keep
        flat[self.gone] = 0
        return flat.reshape(array.shape)

# %% wrong 2.5: p taken for the share kept
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        self.factor = 1.0
        if self.training:
            self.factor = (self.rng.random(x.shape) < self.p) / self.p
        return x * self.factor

    def backward(self, grad):
        return grad * self.factor

# %% wrong 2.6: not scaled in training (and evaluation left as it is)
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        self.factor = (self.rng.random(x.shape) >= self.p) if self.training else 1.0
        return x * self.factor

    def backward(self, grad):
        return grad * self.factor

# %% wrong 2.5: scaled at evaluation instead, as in the first papers
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        self.factor = (self.rng.random(x.shape) >= self.p) if self.training else 1 - self.p
        return x * self.factor

    def backward(self, grad):
        return grad * self.factor

# %% wrong 2.8: drops at evaluation, too
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        self.factor = (self.rng.random(x.shape) >= self.p) / (1 - self.p)
        return x * self.factor

    def backward(self, grad):
        return grad * self.factor

# %% wrong 2.75: backward draws a mask of its own
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        if not self.training:
            return x
        return x * (self.rng.random(x.shape) >= self.p) / (1 - self.p)

    def backward(self, grad):
        if not self.training:
            return grad
        return grad * (self.rng.random(grad.shape) >= self.p) / (1 - self.p)

# %% wrong 2.75: backward forgets the factor
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        if not self.training:
            self.mask = np.ones(x.shape)
            return x
        self.mask = self.rng.random(x.shape) >= self.p
        return x * self.mask / (1 - self.p)

    def backward(self, grad):
        return grad * self.mask

# %% wrong 3.5: backward hands on the values, not the gradient (right for a gradient of ones)
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        self.factor = 1.0
        if self.training:
            self.factor = (self.rng.random(x.shape) >= self.p) / (1 - self.p)
        self.shape = x.shape
        return x * self.factor

    def backward(self, grad):
        return np.ones(self.shape) * self.factor

# %% wrong 2.6: one mask for all samples of the batch
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        self.factor = 1.0
        if self.training:
            self.factor = (self.rng.random(x.shape[1:]) >= self.p) / (1 - self.p)
        return x * self.factor

    def backward(self, grad):
        return grad * self.factor

# %% wrong 2.6: drops whole samples
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        self.factor = 1.0
        if self.training:
            self.factor = np.ones(x.shape) / (1 - self.p)
            gone = self.rng.permutation(len(x))[: round(self.p * len(x))]
            self.factor[gone] = 0
        return x * self.factor

    def backward(self, grad):
        return grad * self.factor

# %% wrong 2.6: one mask for ever, drawn in the first pass; two axes only
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng
        self.mask = None

    def forward(self, x):
        self.on = self.training
        if not self.on:
            return x
        if self.mask is None:
            self.mask = self.rng.random((x.shape[0], x.shape[1])) >= self.p
        return x * self.mask / (1 - self.p)

    def backward(self, grad):
        return grad * self.mask / (1 - self.p) if self.on else grad

# %% wrong 3.75: np.random instead of the generator
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        self.factor = 1.0
        if self.training:
            self.factor = (np.random.rand(*x.shape) >= self.p) / (1 - self.p)
        return x * self.factor

    def backward(self, grad):
        return grad * self.factor

# %% wrong 2.6: a new generator with the same seed in each pass
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        self.factor = 1.0
        if self.training:
            rng = np.random.default_rng(0)
            self.factor = (rng.random(x.shape) >= self.p) / (1 - self.p)
        return x * self.factor

    def backward(self, grad):
        return grad * self.factor

# %% wrong 3.75: forgets at evaluation that the last pass dropped nothing
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        if not self.training:
            return x
        self.mask = self.rng.random(x.shape) >= self.p
        return x * self.mask / (1 - self.p)

    def backward(self, grad):
        return grad * self.mask / (1 - self.p)

# %% wrong 3.75: writes the zeros into the caller's array
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        self.factor = 1.0
        if self.training:
            self.factor = (self.rng.random(x.shape) >= self.p) / (1 - self.p)
            x *= self.factor.astype(x.dtype)
        return x

    def backward(self, grad):
        return grad * self.factor

# %% wrong 3.75: the mask without the values, right for ones
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        if not self.training:
            self.factor = 1.0
            return x
        self.factor = (self.rng.random(x.shape) >= self.p) / (1 - self.p)
        return self.factor

    def backward(self, grad):
        return grad * self.factor

# %% wrong 0: nothing comes back from forward
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        self.factor = 1.0
        if self.training:
            self.factor = (self.rng.random(x.shape) >= self.p) / (1 - self.p)
        x = x * self.factor

    def backward(self, grad):
        return grad * self.factor

# %% wrong 0: the cell was emptied
# gone

# %% right: float32 throughout, a mask of whole numbers
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng
        self.mask = None

    def forward(self, x):
        self.mask = None
        if not self.training:
            return np.array(x)
        self.mask = (self.rng.uniform(size=x.shape) > self.p).astype(np.float32)
        return np.asarray(x, np.float32) * self.mask / np.float32(1 - self.p)

    def backward(self, grad):
        if self.mask is None:
            return np.array(grad)
        return np.asarray(grad, np.float32) * self.mask / np.float32(1 - self.p)

# %% wrong 3.75: backward looks at the mode of now
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        if not self.training:
            return x
        self.mask = (self.rng.random(x.shape) >= self.p) / (1 - self.p)
        return x * self.mask

    def backward(self, grad):
        return grad * self.mask if self.training else grad

# %% wrong 2.6: drops exactly the share p
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        self.factor = 1.0
        if self.training:
            factor = np.full(x.size, 1 / (1 - self.p))
            factor[self.rng.permutation(x.size)[: round(self.p * x.size)]] = 0
            self.factor = factor.reshape(x.shape)
        return x * self.factor

    def backward(self, grad):
        return grad * self.factor

# %% wrong 2.6: the first mask for ever
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng
        self.masks = {}

    def forward(self, x):
        self.factor = 1.0
        if self.training:
            if x.shape not in self.masks:
                self.masks[x.shape] = (self.rng.random(x.shape) >= self.p) / (1 - self.p)
            self.factor = self.masks[x.shape]
        return x * self.factor

    def backward(self, grad):
        return grad * self.factor

# %% wrong 2.75: backward hands the gradient on as it is
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        if not self.training:
            return x
        return x * (self.rng.random(x.shape) >= self.p) / (1 - self.p)

    def backward(self, grad):
        return grad

# %% wrong 2.6: divided by p
class Dropout(Layer):
    def __init__(self, p, rng):
        super().__init__()
        self.p = p
        self.rng = rng

    def forward(self, x):
        self.factor = (self.rng.random(x.shape) >= self.p) / self.p if self.training else 1.0
        return x * self.factor

    def backward(self, grad):
        return grad * self.factor
