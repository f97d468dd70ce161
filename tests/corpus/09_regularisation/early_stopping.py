# Property -> check
# best weights, a copy -> the lecture's curve: the best weights
# one loss after each step, patience -> the lecture's curve: the losses
# at most epochs -> no more epochs than asked for
# equal is not better -> an equal loss is not better
# count starts anew -> a better epoch starts the wait anew
# nan is not better, also at first -> nan is no improvement
# gradient at the current weights, lr -> down a valley; two weights
# start of whole numbers -> two weights, whole at the start, and a rate
# start left as it is -> the start is left as it was (nothing else)

# %% right: new arrays, so the best one stays what it was
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = best = np.array(start, float)
    lowest, waited, losses = np.inf, 0, []
    while len(losses) < epochs and waited < patience:
        w = w - lr * gradient(w)
        losses.append(val_loss(w))
        if losses[-1] < lowest:
            best, lowest, waited = w, losses[-1], 0
        else:
            waited += 1
    return best, losses

# %% right: in place, with copies and a break
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = start.astype(float)
    best, best_loss, best_epoch = w.copy(), float("inf"), 0
    losses = []
    for epoch in range(1, epochs + 1):
        w -= lr * gradient(w)
        loss = val_loss(w)
        losses.append(loss)
        if loss < best_loss:
            best, best_loss, best_epoch = w.copy(), loss, epoch
        if epoch - best_epoch >= patience:
            break
    return best, losses

# %% right: the whole path kept, the best looked up; nan counted as infinite
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    path, losses, known = [np.asarray(start, dtype=np.float64)], [], []
    for _ in range(epochs):
        path.append(path[-1] - lr * np.asarray(gradient(path[-1])))
        losses.append(float(val_loss(path[-1])))
        known.append(np.inf if np.isnan(losses[-1]) else losses[-1])
        if len(known) - 1 - int(np.argmin(known)) == patience:
            break
    return [path[1 + int(np.argmin(known))], np.array(losses)]

# %% right: a generator, weight after weight
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    def epochs_made():
        w = [float(value) for value in start]
        for _ in range(epochs):
            g = gradient(np.array(w))
            w = [w[i] - lr * g[i] for i in range(len(w))]
            yield np.array(w), val_loss(np.array(w))

    best, losses, left = None, [], patience
    for w, loss in epochs_made():
        better = not losses or any(not np.isnan(x) for x in losses) and loss < np.nanmin(losses)
        losses.append(loss)
        left = patience if better else left - 1
        best = w if better else best
        if left == 0:
            break
    return best, losses

# %% wrong 1.85: the last weights come back
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = np.array(start, float)
    lowest, waited, losses = np.inf, 0, []
    while len(losses) < epochs and waited < patience:
        w = w - lr * gradient(w)
        losses.append(val_loss(w))
        if losses[-1] < lowest:
            lowest, waited = losses[-1], 0
        else:
            waited += 1
    return w, losses

# %% wrong 1.85: no copy of the best, so it walks on with w
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = np.array(start, float)
    best, lowest, waited, losses = w, np.inf, 0, []
    while len(losses) < epochs and waited < patience:
        w -= lr * gradient(w)
        losses.append(val_loss(w))
        if losses[-1] < lowest:
            best, lowest, waited = w, losses[-1], 0
        else:
            waited += 1
    return best, losses

# %% wrong 1.7: one epoch too many: waits until patience is exceeded
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = best = np.array(start, float)
    lowest, waited, losses = np.inf, 0, []
    while len(losses) < epochs and waited <= patience:
        w = w - lr * gradient(w)
        losses.append(val_loss(w))
        if losses[-1] < lowest:
            best, lowest, waited = w, losses[-1], 0
        else:
            waited += 1
    return best, losses

# %% wrong 3.2: an equal loss counts as better
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = best = np.array(start, float)
    lowest, waited, losses = np.inf, 0, []
    while len(losses) < epochs and waited < patience:
        w = w - lr * gradient(w)
        losses.append(val_loss(w))
        if losses[-1] <= lowest:
            best, lowest, waited = w, losses[-1], 0
        else:
            waited += 1
    return best, losses

# %% wrong 2.9: the count is never set back
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = best = np.array(start, float)
    lowest, waited, losses = np.inf, 0, []
    while len(losses) < epochs and waited < patience:
        w = w - lr * gradient(w)
        losses.append(val_loss(w))
        if losses[-1] < lowest:
            best, lowest = w, losses[-1]
        else:
            waited += 1
    return best, losses

# %% wrong 3.15: compares with the epoch before
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = best = np.array(start, float)
    last, waited, losses = np.inf, 0, []
    while len(losses) < epochs and waited < patience:
        w = w - lr * gradient(w)
        losses.append(val_loss(w))
        if losses[-1] < last:
            best, waited = w, 0
        else:
            waited += 1
        last = losses[-1]
    return best, losses

# %% wrong 3.8: asks whether it got worse, so nan is the best
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = best = np.array(start, float)
    lowest, waited, losses = np.inf, 0, []
    while len(losses) < epochs and waited < patience:
        w = w - lr * gradient(w)
        losses.append(val_loss(w))
        if losses[-1] >= lowest:
            waited += 1
        else:
            best, lowest, waited = w, losses[-1], 0
    return best, losses

# %% wrong 2.9: the number of epochs is not looked at
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = best = np.array(start, float)
    lowest, waited, losses = np.inf, 0, []
    while waited < patience:
        w = w - lr * gradient(w)
        losses.append(val_loss(w))
        if losses[-1] < lowest:
            best, lowest, waited = w, losses[-1], 0
        else:
            waited += 1
        if len(losses) > 200:
            break
    return best, losses

# %% wrong 0.9: the loss before the step, so the start is measured, the last weights are not
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = best = np.array(start, float)
    lowest, waited, losses = np.inf, 0, []
    while len(losses) < epochs and waited < patience:
        losses.append(val_loss(w))
        if losses[-1] < lowest:
            best, lowest, waited = w, losses[-1], 0
        else:
            waited += 1
        w = w - lr * gradient(w)
    return best, losses

# %% wrong 3.2: the best epoch is the one patience before the end (a run to the last epoch has none)
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    path, losses, lowest, waited = [], [], np.inf, 0
    w = np.array(start, float)
    while len(losses) < epochs and waited < patience:
        w = w - lr * gradient(w)
        path.append(w)
        losses.append(val_loss(w))
        waited = 0 if losses[-1] < lowest else waited + 1
        lowest = min(losses)
    return path[max(0, len(path) - 1 - patience)], losses

# %% wrong 3.65: an array of the start's dtype, whole numbers stay whole
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = start.copy()
    best, lowest, waited, losses = w.copy(), np.inf, 0, []
    while len(losses) < epochs and waited < patience:
        w -= lr * gradient(w)
        losses.append(val_loss(w))
        if losses[-1] < lowest:
            best, lowest, waited = w.copy(), losses[-1], 0
        else:
            waited += 1
    return best, losses

# %% wrong 3.8: walks on the caller's start if it holds floats
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = np.asarray(start, dtype=float)
    best, lowest, waited, losses = w.copy(), np.inf, 0, []
    while len(losses) < epochs and waited < patience:
        w -= lr * gradient(w)
        losses.append(val_loss(w))
        if losses[-1] < lowest:
            best, lowest, waited = w.copy(), losses[-1], 0
        else:
            waited += 1
    return best, losses

# %% wrong 2.75: the rate is left out (1 in most of the checks)
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = best = np.array(start, float)
    lowest, waited, losses = np.inf, 0, []
    while len(losses) < epochs and waited < patience:
        w = w - gradient(w)
        losses.append(val_loss(w))
        if losses[-1] < lowest:
            best, lowest, waited = w, losses[-1], 0
        else:
            waited += 1
    return best, losses

# %% wrong 0: only the weights come back
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = best = np.array(start, float)
    lowest, waited = np.inf, 0
    for _ in range(epochs):
        w = w - lr * gradient(w)
        loss = val_loss(w)
        if loss < lowest:
            best, lowest, waited = w, loss, 0
        else:
            waited += 1
            if waited == patience:
                break
    return best

# %% right: for, else, a NumPy list of losses made plain
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w, history, best = start * 1.0, [], (np.inf, None)
    since = 0
    for _ in range(epochs):
        w = w - lr * gradient(w)
        history.append(float(val_loss(w)))
        since += 1
        if history[-1] < best[0]:
            best, since = (history[-1], w.copy()), 0
        if since == patience:
            break
    return best[1], history

# %% wrong 2.75: the gradient at the start for ever
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w, g = np.array(start, float), gradient(np.array(start, float))
    best, lowest, waited, losses = w, np.inf, 0, []
    while len(losses) < epochs and waited < patience:
        w = w - lr * g
        losses.append(val_loss(w))
        if losses[-1] < lowest:
            best, lowest, waited = w, losses[-1], 0
        else:
            waited += 1
    return best, losses

# %% wrong 3.8: begins with the loss of the first epoch, which may be nan
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = np.array(start, float) - lr * gradient(np.array(start, float))
    losses, best, waited = [val_loss(w)], w, 0
    lowest = losses[0]
    while len(losses) < epochs and waited < patience:
        w = w - lr * gradient(w)
        losses.append(val_loss(w))
        if losses[-1] < lowest:
            best, lowest, waited = w, losses[-1], 0
        else:
            waited += 1
    return best, losses

# %% wrong 1.7: never stops early
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = best = np.array(start, float)
    lowest, losses = np.inf, []
    for _ in range(epochs):
        w = w - lr * gradient(w)
        losses.append(val_loss(w))
        if losses[-1] < lowest:
            best, lowest = w, losses[-1]
    return best, losses

# %% wrong 1.6: goes up
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = best = np.array(start, float)
    lowest, waited, losses = np.inf, 0, []
    while len(losses) < epochs and waited < patience:
        w = w + lr * gradient(w)
        losses.append(val_loss(w))
        if losses[-1] < lowest:
            best, lowest, waited = w, losses[-1], 0
        else:
            waited += 1
    return best, losses

# %% wrong 2.35: losses first, then the weights
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = best = np.array(start, float)
    lowest, waited, losses = np.inf, 0, []
    while len(losses) < epochs and waited < patience:
        w = w - lr * gradient(w)
        losses.append(val_loss(w))
        if losses[-1] < lowest:
            best, lowest, waited = w, losses[-1], 0
        else:
            waited += 1
    return losses, best


# %% wrong 1.85: the best is a reference to w, changed in place
def early_stopping(gradient, val_loss, start, lr, patience, epochs):
    w = np.array(start, float)
    best, waited, losses, kept = np.inf, 0, [], w
    for _ in range(epochs):
        w -= lr * gradient(w)
        losses.append(val_loss(w))
        if losses[-1] < best:
            best, waited, kept = losses[-1], 0, w
        else:
            waited += 1
            if waited == patience:
                break
    return kept, losses
