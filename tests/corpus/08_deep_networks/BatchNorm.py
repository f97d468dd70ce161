# Property -> check
# training: the batch's own statistics, over N -> training: normalised by the batch
# running mean, running variance over N - 1 -> after one batch (each by itself); after two batches
# evaluation: running statistics -> evaluation: normalised by the running statistics; one sample
# evaluation learns nothing -> evaluation: one sample, and nothing is learnt from it
# gamma, beta, eps in both modes -> gamma, beta and eps at evaluation; other momentum and eps
# momentum of the object -> other momentum and eps in training, and back to it
# input left as it is -> the input is left as it was (nothing else)

# %% right: one last line for both modes
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        mean, var = self.running_mean, self.running_var
        if self.training:
            mean, var = x.mean(axis=0), x.var(axis=0)
            m, n = self.momentum, len(x)
            self.running_mean = (1 - m) * self.running_mean + m * mean
            self.running_var = (1 - m) * self.running_var + m * var * n / (n - 1)
        return self.gamma * (x - mean) / np.sqrt(var + self.eps) + self.beta

# %% right: two branches, the running arrays changed in place by a share of the difference
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        if not self.training:
            x_hat = (x - self.running_mean) / np.sqrt(self.running_var + self.eps)
            return self.gamma * x_hat + self.beta
        mu = np.mean(x, axis=0)
        self.running_mean += self.momentum * (mu - self.running_mean)
        self.running_var += self.momentum * (np.var(x, axis=0, ddof=1) - self.running_var)
        return (x - mu) / np.std(x - mu, axis=0) * self.gamma * np.sqrt(
            np.var(x, axis=0) / (np.var(x, axis=0) + self.eps)
        ) + self.beta

# %% right: feature by feature, in plain Python; lists for the running statistics
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        m = self.momentum
        columns, means, variances = [], list(self.running_mean), list(self.running_var)
        for j in range(x.shape[1]):
            column = [float(value) for value in x[:, j]]
            mean, var = means[j], variances[j]
            if self.training:
                mean = sum(column) / len(column)
                total = sum((value - mean) ** 2 for value in column)
                var = total / len(column)
                means[j] = (1 - m) * means[j] + m * mean
                variances[j] = (1 - m) * variances[j] + m * total / (len(column) - 1)
            s = (var + self.eps) ** -0.5
            columns.append([self.gamma[j] * (v - mean) * s + self.beta[j] for v in column])
        if self.training:
            self.running_mean, self.running_var = means, variances
        return np.array(columns).T

# %% right: helper methods, einsum, arrays in double precision
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum, self.training = eps, momentum, True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def _statistics(self, x):
        centred = x - np.einsum("nd->d", x) / len(x)
        return x[0] - centred[0], np.einsum("nd,nd->d", centred, centred)

    def _follow(self, old, new):
        return old * (1 - self.momentum) + new * self.momentum

    def forward(self, x):
        x = np.array(x, dtype=float)
        if self.training:
            mean, squares = self._statistics(x)
            self.running_mean = self._follow(self.running_mean, mean)
            self.running_var = self._follow(self.running_var, squares / (len(x) - 1))
            var = squares / len(x)
        else:
            mean, var = self.running_mean, self.running_var
        x -= mean
        x *= self.gamma / np.sqrt(var + self.eps)
        return x + self.beta

# %% wrong 2.95: keeps the biased variance
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        if self.training:
            mean, var = x.mean(axis=0), x.var(axis=0)
            m = self.momentum
            self.running_mean = (1 - m) * self.running_mean + m * mean
            self.running_var = (1 - m) * self.running_var + m * x.var(axis=0)
        else:
            mean, var = self.running_mean, self.running_var
        return self.gamma * (x - mean) / np.sqrt(var + self.eps) + self.beta

# %% wrong 3: normalises a training batch by the unbiased variance
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        if self.training:
            mean, var = x.mean(axis=0), x.var(axis=0, ddof=1)
            m = self.momentum
            self.running_mean = (1 - m) * self.running_mean + m * mean
            self.running_var = (1 - m) * self.running_var + m * x.var(axis=0, ddof=1)
        else:
            mean, var = self.running_mean, self.running_var
        return self.gamma * (x - mean) / np.sqrt(var + self.eps) + self.beta

# %% wrong 3.05: momentum the wrong way round
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        if self.training:
            mean, var = x.mean(axis=0), x.var(axis=0)
            m = self.momentum
            self.running_mean = m * self.running_mean + (1 - m) * mean
            self.running_var = m * self.running_var + (1 - m) * x.var(axis=0, ddof=1)
        else:
            mean, var = self.running_mean, self.running_var
        return self.gamma * (x - mean) / np.sqrt(var + self.eps) + self.beta

# %% wrong 2.4: uses the batch's statistics at evaluation, too
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        mean, var = x.mean(axis=0), x.var(axis=0)
        m = self.momentum
        self.running_mean = (1 - m) * self.running_mean + m * mean
        self.running_var = (1 - m) * self.running_var + m * x.var(axis=0, ddof=1)
        return self.gamma * (x - mean) / np.sqrt(var + self.eps) + self.beta

# %% wrong 3.25: follows at evaluation as well; normalises rightly
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        m = self.momentum
        mean, var = self.running_mean, self.running_var
        if self.training:
            mean, var = x.mean(axis=0), x.var(axis=0)
        n = len(x)
        self.running_mean = (1 - m) * self.running_mean + m * x.mean(axis=0)
        self.running_var = (1 - m) * self.running_var + m * x.var(axis=0) * n / max(n - 1, 1)
        return self.gamma * (x - mean) / np.sqrt(var + self.eps) + self.beta

# %% wrong 2.7: never updates the running statistics
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        if self.training:
            mean, var = x.mean(axis=0), x.var(axis=0)
        else:
            mean, var = self.running_mean, self.running_var
        return self.gamma * (x - mean) / np.sqrt(var + self.eps) + self.beta

# %% wrong 3: uses the running statistics in training, too
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        if self.training:
            mean, var = x.mean(axis=0), x.var(axis=0)
            m = self.momentum
            self.running_mean = (1 - m) * self.running_mean + m * mean
            self.running_var = (1 - m) * self.running_var + m * x.var(axis=0, ddof=1)
            mean, var = self.running_mean, self.running_var
        else:
            mean, var = self.running_mean, self.running_var
        return self.gamma * (x - mean) / np.sqrt(var + self.eps) + self.beta

# %% wrong 2.7: keeps the last batch's statistics alone
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        if self.training:
            mean, var = x.mean(axis=0), x.var(axis=0)
            self.running_mean, self.running_var = mean, x.var(axis=0, ddof=1)
        else:
            mean, var = self.running_mean, self.running_var
        return self.gamma * (x - mean) / np.sqrt(var + self.eps) + self.beta

# %% wrong 3.75: the old running mean does not count
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        if self.training:
            mean, var = x.mean(axis=0), x.var(axis=0)
            m = self.momentum
            self.running_mean = m * mean
            self.running_var = (1 - m) * self.running_var + m * x.var(axis=0, ddof=1)
        else:
            mean, var = self.running_mean, self.running_var
        return self.gamma * (x - mean) / np.sqrt(var + self.eps) + self.beta

# %% wrong 3.65: momentum is always 0.1
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        if self.training:
            mean, var = x.mean(axis=0), x.var(axis=0)
            m = 0.1
            self.running_mean = (1 - m) * self.running_mean + m * mean
            self.running_var = (1 - m) * self.running_var + m * x.var(axis=0, ddof=1)
        else:
            mean, var = self.running_mean, self.running_var
        return self.gamma * (x - mean) / np.sqrt(var + self.eps) + self.beta

# %% wrong 3.25: eps is always 1e-5
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        if self.training:
            mean, var = x.mean(axis=0), x.var(axis=0)
            m = self.momentum
            self.running_mean = (1 - m) * self.running_mean + m * mean
            self.running_var = (1 - m) * self.running_var + m * x.var(axis=0, ddof=1)
        else:
            mean, var = self.running_mean, self.running_var
        return self.gamma * (x - mean) / np.sqrt(var + 1e-5) + self.beta

# %% wrong 3.6: gamma and beta in training only
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        if not self.training:
            return (x - self.running_mean) / np.sqrt(self.running_var + self.eps)
        mean, var = x.mean(axis=0), x.var(axis=0)
        m = self.momentum
        self.running_mean = (1 - m) * self.running_mean + m * mean
        self.running_var = (1 - m) * self.running_var + m * x.var(axis=0, ddof=1)
        return self.gamma * (x - mean) / np.sqrt(var + self.eps) + self.beta

# %% wrong 3.8: subtracts in place
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        if self.training:
            mean, var = x.mean(axis=0), x.var(axis=0)
            m = self.momentum
            self.running_mean = (1 - m) * self.running_mean + m * mean
            self.running_var = (1 - m) * self.running_var + m * x.var(axis=0, ddof=1)
        else:
            mean, var = self.running_mean, self.running_var
        x -= mean
        return self.gamma * x / np.sqrt(var + self.eps) + self.beta

# %% wrong 1.6: divides by the variance, not its root
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        if self.training:
            mean, var = x.mean(axis=0), x.var(axis=0)
            m = self.momentum
            self.running_mean = (1 - m) * self.running_mean + m * mean
            self.running_var = (1 - m) * self.running_var + m * x.var(axis=0, ddof=1)
        else:
            mean, var = self.running_mean, self.running_var
        return self.gamma * (x - mean) / (var + self.eps) + self.beta

# %% wrong 1.7: the running deviation instead of the variance
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        if self.training:
            mean, var = x.mean(axis=0), x.var(axis=0)
            m = self.momentum
            self.running_mean = (1 - m) * self.running_mean + m * mean
            self.running_var = (1 - m) * self.running_var + m * x.std(axis=0, ddof=1)
        else:
            mean, var = self.running_mean, self.running_var**2
        return self.gamma * (x - mean) / np.sqrt(var + self.eps) + self.beta

# %% wrong 3.2: batch of one at evaluation loses its axis
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        if self.training:
            mean, var = x.mean(axis=0), x.var(axis=0)
            m = self.momentum
            self.running_mean = (1 - m) * self.running_mean + m * mean
            self.running_var = (1 - m) * self.running_var + m * x.var(axis=0, ddof=1)
        else:
            mean, var = self.running_mean, self.running_var
        y = self.gamma * (x - mean) / np.sqrt(var + self.eps) + self.beta
        return y if len(y) > 1 else y[0]

# %% wrong 3.75: averages with equal weight since the start: a counter instead of momentum
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        self.seen = getattr(self, "seen", 0)
        mean, var = self.running_mean, self.running_var
        if self.training:
            self.seen += 1
            m = self.momentum if self.seen == 1 else 1 / (self.seen + 1)
            mean, var = x.mean(axis=0), x.var(axis=0)
            self.running_mean = (1 - m) * self.running_mean + m * mean
            self.running_var = (1 - m) * self.running_var + m * x.var(axis=0, ddof=1)
        return self.gamma * (x - mean) / np.sqrt(var + self.eps) + self.beta

# %% right: float32 throughout
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        x, f = np.asarray(x, np.float32), np.float32
        mean, var = np.asarray(self.running_mean, f), np.asarray(self.running_var, f)
        if self.training:
            n, m = len(x), f(self.momentum)
            new_mean, new_var = x.mean(axis=0), x.var(axis=0)
            self.running_mean = (1 - m) * mean + m * new_mean
            self.running_var = (1 - m) * var + m * new_var * f(n / (n - 1))
            mean, var = new_mean, new_var
        return np.asarray(self.gamma, f) * (x - mean) / np.sqrt(var + f(self.eps)) + np.asarray(self.beta, f)

# %% wrong 3: the new running statistics normalise the training batch
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        if self.training:
            m = self.momentum
            self.running_mean = (1 - m) * self.running_mean + m * x.mean(axis=0)
            self.running_var = (1 - m) * self.running_var + m * x.var(axis=0, ddof=1)
        return self.gamma * (x - self.running_mean) / np.sqrt(self.running_var + self.eps) + self.beta

# %% wrong 2: beta is forgotten in both modes
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        mean, var = self.running_mean, self.running_var
        if self.training:
            mean, var = x.mean(axis=0), x.var(axis=0)
            self.running_mean = 0.9 * self.running_mean + 0.1 * mean
            self.running_var = 0.9 * self.running_var + 0.1 * x.var(axis=0, ddof=1)
        return self.gamma * (x - mean) / np.sqrt(var + self.eps)

# %% wrong 3: the statistics of each sample, over its features
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, x):
        if not self.training:
            return self.gamma * (x - self.running_mean) / np.sqrt(self.running_var + self.eps) + self.beta
        mean, var = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
        self.running_mean = 0.9 * self.running_mean + 0.1 * x.mean(axis=0)
        self.running_var = 0.9 * self.running_var + 0.1 * x.var(axis=0, ddof=1)
        return self.gamma * (x - mean) / np.sqrt(var + self.eps) + self.beta


# %% wrong 3.6: running statistics also move at evaluation
class BatchNorm:
    def __init__(self, features, eps=1e-5, momentum=0.1):
        self.gamma, self.beta = np.ones(features), np.zeros(features)
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)
        self.eps, self.momentum = eps, momentum
        self.training = True
    def train(self):
        self.training = True
    def eval(self):
        self.training = False
    def forward(self, x):
        if self.training:
            m, v = x.mean(axis=0), x.var(axis=0)
        else:
            m, v = self.running_mean, self.running_var
        y = self.gamma * (x - m) / np.sqrt(v + self.eps) + self.beta
        if len(x) > 1:
            self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * x.mean(axis=0)
            self.running_var = (1 - self.momentum) * self.running_var + self.momentum * x.var(axis=0, ddof=1)
        return y
