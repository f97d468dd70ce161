# The picture may stand in either place, or alone, where only it is looked at.
# Property -> check
# the loss of target falls                     -> one step towards the target
# stops as soon as the target is the answer    -> the worked example, the picture
# the number of steps                          -> the worked example, the number of steps
# looks before the first step                  -> the answer is the target already
# limit, around the given picture              -> a limit that is too small; many steps
# kept from 0 to 1                             -> kept from 0 to 1
# most                                         -> a limit that is too small
# a new gradient in each step                  -> towards one of three answers; digits become others
# picture stays                                -> the picture is left as it was

# %% right: while, low and high made once
def fool(model, x, target, step, limit, most):
    low, high = np.maximum(x - limit, 0), np.minimum(x + limit, 1)
    now, count = x.copy(), 0
    while count < most and np.argmax(model(now)) != target:
        p = nn.softmax(model(now))
        p[0, target] -= 1
        now = np.minimum(np.maximum(now - step * np.sign(model.backward(p)), low), high)
        count += 1
    return now, count

# %% right: keeps the change, not the picture
def fool(model, x, target, step, limit, most):
    change = np.zeros_like(x)
    for count in range(most + 1):
        scores = model.forward(x + change)
        if count == most or int(scores[0].argmax()) == target:
            break
        g = model.backward(nn.cross_entropy_backward(scores, np.array([target])))
        change = np.clip(change - step * np.sign(g), -limit, limit)
        change = np.clip(x + change, 0, 1) - x
    return x + change, count

# %% right: recursion
def fool(model, x, target, step, limit, most, start=None):
    start = x if start is None else start
    scores = model(x)
    if most == 0 or scores[0].tolist().index(max(scores[0])) == target:
        return x.copy(), 0
    g = model.backward(nn.cross_entropy_backward(scores, np.array([target])))
    moved = np.clip(np.clip(x - step * np.sign(g), start - limit, start + limit), 0, 1)
    found, steps = fool(model, moved, target, step, limit, most - 1, start)
    return found, steps + 1

# %% wrong 1.5: away from the target
def fool(model, x, target, step, limit, most):
    found = x
    for taken in range(most):
        s = model(found)
        if s.argmax() == target:
            return found, taken
        g = model.backward(nn.cross_entropy_backward(s, np.array([target])))
        found = np.clip(np.clip(found + step * np.sign(g), x - limit, x + limit), 0, 1)
    return found, most

# %% wrong 3.75: no look before the first step
def fool(model, x, target, step, limit, most):
    found = x
    for taken in range(1, most + 1):
        g = model.backward(nn.cross_entropy_backward(model(found), np.array([target])))
        found = np.clip(np.clip(found - step * np.sign(g), x - limit, x + limit), 0, 1)
        if model(found).argmax() == target:
            break
    return found, taken

# %% wrong 2.75: no limit
def fool(model, x, target, step, limit, most):
    found = x
    for taken in range(most):
        s = model(found)
        if s.argmax() == target:
            return found, taken
        g = model.backward(nn.cross_entropy_backward(s, np.array([target])))
        found = np.clip(found - step * np.sign(g), 0, 1)
    return found, most

# %% wrong 2.75: the limit of each step alone
def fool(model, x, target, step, limit, most):
    found = x
    for taken in range(most):
        s = model(found)
        if s.argmax() == target:
            return found, taken
        g = model.backward(nn.cross_entropy_backward(s, np.array([target])))
        moved = np.clip(found - step * np.sign(g), found - limit, found + limit)
        found = np.clip(moved, 0, 1)
    return found, most

# %% wrong 4.5: not kept from 0 to 1
def fool(model, x, target, step, limit, most):
    found = x
    for taken in range(most):
        s = model(found)
        if s.argmax() == target:
            return found, taken
        g = model.backward(nn.cross_entropy_backward(s, np.array([target])))
        found = np.clip(found - step * np.sign(g), x - limit, x + limit)
    return found, most

# %% wrong 2.5: never stops before most
def fool(model, x, target, step, limit, most):
    found = x
    for _ in range(most):
        g = model.backward(nn.cross_entropy_backward(model(found), np.array([target])))
        found = np.clip(np.clip(found - step * np.sign(g), x - limit, x + limit), 0, 1)
    return found, most

# %% wrong 3.75: counts the looks
def fool(model, x, target, step, limit, most):
    found = x
    for looks in range(1, most + 1):
        s = model(found)
        if s.argmax() == target:
            return found, looks
        g = model.backward(nn.cross_entropy_backward(s, np.array([target])))
        found = np.clip(np.clip(found - step * np.sign(g), x - limit, x + limit), 0, 1)
    return found, most

# %% wrong 3.25: the gradient of the start, for all steps
def fool(model, x, target, step, limit, most):
    found = x
    signs = np.sign(model.backward(nn.cross_entropy_backward(model(x), np.array([target]))))
    for taken in range(most):
        if model(found).argmax() == target:
            return found, taken
        found = np.clip(np.clip(found - step * signs, x - limit, x + limit), 0, 1)
    return found, most

# %% wrong 3.25: away from the first answer, wherever that leads
def fool(model, x, target, step, limit, most):
    found, first = x, model(x).argmax()
    for taken in range(most):
        s = model(found)
        if s.argmax() == target:
            return found, taken
        g = model.backward(nn.cross_entropy_backward(s, np.array([first])))
        found = np.clip(np.clip(found + step * np.sign(g), x - limit, x + limit), 0, 1)
    return found, most

# %% wrong 4.75: the caller's picture
def fool(model, x, target, step, limit, most):
    start = x.copy()
    for taken in range(most):
        s = model(x)
        if s.argmax() == target:
            return x, taken
        g = model.backward(nn.cross_entropy_backward(s, np.array([target])))
        x -= step * np.sign(g)
        np.clip(x, start - limit, start + limit, out=x)
        np.clip(x, 0, 1, out=x)
    return x, most

# %% wrong 0: nothing is done
def fool(model, x, target, step, limit, most):
    return x, 0

# %% wrong 4: the picture alone comes back
def fool(model, x, target, step, limit, most):
    found = x
    for _ in range(most):
        s = model(found)
        if s.argmax() == target:
            break
        g = model.backward(nn.cross_entropy_backward(s, np.array([target])))
        found = np.clip(np.clip(found - step * np.sign(g), x - limit, x + limit), 0, 1)
    return found


# %% wrong 3.75: first step always taken
def fool(model, x, target, step, limit, most):
    now, taken = x.copy(), 0
    while True:
        s = model(now)
        g = model.backward(nn.cross_entropy_backward(s, np.array([target])))
        now = np.clip(np.clip(now - step * np.sign(g), x - limit, x + limit), 0, 1)
        taken += 1
        if model(now)[0].argmax() == target or taken == most:
            return now, taken

# %% wrong 4: swapped
def fool(model, x, target, step, limit, most):
    """x (1, C, H, W), changed by at most limit until the answer is target; and the steps taken."""
    found = x
    for taken in range(most):
        scores = model(found)
        if scores.argmax() == target:
            return taken, found
        gradient = model.backward(nn.cross_entropy_backward(scores, np.array([target])))
        near = np.clip(found - step * np.sign(gradient), x - limit, x + limit)
        found = np.clip(near, 0, 1).astype(x.dtype)
    return most, found
