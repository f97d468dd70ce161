# Pictures may stand in either place, or alone, where only they are looked at, but for two checks.
# Property -> check
# upwards                                      -> one step; of five scores the one asked for rises most
# rate times both terms, decay taken away      -> two steps; the pull, from a picture that is not empty
# scores before each step, (steps, N)          -> the scores of the worked example; of three pictures
# decay 0, nothing clipped or divided          -> no pull at all
# a new gradient in each step, y for each      -> a network with a ReLU, no pull
# the score, before the softmax                -> one step; the scores
# pictures and weights stay                    -> pictures and weights are left as they were

# %% right: a copy, changed in place
def ascend(model, x, y, steps, rate, decay):
    x = np.array(x, dtype=float)
    history = np.zeros((steps, len(x)))
    for t in range(steps):
        s = model(x)
        history[t] = [s[n, y[n]] for n in range(len(x))]
        g = model.backward(np.eye(s.shape[1])[y])
        x += rate * g
        x -= rate * decay * (x - rate * g)
    return x, history

# %% right: one picture after the other
def ascend(model, x, y, steps, rate, decay):
    pictures, all_scores = [], []
    for n in range(len(x)):
        one, scores = x[n : n + 1], []
        for _ in range(steps):
            s = model.forward(one)
            up = np.zeros(s.shape)
            up[0, y[n]] = 1
            scores.append(s[0, y[n]])
            one = (1 - rate * decay) * one + rate * model.backward(up)
        pictures.append(one[0])
        all_scores.append(scores)
    return np.array(pictures), np.transpose(all_scores)

# %% right: recursion, a list of lists
def ascend(model, x, y, steps, rate, decay):
    if steps == 0:
        return x.copy(), []
    s = model(x)
    wanted = (np.arange(s.shape[1]) == np.asarray(y)[:, np.newaxis]) * 1.0
    pull = model.backward(wanted) - decay * x
    last, more = ascend(model, x + rate * pull, y, steps - 1, rate, decay)
    return last, [(s * wanted).sum(axis=1).tolist()] + more

# %% right: float32 throughout
def ascend(model, x, y, steps, rate, decay):
    x, seen = x.astype(np.float32), []
    for _ in range(steps):
        s = model(x)
        seen.append(np.take_along_axis(s, np.asarray(y)[:, None], 1)[:, 0])
        x = (x + rate * (model.backward(np.eye(s.shape[1])[y]) - decay * x)).astype(np.float32)
    return x, np.stack(seen)

# %% wrong 3: the pull is added
def ascend(model, x, y, steps, rate, decay):
    history, rows = [], np.arange(len(x))
    for _ in range(steps):
        s = model(x)
        history.append(s[rows, y])
        x = x + rate * (model.backward(np.eye(s.shape[1])[y]) + decay * x)
    return x, np.array(history)

# %% wrong 3: the pull is not multiplied by the rate
def ascend(model, x, y, steps, rate, decay):
    history, rows = [], np.arange(len(x))
    for _ in range(steps):
        s = model(x)
        history.append(s[rows, y])
        x = x + rate * model.backward(np.eye(s.shape[1])[y]) - decay * x
    return x, np.array(history)

# %% wrong 3: no pull
def ascend(model, x, y, steps, rate, decay):
    history, rows = [], np.arange(len(x))
    for _ in range(steps):
        s = model(x)
        history.append(s[rows, y])
        x = x + rate * model.backward(np.eye(s.shape[1])[y])
    return x, np.array(history)

# %% wrong 1.25: downwards
def ascend(model, x, y, steps, rate, decay):
    history, rows = [], np.arange(len(x))
    for _ in range(steps):
        s = model(x)
        history.append(s[rows, y])
        x = x - rate * (model.backward(np.eye(s.shape[1])[y]) + decay * x)
    return x, np.array(history)

# %% wrong 2.75: the gradient of the start, for all steps
def ascend(model, x, y, steps, rate, decay):
    history, rows = [], np.arange(len(x))
    s = model(x)
    gradient = model.backward(np.eye(s.shape[1])[y])
    for _ in range(steps):
        history.append(model(x)[rows, y])
        x = x + rate * (gradient - decay * x)
    return x, np.array(history)

# %% wrong 3.25: the scores after the step
def ascend(model, x, y, steps, rate, decay):
    history, rows = [], np.arange(len(x))
    for _ in range(steps):
        s = model(x)
        x = x + rate * (model.backward(np.eye(s.shape[1])[y]) - decay * x)
        history.append(model(x)[rows, y])
    return x, np.array(history)

# %% wrong 1.8: the gradient is divided by its size
def ascend(model, x, y, steps, rate, decay):
    history, rows = [], np.arange(len(x))
    for _ in range(steps):
        s = model(x)
        history.append(s[rows, y])
        g = model.backward(np.eye(s.shape[1])[y])
        g = g / np.sqrt((g**2).mean())
        x = x + rate * (g - decay * x)
    return x, np.array(history)

# %% wrong 2: clipped to 0 and 1
def ascend(model, x, y, steps, rate, decay):
    history, rows = [], np.arange(len(x))
    for _ in range(steps):
        s = model(x)
        history.append(s[rows, y])
        x = np.clip(x + rate * (model.backward(np.eye(s.shape[1])[y]) - decay * x), 0, 1)
    return x, np.array(history)

# %% wrong 1.8: the probability is raised and noted
def ascend(model, x, y, steps, rate, decay):
    history, rows = [], np.arange(len(x))
    for _ in range(steps):
        s = model(x)
        history.append(nn.softmax(s)[rows, y])
        g = model.backward(nn.softmax_backward(np.eye(s.shape[1])[y], s))
        x = x + rate * (g - decay * x)
    return x, np.array(history)

# %% wrong 2: the first label for all
def ascend(model, x, y, steps, rate, decay):
    history, rows = [], np.arange(len(x))
    for _ in range(steps):
        s = model(x)
        history.append(s[rows, y[0]])
        x = x + rate * (model.backward(np.eye(s.shape[1])[y * 0 + y[0]]) - decay * x)
    return x, np.array(history)

# %% wrong 3.75: the caller's picture climbs
def ascend(model, x, y, steps, rate, decay):
    history, rows = [], np.arange(len(x))
    for _ in range(steps):
        s = model(x)
        history.append(s[rows, y])
        x += rate * (model.backward(np.eye(s.shape[1])[y]) - decay * x)
    return x, np.array(history)

# %% wrong 2.25: the scores first, then the pictures
def ascend(model, x, y, steps, rate, decay):
    history, rows = [], np.arange(len(x))
    for _ in range(steps):
        s = model(x)
        history.append(s[rows, y])
        x = x + rate * (model.backward(np.eye(s.shape[1])[y]) - decay * x)
    return np.array(history), x

# %% wrong 1: sign of the gradient
def ascend(model, x, y, steps, rate, decay):
    """Pictures that raise their scores y (N,), from x (N, C, H, W); and the scores (steps, N)."""
    rows, history = np.arange(len(x)), []
    for _ in range(steps):
        scores = model(x)
        grad = np.zeros_like(scores)
        grad[rows, y] = 1
        history.append(scores[rows, y])
        x = x + rate * (np.sign(model.backward(grad)) - decay * x)
    return x, np.array(history)
