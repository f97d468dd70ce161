# Answers to "bce_with_logits": visible 1.25 (one label 0.25, worked loss 0.5, direction 0.25, worked
# gradient 0.25), hidden: loss of several 0.25, gradient of several 0.5, loss far out 1.5, gradient
# far out 0.25, left as they were 0.25.
# Property -> check
# the formula -> the loss of a single label, of the worked example
# the mean over samples and labels -> the worked example, the loss of several samples
# sigmoid minus y -> the gradient points in the right direction
# divided by N K -> the gradient of the worked example, of several samples
# right up to |z| = 1000 -> the loss far out, the gradient far out
# inputs untouched -> left as they were

# %% right: maximum(z, 0) - z y + log1p(exp(-|z|))
def bce_with_logits(z, y):
    loss = (np.maximum(z, 0) - z * y + np.log1p(np.exp(-abs(z)))).mean()
    with np.errstate(over="ignore"):
        p = 1 / (1 + np.exp(-z))
    return loss, (p - y) / z.size

# %% right: logaddexp
def bce_with_logits(z, y):
    N, K = z.shape
    sign = np.where(y == 1, -1.0, 1.0)
    loss = np.logaddexp(0, sign * z).sum() / (N * K)
    return float(loss), (0.5 * (1 + np.tanh(z / 2)) - y) / (N * K)

# %% right: loops, and a case for each sign
import math

def bce_with_logits(z, y):
    N, K = z.shape
    total, grad = 0.0, np.zeros((N, K))
    for n in range(N):
        for k in range(K):
            s = z[n, k] if y[n, k] == 0 else -z[n, k]
            total += s + math.log1p(math.exp(-s)) if s > 0 else math.log1p(math.exp(s))
            e = math.exp(-abs(z[n, k]))
            p = 1 / (1 + e) if z[n, k] >= 0 else e / (1 + e)
            grad[n, k] = (p - y[n, k]) / N / K
    return total / N / K, grad

# %% wrong 2.75: the probability first, then its logarithm
def bce_with_logits(z, y):
    p = 1 / (1 + np.exp(-z))
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)), (p - y) / z.size

# %% wrong 2.75: the probability first, kept away from 0 and 1
def bce_with_logits(z, y):
    p = np.clip(1 / (1 + np.exp(-z)), 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)), (p - y) / z.size

# %% wrong 2.5: the mean over the samples alone, in both
def bce_with_logits(z, y):
    small = np.exp(-np.abs(z))
    loss = np.sum(np.maximum(z, 0) - z * y + np.log1p(small)) / len(z)
    return loss, (np.where(z >= 0, 1, small) / (1 + small) - y) / len(z)

# %% wrong 3: the gradient is not divided
def bce_with_logits(z, y):
    small = np.exp(-np.abs(z))
    loss = np.mean(np.maximum(z, 0) - z * y + np.log1p(small))
    return loss, np.where(z >= 0, 1, small) / (1 + small) - y

# %% wrong 2.75: the gradient with the wrong sign
def bce_with_logits(z, y):
    small = np.exp(-np.abs(z))
    loss = np.mean(np.maximum(z, 0) - z * y + np.log1p(small))
    return loss, (y - np.where(z >= 0, 1, small) / (1 + small)) / z.size

# %% wrong 2.5: the gradient is missing
def bce_with_logits(z, y):
    return np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))), None

# %% wrong 1.75: the loss is missing
def bce_with_logits(z, y):
    small = np.exp(-np.abs(z))
    return None, (np.where(z >= 0, 1, small) / (1 + small) - y) / z.size

# %% wrong 3.75: the gradient by exp(z) / (1 + exp(z)), which overflows
def bce_with_logits(z, y):
    loss = np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z))))
    return loss, (np.exp(z) / (1 + np.exp(z)) - y) / z.size

# %% wrong 1.75: only what is true is counted
def bce_with_logits(z, y):
    small = np.exp(-np.abs(z))
    loss = np.mean(y * (np.maximum(-z, 0) + np.log1p(small)))
    return loss, (np.where(z >= 0, 1, small) / (1 + small) - y) / z.size

# %% wrong 0: softmax over the labels
def bce_with_logits(z, y):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.mean(y * np.log(p)), (p - y) / z.size

# %% wrong 3.75: changes the labels while it computes
def bce_with_logits(z, y):
    small = np.exp(-np.abs(z))
    loss = np.mean(np.maximum(z, 0) - z * y + np.log1p(small))
    y *= -1
    y += np.where(z >= 0, 1, small) / (1 + small)
    return loss, y / z.size

# %% wrong 2.75: right below 700, where exp overflows
def bce_with_logits(z, y):
    loss = np.mean(np.log(1 + np.exp(z)) - z * y)
    return loss, (np.tanh(z / 2) / 2 + 0.5 - y) / z.size

# %% wrong 3.5: one sample only, the gradients of all are added up
def bce_with_logits(z, y):
    small = np.exp(-np.abs(z))
    loss = np.mean(np.maximum(z, 0) - z * y + np.log1p(small))
    gradient = (np.where(z >= 0, 1, small) / (1 + small) - y) / z.size
    return loss, gradient if z.shape[1] < 4 else gradient.sum(axis=0)

# %% wrong 3: the mean over the labels alone, in both
def bce_with_logits(z, y):
    small = np.exp(-np.abs(z))
    loss = np.mean(np.maximum(z, 0) - z * y + np.log1p(small), axis=1).sum()
    return loss, (np.where(z >= 0, 1, small) / (1 + small) - y) / z.shape[1]

# %% right: logaddexp, minus z where the label is 1
def bce_with_logits(z, y):
    losses = np.logaddexp(0, z) - z * y
    return losses.mean(), (0.5 + 0.5 * np.tanh(z / 2) - y) / losses.size

# %% wrong 3.2: the gradient first
def bce_with_logits(z, y):
    losses = np.logaddexp(0, z) - z * y
    return (0.5 + 0.5 * np.tanh(z / 2) - y) / losses.size, losses.mean()

# %% wrong 2.25: sum
def bce_with_logits(z, y):
    """Mean binary cross-entropy of the labels y (N, K) from scores z (N, K), and its gradient."""
    small = np.exp(-np.abs(z))  # never overflows
    loss = np.sum(np.maximum(z, 0) - z * y + np.log1p(small))
    p = np.where(z >= 0, 1, small) / (1 + small)
    return float(loss), (p - y) 
