# Property -> check
# both terms -> yes was right; no was right
# mean over all -> the mean of both; a matrix
# certain -> certain and right; certain and wrong
# ordinary probabilities untouched -> probabilities of 1e-8 and 1 - 1e-6 count in full
# inputs stay -> the inputs are left as they were

# Answers to "binary_cross_entropy": visible 1 (4 x 0.25), hidden 4 x 0.25.

# %% right: logarithms kept above -100
def binary_cross_entropy(p, y):
    log_p = np.maximum(np.log(p), -100)
    log_q = np.maximum(np.log(1 - p), -100)
    return -np.mean(y * log_p + (1 - y) * log_q)

# %% right: the probability of what was true, clipped
def binary_cross_entropy(p, y):
    q = np.where(y == 1, p, 1.0 - p)
    return -np.log(np.clip(q, 1e-12, None)).mean()

# %% right: clipped away from both ends, in double precision
def binary_cross_entropy(p, y):
    p = np.clip(p.astype(float), 1e-12, 1 - 1e-12)
    return float(np.mean(-(y * np.log(p) + (1 - y) * np.log(1 - p))))

# %% right: a loop with math, by cases
def binary_cross_entropy(p, y):
    import math

    total = 0
    for prob, truth in zip(p.ravel(), y.ravel()):
        right = float(prob) if truth == 1 else 1 - float(prob)
        total -= math.log(right) if right > 1e-40 else -100
    return total / p.size

# %% wrong 1.65: NaN where the network is certain
def binary_cross_entropy(p, y):
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

# %% wrong 0.8: no minus
def binary_cross_entropy(p, y):
    log_p = np.maximum(np.log(p), -100)
    log_q = np.maximum(np.log(1 - p), -100)
    return np.mean(y * log_p + (1 - y) * log_q)

# %% wrong 1.1: the sum, not the mean
def binary_cross_entropy(p, y):
    log_p = np.maximum(np.log(p), -100)
    log_q = np.maximum(np.log(1 - p), -100)
    return -np.sum(y * log_p + (1 - y) * log_q)

# %% wrong 1: only the term of yes
def binary_cross_entropy(p, y):
    return -np.mean(y * np.maximum(np.log(p), -100))

# %% wrong 0.8: logarithm to base 2
def binary_cross_entropy(p, y):
    log_p = np.maximum(np.log2(p), -100)
    log_q = np.maximum(np.log2(1 - p), -100)
    return -np.mean(y * log_p + (1 - y) * log_q)

# %% wrong 0.35: p and y swapped
def binary_cross_entropy(y, p):
    log_p = np.maximum(np.log(p), -100)
    log_q = np.maximum(np.log(1 - p), -100)
    return -np.mean(y * log_p + (1 - y) * log_q)

# %% wrong 1.85: NaN turned into 0 afterwards, so certain and wrong is infinite
def binary_cross_entropy(p, y):
    parts = np.where(y == 1, np.log(p), np.log(1 - p))
    return -np.mean(np.nan_to_num(parts, neginf=-np.inf))

# %% wrong 1.5: clips at one hundredth, which changes ordinary probabilities and costs too little
def binary_cross_entropy(p, y):
    p = np.where((p == 0) | (p == 1), np.round(p) * (1 - 2e-6) + 1e-6, np.clip(p, 0.01, 0.99))
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

# %% wrong 1.6: divides by the rows of a matrix
def binary_cross_entropy(p, y):
    log_p = np.maximum(np.log(p), -100)
    log_q = np.maximum(np.log(1 - p), -100)
    return -np.sum(y * log_p + (1 - y) * log_q) / len(p)

# %% wrong 1.8: mends p in place
def binary_cross_entropy(p, y):
    p[p == 0] = 1e-12
    p[p == 1] = 1 - 1e-12
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

# %% wrong 0.7: 1 - y forgotten, the second term always counts
def binary_cross_entropy(p, y):
    log_p = np.maximum(np.log(p), -100)
    log_q = np.maximum(np.log(1 - p), -100)
    return -np.mean(y * log_p + log_q)

# %% wrong 0.6: one loss per sample
def binary_cross_entropy(p, y):
    log_p = np.maximum(np.log(p), -100)
    log_q = np.maximum(np.log(1 - p), -100)
    return -(y * log_p + (1 - y) * log_q)


# %% wrong 1.5: keeps p 1e-5 away from 0 and 1, where probabilities are ordinary
def binary_cross_entropy(p, y):
    p = np.clip(p, 1e-5, 1 - 1e-5)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% wrong 0.95: a table of the example's costs
def binary_cross_entropy(p, y):
    wrong = np.abs(y - p)
    table = {0.0: 0.0, 0.2: 0.22314355, 0.8: 1.60943791, 0.5: 0.69314718}
    return np.mean([table.get(round(float(d), 6), 0.0) for d in wrong.ravel()])
