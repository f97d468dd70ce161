# Property -> check
# learns, predicts -> it learns AND; three features
# mistakes, stop at 0 -> mistakes of each epoch
# self.w, self.b -> weights and bias after fit
# eta -> the learning rate is used
# any N and D -> one sample of one feature
# epochs -> XOR: fit stops after the epochs asked for (last: who hangs loses this one alone)
# inputs stay -> samples and labels are left as they were

# Answers to "Perceptron": visible 1.25 (predictions 0.5, mistakes 0.5, weights 0.25),
# hidden: XOR 0.5, three features 0.5, learning rate 0.25, one sample 0.25, inputs 0.25.

# %% right: the rule in the loop
class Perceptron:
    def __init__(self, in_features):
        self.w = np.zeros(in_features)
        self.b = 0.0

    def predict(self, X):
        return (X @ self.w + self.b > 0).astype(int)

    def fit(self, X, y, epochs=100, eta=1.0):
        mistakes = []
        for _ in range(epochs):
            wrong = 0
            for i in range(len(X)):
                error = y[i] - (1 if X[i] @ self.w + self.b > 0 else 0)
                if error != 0:
                    self.w = self.w + eta * error * X[i]
                    self.b = self.b + eta * error
                    wrong += 1
            mistakes.append(wrong)
            if wrong == 0:
                break
        return mistakes

# %% right: helper methods, a while loop, an array of mistakes
class Perceptron:
    def __init__(self, n):
        self.w, self.b = np.zeros(n), 0

    def _decide(self, x):
        return int(np.dot(x, self.w) + self.b > 0)

    def predict(self, X):
        return [self._decide(x) for x in X]

    def _epoch(self, X, y, eta):
        wrong = 0
        for x, label in zip(X, y):
            error = label - self._decide(x)
            self.w = self.w + eta * error * np.asarray(x, float)
            self.b += eta * error
            wrong += abs(error)
        return wrong

    def fit(self, X, y, epochs=100, eta=1.0):
        mistakes = []
        while len(mistakes) < epochs and (not mistakes or mistakes[-1] > 0):
            mistakes.append(self._epoch(X, y, eta))
        return np.array(mistakes)

# %% right: a column of ones for the bias, weights in place in its own array
class Perceptron:
    def __init__(self, in_features):
        self.all = np.zeros(in_features + 1)

    @property
    def w(self):
        return self.all[:-1]

    @property
    def b(self):
        return self.all[-1]

    def predict(self, X):
        return np.where(np.einsum("nd,d->n", self._ones(X), self.all) > 0, 1, 0)

    def _ones(self, X):
        return np.hstack([X, np.ones((X.shape[0], 1))])

    def fit(self, X, y, epochs=100, eta=1.0):
        counts = []
        for epoch in range(epochs):
            counts.append(0)
            for row, target in zip(self._ones(X), y):
                decision = float(row.dot(self.all) > 0)
                if decision != target:
                    self.all += eta * (target - decision) * row
                    counts[-1] += 1
            if not counts[-1]:
                return counts
        return counts

# %% right: labels -1 and 1 on a copy, an array of one number as bias
class Perceptron:
    def __init__(self, in_features):
        self.w = np.zeros(in_features, dtype=np.float32)
        self.b = 0.0

    def predict(self, X):
        out = np.zeros(len(X))
        for n in range(len(X)):
            if np.sum(self.w * X[n]) + self.b > 0:
                out[n] = 1
        return out

    def fit(self, X, y, epochs=100, eta=1.0):
        signs = 2 * np.array(y) - 1
        history = []
        for _ in range(epochs):
            errors = 0
            for x, s in zip(X, signs):
                z = np.sum(self.w * x) + self.b
                wrong = (z <= 0) if s == 1 else (z > 0)
                if wrong:
                    self.w = self.w + eta * s * x
                    self.b = self.b + eta * s
                    errors += 1
            history.append(errors)
            if errors == 0:
                break
        return history

# %% wrong 1.85: updates once per epoch, for all samples together
class Perceptron:
    def __init__(self, in_features):
        self.w = np.zeros(in_features)
        self.b = 0.0

    def predict(self, X):
        return (X @ self.w + self.b > 0).astype(int)

    def fit(self, X, y, epochs=100, eta=1.0):
        mistakes = []
        for _ in range(epochs):
            error = y - self.predict(X)
            self.w = self.w + eta * error @ X
            self.b = self.b + eta * error.sum()
            mistakes.append(int(np.abs(error).sum()))
            if mistakes[-1] == 0:
                break
        return mistakes

# %% wrong 2.4: goes on after an epoch without a mistake
class Perceptron:
    def __init__(self, in_features):
        self.w = np.zeros(in_features)
        self.b = 0.0

    def predict(self, X):
        return (X @ self.w + self.b > 0).astype(int)

    def fit(self, X, y, epochs=100, eta=1.0):
        mistakes = []
        for _ in range(epochs):
            mistakes.append(0)
            for x, label in zip(X, y):
                error = label - int(x @ self.w + self.b > 0)
                self.w = self.w + eta * error * x
                self.b = self.b + eta * error
                mistakes[-1] += int(error != 0)
        return mistakes

# %% wrong 2.4: goes on until there is no mistake, whatever epochs says (a limit of its own)
class Perceptron:
    def __init__(self, in_features):
        self.w = np.zeros(in_features)
        self.b = 0.0

    def predict(self, X):
        return (X @ self.w + self.b > 0).astype(int)

    def fit(self, X, y, epochs=100, eta=1.0):
        mistakes = [-1]
        while mistakes[-1] != 0 and len(mistakes) < 500:
            mistakes.append(0)
            for x, label in zip(X, y):
                error = label - int(x @ self.w + self.b > 0)
                self.w = self.w + eta * error * x
                self.b = self.b + eta * error
                mistakes[-1] += int(error != 0)
        return mistakes[1:]

# %% wrong 2.4: the learning rate is not used
class Perceptron:
    def __init__(self, in_features):
        self.w = np.zeros(in_features)
        self.b = 0.0

    def predict(self, X):
        return (X @ self.w + self.b > 0).astype(int)

    def fit(self, X, y, epochs=100, eta=1.0):
        mistakes = []
        for _ in range(epochs):
            mistakes.append(0)
            for x, label in zip(X, y):
                error = label - int(x @ self.w + self.b > 0)
                self.w = self.w + error * x
                self.b = self.b + error
                mistakes[-1] += int(error != 0)
            if mistakes[-1] == 0:
                break
        return mistakes

# %% wrong 1.2: the bias stays zero
class Perceptron:
    def __init__(self, in_features):
        self.w = np.zeros(in_features)
        self.b = 0.0

    def predict(self, X):
        return (X @ self.w + self.b > 0).astype(int)

    def fit(self, X, y, epochs=100, eta=1.0):
        mistakes = []
        for _ in range(epochs):
            mistakes.append(0)
            for x, label in zip(X, y):
                error = label - int(x @ self.w + self.b > 0)
                self.w = self.w + eta * error * x
                mistakes[-1] += int(error != 0)
            if mistakes[-1] == 0:
                break
        return mistakes

# %% wrong 2.5: predict and fit know two features only
class Perceptron:
    def __init__(self, in_features):
        self.w = np.zeros(2)
        self.b = 0.0

    def predict(self, X):
        return (X[:, 0] * self.w[0] + X[:, -1] * self.w[1] + self.b > 0).astype(int)

    def fit(self, X, y, epochs=100, eta=1.0):
        mistakes = []
        for _ in range(epochs):
            mistakes.append(0)
            for x, label in zip(X[:, [0, -1]], y):
                error = label - int(x @ self.w + self.b > 0)
                self.w = self.w + eta * error * x
                self.b = self.b + eta * error
                mistakes[-1] += int(error != 0)
            if mistakes[-1] == 0:
                break
        return mistakes

# %% wrong 2.9: a batch of one loses its axis in predict
class Perceptron:
    def __init__(self, in_features):
        self.w = np.zeros(in_features)
        self.b = 0.0

    def predict(self, X):
        return (X @ self.w + self.b > 0).squeeze().astype(int)

    def fit(self, X, y, epochs=100, eta=1.0):
        mistakes = []
        for _ in range(epochs):
            mistakes.append(0)
            for x, label in zip(X, y):
                error = label - int(x @ self.w + self.b > 0)
                self.w = self.w + eta * error * x
                self.b = self.b + eta * error
                mistakes[-1] += int(error != 0)
            if mistakes[-1] == 0:
                break
        return mistakes

# %% wrong 2.85: turns the caller's labels into -1 and 1
class Perceptron:
    def __init__(self, in_features):
        self.w = np.zeros(in_features)
        self.b = 0.0

    def predict(self, X):
        return (X @ self.w + self.b > 0).astype(int)

    def fit(self, X, y, epochs=100, eta=1.0):
        y[y == 0] = -1
        mistakes = []
        for _ in range(epochs):
            mistakes.append(0)
            for x, label in zip(X, y):
                decision = 1 if x @ self.w + self.b > 0 else -1
                if decision != label:
                    self.w = self.w + eta * label * x
                    self.b = self.b + eta * label
                    mistakes[-1] += 1
            if mistakes[-1] == 0:
                break
        return mistakes

# %% wrong 2.4: learns, but returns no mistakes
class Perceptron:
    def __init__(self, in_features):
        self.w = np.zeros(in_features)
        self.b = 0.0

    def predict(self, X):
        return (X @ self.w + self.b > 0).astype(int)

    def fit(self, X, y, epochs=100, eta=1.0):
        for _ in range(epochs):
            wrong = 0
            for x, label in zip(X, y):
                error = label - int(x @ self.w + self.b > 0)
                self.w = self.w + eta * error * x
                self.b = self.b + eta * error
                wrong += int(error != 0)
            if wrong == 0:
                break

# %% wrong 1.45: one epoch only, because the return stands in the loop
class Perceptron:
    def __init__(self, in_features):
        self.w = np.zeros(in_features)
        self.b = 0.0

    def predict(self, X):
        return (X @ self.w + self.b > 0).astype(int)

    def fit(self, X, y, epochs=100, eta=1.0):
        mistakes = []
        for _ in range(epochs):
            mistakes.append(0)
            for x, label in zip(X, y):
                error = label - int(x @ self.w + self.b > 0)
                self.w = self.w + eta * error * x
                self.b = self.b + eta * error
                mistakes[-1] += int(error != 0)
            return mistakes

# %% wrong 1.5: fit is right, predict is not done yet
class Perceptron:
    def __init__(self, in_features):
        self.w = np.zeros(in_features)
        self.b = 0.0

    def predict(self, X):
        raise NotImplementedError("write your answer here")

    def fit(self, X, y, epochs=100, eta=1.0):
        mistakes = []
        for _ in range(epochs):
            mistakes.append(0)
            for x, label in zip(X, y):
                error = label - int(x @ self.w + self.b > 0)
                self.w = self.w + eta * error * x
                self.b = self.b + eta * error
                mistakes[-1] += int(error != 0)
            if mistakes[-1] == 0:
                break
        return mistakes

# %% wrong 0.65: forgets self, so the weights are lost after fit
class Perceptron:
    def __init__(self, in_features):
        w = np.zeros(in_features)
        b = 0.0

    def predict(self, X):
        return (X @ self.w + self.b > 0).astype(int)

    def fit(self, X, y, epochs=100, eta=1.0):
        mistakes = []
        for _ in range(epochs):
            mistakes.append(0)
            for x, label in zip(X, y):
                error = label - int(x @ self.w + self.b > 0)
                self.w = self.w + eta * error * x
                self.b = self.b + eta * error
                mistakes[-1] += int(error != 0)
            if mistakes[-1] == 0:
                break
        return mistakes


# %% wrong 1.85: a generator shuffles the samples of each epoch
class Perceptron:
    def __init__(self, in_features):
        self.w = np.zeros(in_features)
        self.b = 0.0
    def predict(self, X):
        return (X @ self.w + self.b > 0).astype(int)
    def fit(self, X, y, epochs=100, eta=1.0):
        out, rng = [], np.random.default_rng(0)
        for _ in range(epochs):
            n = 0
            for i in rng.permutation(len(X)):
                e = y[i] - int(X[i] @ self.w + self.b > 0)
                self.w = self.w + eta * e * X[i]
                self.b += eta * e
                n += int(e != 0)
            out.append(n)
            if n == 0:
                break
        return out
