# Property -> check
# highest score, with b -> the worked example; the bias speaks on blank paper
# classes from 0 -> the worked example; neighbouring classes, if counted from 1
# more axes -> pictures with three axes each
# any N -> a single picture
# no exp -> scores of thousands
# inputs stay, their shape too -> the inputs are left as they were

# Answers to "predict": visible 1.25 (example 0.25, neighbours 0.25, blank paper 0.25, pictures 0.5), hidden: single
# picture, thousands, inputs, 0.25 each.

# %% right: rows by way of the size of a picture
def predict(X, W, b):
    rows = np.reshape(X, (X.shape[0], W.shape[0]))
    return np.argmax(rows @ W + b, axis=-1)

# %% right: picture by picture, a list of numbers
def predict(X, W, b):
    answers = []
    for picture in X:
        pixels = picture.ravel()
        scores = [float(pixels @ W[:, k] + b[k]) for k in range(len(b))]
        answers.append(scores.index(max(scores)))
    return answers

# %% right: einsum, and softmax, which keeps the order
def predict(X, W, b):
    Z = np.einsum("nd,dk->nk", X.reshape(X.shape[0], -1).astype(float), W) + b[np.newaxis]
    return softmax(Z).argmax(1)

# %% right: plain loops over the pixels
def predict(X, W, b):
    answers = np.zeros(len(X))
    for n in range(len(X)):
        best = -float("inf")
        for k in range(W.shape[1]):
            score = b[k]
            for d, pixel in enumerate(X[n].flatten()):
                score = score + pixel * W[d, k]
            if score > best:
                best = score
                answers[n] = k
    return answers

# %% wrong 1.4: no bias
def predict(X, W, b):
    return (X.reshape(len(X), -1) @ W).argmax(axis=1)

# %% wrong 0.75: argmax over the pictures instead of the classes
def predict(X, W, b):
    return (X.reshape(len(X), -1) @ W + b).argmax(axis=0)

# %% wrong 0.75: argmax over all scores: one number
def predict(X, W, b):
    return (X.reshape(len(X), -1) @ W + b).argmax()

# %% wrong 0.75: the highest score instead of its class
def predict(X, W, b):
    return (X.reshape(len(X), -1) @ W + b).max(axis=1)

# %% wrong 0.75: the scores themselves
def predict(X, W, b):
    return X.reshape(len(X), -1) @ W + b

# %% wrong 0.75: the lowest score
def predict(X, W, b):
    return (X.reshape(len(X), -1) @ W + b).argmin(axis=1)

# %% wrong 1.35: rows only
def predict(X, W, b):
    return (X @ W + b).argmax(axis=1)

# %% wrong 0.55: the pictures lie in columns after the reshape
def predict(X, W, b):
    return (X.reshape(-1, len(X)).T @ W + b).argmax(axis=1)

# %% wrong 1.8: squeezes, so the answer for a single picture has no axis
def predict(X, W, b):
    return np.squeeze((X.reshape(len(X), -1) @ W + b).argmax(axis=1))

# %% wrong 1.8: a softmax without its maximum subtracted
def predict(X, W, b):
    e = np.exp(X.reshape(len(X), -1) @ W + b)
    return (e / e.sum(axis=1, keepdims=True)).argmax(axis=1)

# %% wrong 1.65: brings the pixels into 0 to 1, in place
def predict(X, W, b):
    if X.max() > 1:
        X /= X.max()
    return (X.reshape(len(X), -1) @ W + b).argmax(axis=1)

# %% wrong 0.95: counts classes from 1
def predict(X, W, b):
    return (X.reshape(len(X), -1) @ W + b).argmax(axis=1) + 1


# %% wrong 1.85: gives the caller's pictures another shape
def predict(X, W, b):
    X.shape = (len(X), -1)
    return (X @ W + b).argmax(axis=1)


# %% wrong 1: only the first three classes
def predict(X, W, b):
    return (X.reshape(len(X), -1) @ W + b)[:, :3].argmax(axis=1)
