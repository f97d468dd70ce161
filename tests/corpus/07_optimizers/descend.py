# Property -> check
# steps + 1 rows, the start first -> one step; the worked example
# gradient where you are now -> the worked example; three weights
# rate of step t, t from 0 -> the schedule is asked for steps 0, 1, 2
# the end is right, whatever else -> the weights at the end
# steps = 0 -> no steps at all
# any D -> three weights
# start of whole numbers -> whole numbers to start from
# start left as it is -> the start is left as it was (nothing else)

# %% right: a list of arrays
def descend(gradient, start, schedule, steps):
    path = [np.array(start, float)]
    for t in range(steps):
        path.append(path[-1] - schedule(t) * gradient(path[-1]))
    return np.array(path)

# %% right: a matrix filled row by row
def descend(gradient, start, schedule, steps):
    path = np.zeros((steps + 1, len(start)))
    path[0] = start
    for t in range(steps):
        path[t + 1] = path[t] - schedule(t) * gradient(path[t])
    return path

# %% right: in place on a copy, copies kept, a list of lists comes back
def descend(gradient, start, schedule, steps):
    w = start.astype(np.float64)
    path = [w.tolist()]
    t = 0
    while t < steps:
        w -= schedule(t) * gradient(w)
        path.append(w.tolist())
        t += 1
    return path

# %% right: recursion over the steps
def descend(gradient, start, schedule, steps):
    if steps == 0:
        return np.asarray(start, dtype=float).reshape(1, -1)
    before = descend(gradient, start, schedule, steps - 1)
    last = before[-1] - schedule(steps - 1) * np.asarray(gradient(before[-1]))
    return np.vstack([before, last])

# %% wrong 1.2: one array many times, the caller's (right only where nothing moves)
def descend(gradient, start, schedule, steps):
    w, path = start, [start]
    for t in range(steps):
        w -= schedule(t) * gradient(w)
        path.append(w)
    return np.array(path)

# %% wrong 1.4: one array many times, on a copy
def descend(gradient, start, schedule, steps):
    w = np.array(start, float)
    path = [w]
    for t in range(steps):
        w -= schedule(t) * gradient(w)
        path.append(w)
    return np.array(path)

# %% wrong 1.2: the start is missing
def descend(gradient, start, schedule, steps):
    w, path = np.array(start, float), []
    for t in range(steps):
        w = w - schedule(t) * gradient(w)
        path.append(w)
    return np.array(path)

# %% wrong 1.2: only the end comes back
def descend(gradient, start, schedule, steps):
    w = np.array(start, float)
    for t in range(steps):
        w = w - schedule(t) * gradient(w)
    return w

# %% wrong 1.1: a step too few
def descend(gradient, start, schedule, steps):
    w = np.array(start, float)
    path = [w]
    for t in range(steps - 1):
        w = w - schedule(t) * gradient(w)
        path.append(w)
    return np.array(path)

# %% wrong 1.5: the schedule counts from 1 (constant rates don't show it)
def descend(gradient, start, schedule, steps):
    path = [np.array(start, float)]
    for t in range(1, steps + 1):
        path.append(path[-1] - schedule(t) * gradient(path[-1]))
    return np.array(path)

# %% wrong 1.7: the rate of step 0 for ever
def descend(gradient, start, schedule, steps):
    path, lr = [np.array(start, float)], schedule(0)
    for t in range(steps):
        path.append(path[-1] - lr * gradient(path[-1]))
    return np.array(path)

# %% wrong 1.7: the gradient at the start for ever
def descend(gradient, start, schedule, steps):
    path = [np.array(start, float)]
    g = gradient(path[0])
    for t in range(steps):
        path.append(path[-1] - schedule(t) * g)
    return np.array(path)

# %% wrong 1.2: goes up
def descend(gradient, start, schedule, steps):
    path = [np.array(start, float)]
    for t in range(steps):
        path.append(path[-1] + schedule(t) * gradient(path[-1]))
    return np.array(path)

# %% wrong 2.8: the first step outside the loop, also where there is none to make
def descend(gradient, start, schedule, steps):
    w = np.array(start, float)
    path = [w, w - schedule(0) * gradient(w)]
    for t in range(1, steps):
        path.append(path[-1] - schedule(t) * gradient(path[-1]))
    return np.array(path)

# %% wrong 2.6: two weights, as in the example
def descend(gradient, start, schedule, steps):
    path = np.zeros((steps + 1, 2))
    path[0] = start
    for t in range(steps):
        path[t + 1] = path[t] - schedule(t) * gradient(path[t])
    return path

# %% wrong 2.8: the path has the dtype of the start, whole numbers stay whole
def descend(gradient, start, schedule, steps):
    path = np.zeros((steps + 1, len(start)), start.dtype)
    path[0] = start
    for t in range(steps):
        path[t + 1] = path[t] - schedule(t) * gradient(path[t])
    return path

# %% wrong 2.6: walks on the caller's start (which can't hold 0.9 if it is whole), copies kept
def descend(gradient, start, schedule, steps):
    path = [start.copy()]
    for t in range(steps):
        start -= schedule(t) * gradient(start)
        path.append(start.copy())
    return np.array(path)

# %% wrong 2.8: walks on the caller's start if it holds floats
def descend(gradient, start, schedule, steps):
    w = np.asarray(start, dtype=float)
    path = [w.copy()]
    for t in range(steps):
        w -= schedule(t) * gradient(w)
        path.append(w.copy())
    return np.array(path)

# %% right: float32
def descend(gradient, start, schedule, steps):
    path = [np.asarray(start).astype(np.float32)]
    for t in range(steps):
        path.append((path[-1] - schedule(t) * gradient(path[-1])).astype(np.float32))
    return np.stack(path)

# %% right: accumulate
def descend(gradient, start, schedule, steps):
    from itertools import accumulate

    first = start + 0.0
    return np.array(list(accumulate(range(steps), lambda w, t: w - schedule(t) * gradient(w), initial=first)))

# %% wrong 1.3: the rate without the schedule
def descend(gradient, start, schedule, steps):
    path = [np.array(start, float)]
    for t in range(steps):
        path.append(path[-1] - 0.1 * gradient(path[-1]))
    return np.array(path)

# %% wrong 1.2: the rows are columns
def descend(gradient, start, schedule, steps):
    path = [np.array(start, float)]
    for t in range(steps):
        path.append(path[-1] - schedule(t) * gradient(path[-1]))
    return np.array(path).T

# %% wrong 1.4: the end comes first
def descend(gradient, start, schedule, steps):
    path = [np.array(start, float)]
    for t in range(steps):
        path.append(path[-1] - schedule(t) * gradient(path[-1]))
    return np.array(path[::-1])

# %% wrong 1.2: a step too many
def descend(gradient, start, schedule, steps):
    path = [np.array(start, float)]
    for t in range(steps + 1):
        path.append(path[-1] - schedule(t) * gradient(path[-1]))
    return np.array(path)

# %% wrong 0: returns the start
def descend(gradient, start, schedule, steps):
    return start


# %% wrong 1.2: the start is missing
def descend(gradient, start, schedule, steps):
    w = np.array(start, float)
    path = []
    for t in range(steps):
        w = w - schedule(t) * gradient(w)
        path.append(w)
    return np.array(path)
