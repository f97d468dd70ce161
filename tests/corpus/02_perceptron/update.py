# Property -> check
# w and b move by the error -> a missed yes; a false alarm
# a right decision changes nothing -> its name
# eta -> the learning rate scales both
# the decision of question 1 -> a sum of zero is a no; the bias takes part in the decision
# one step -> one step, also where it isn't enough
# inputs stay -> the inputs are left as they were

# Answers to "update": visible 1 point (0.5, 0.25, 0.25), hidden 4 x 0.25.

# %% right: the formula
def update(x, y, w, b, eta=1.0):
    error = y - int(x @ w + b > 0)
    return w + eta * error * x, b + eta * error

# %% right: by cases
def update(x, y, w, b, eta=1.0):
    yes = np.dot(w, x) + b > 0
    if y == 1 and not yes:
        return w + eta * x, b + eta
    if y == 0 and yes:
        return w - eta * x, b - eta
    return w, b

# %% right: on a copy, one feature after the other, a list comes back
def update(x, y, w, b, eta=1.0):
    total = b + sum(x[i] * w[i] for i in range(len(x)))
    prediction = 1 if total > 0 else 0
    new = [float(weight) for weight in w]
    for i in range(len(x)):
        new[i] += eta * (y - prediction) * x[i]
    return [np.array(new), b + eta * (y - prediction)]

# %% right: the bias as one more weight, bias comes back as an array's element
def update(x, y, w, b, eta=1.0):
    x1, w1 = np.append(x, 1.0), np.append(w, b)
    w1 = w1 + eta * (y - np.heaviside(np.inner(x1, w1), 0)) * x1
    return w1[:-1], w1[-1]

# %% wrong 0.9: the sign of the error is turned round
def update(x, y, w, b, eta=1.0):
    error = int(x @ w + b > 0) - y
    return w + eta * error * x, b + eta * error

# %% wrong 0.9: the bias never learns
def update(x, y, w, b, eta=1.0):
    error = y - int(x @ w + b > 0)
    return w + eta * error * x, b

# %% wrong 0.7: the error against the sum, as in linear regression
def update(x, y, w, b, eta=1.0):
    error = y - (x @ w + b)
    return w + eta * error * x, b + eta * error

# %% wrong 1.05: always steps, whether the decision was wrong or not (Hebb), right for a missed yes
def update(x, y, w, b, eta=1.0):
    return w + eta * y * x, b + eta * y

# %% wrong 1.5: no learning rate at all
def update(x, y, w, b, eta=1.0):
    error = y - int(x @ w + b > 0)
    return w + error * x, b + error

# %% wrong 1.5: the learning rate is forgotten at the bias
def update(x, y, w, b, eta=1.0):
    error = y - int(x @ w + b > 0)
    return w + eta * error * x, b + error

# %% wrong 1.85: decides yes at a sum of zero, so the first sample of all-zero weights is not learnt
def update(x, y, w, b, eta=1.0):
    error = y - int(x @ w + b >= 0)
    return w + eta * error * x, b + eta * error

# %% wrong 1.85: cuts the sum down to a whole number, so that 0.25 is no yes
def update(x, y, w, b, eta=1.0):
    decision = min(max(int(x @ w + b), 0), 1)
    error = y - decision
    return w + eta * error * x, b + eta * error

# %% wrong 1.3: decides without the bias
def update(x, y, w, b, eta=1.0):
    error = y - int(x @ w > 0)
    return w + eta * error * x, b + eta * error

# %% wrong 1.5: w += in the caller's array (and whole-number weights refuse a step of 0.25)
def update(x, y, w, b, eta=1.0):
    error = y - int(x @ w + b > 0)
    w += eta * error * x
    b += eta * error
    return w, b

# %% wrong 0.7: returns the weights only
def update(x, y, w, b, eta=1.0):
    error = y - int(x @ w + b > 0)
    return w + eta * error * x

# %% wrong 0.7: bias first
def update(x, y, w, b, eta=1.0):
    error = y - int(x @ w + b > 0)
    return b + eta * error, w + eta * error * x

# %% wrong 0.9: decides -1 and 1, so the error is up to 2
def update(x, y, w, b, eta=1.0):
    error = (1 if y == 1 else -1) - (1 if x @ w + b > 0 else -1)
    return w + eta * error * x, b + eta * error

# %% wrong 1.3: learns only from a missed yes, not from a false alarm
def update(x, y, w, b, eta=1.0):
    if y == 1 and x @ w + b <= 0:
        w = w + eta * x
        b = b + eta
    return w, b


# %% wrong 1.3: repeats the step until the decision is right
def update(x, y, w, b, eta=1.0):
    for _ in range(1000):
        error = y - (1 if x @ w + b > 0 else 0)
        if error == 0:
            break
        w, b = w + eta * error * x, b + eta * error
    return w, b


# %% wrong 1.3: one step, and one more where that was not enough
def update(x, y, w, b, eta=1.0):
    for _ in range(2 if abs(x @ w + b) > 50 else 1):
        error = y - (1 if x @ w + b > 0 else 0)
        w, b = w + eta * error * x, b + eta * error
    return w, b


# %% wrong 1.3: two features, by hand
def update(x, y, w, b, eta=1.0):
    e = y - int(x[0] * w[0] + x[1] * w[1] + b > 0)
    return np.array([w[0] + eta * e * x[0], w[1] + eta * e * x[1]]), b + eta * e
