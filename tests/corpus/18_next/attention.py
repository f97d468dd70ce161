# Answers to "attention": visible 1.5 (weights 0.5, answers 0.5, mask 0.5), hidden: weights of several
# 0.75, answers are means 0.5, mask for other sizes 0.5, far out 0.25, nothing to look at 0.25, left 0.25.
# The weights may also come back alone or first where only they are looked at, without a mask.
# Property -> check
# softmax along the keys, root of d -> the weights of the worked example, of several sequences
# answers = weights times values -> the answers of the worked example, the answers are means
# hidden is 0, the rest adds up to 1 -> a mask, a mask for other sizes; scores far out
# scores up to 1000 -> scores far out
# ValueError -> a query that may look at nothing
# inputs untouched -> left as they were

# %% right: einsum
def attention(Q, K, V, mask=None):
    s = np.einsum("ntd,nsd->nts", Q, K) / Q.shape[2] ** 0.5
    if mask is not None:
        if (mask.sum(axis=1) == 0).any():
            raise ValueError("a row of the mask is empty")
        s = np.where(mask[None], s, -np.inf)
    A = np.exp(s - s.max(axis=2, keepdims=True))
    A /= A.sum(axis=2, keepdims=True)
    return np.einsum("nts,nse->nte", A, V), A

# %% right: loops
def attention(Q, K, V, mask=None):
    N, T, d = Q.shape
    S = K.shape[1]
    out, A = np.zeros((N, T, V.shape[2])), np.zeros((N, T, S))
    for n in range(N):
        for t in range(T):
            keys = np.arange(S) if mask is None else np.flatnonzero(mask[t])
            if not len(keys):
                raise ValueError(f"query {t} may look at nothing")
            scores = K[n, keys] @ Q[n, t] / np.sqrt(d)
            e = np.exp(scores - scores.max())
            A[n, t, keys] = e / e.sum()
            out[n, t] = A[n, t] @ V[n]
    return out, A

# %% right: hidden weights are set to 0, then all are divided; a list comes back
def attention(Q, K, V, mask=None):
    mask = np.ones((Q.shape[1], K.shape[1]), bool) if mask is None else mask
    if not np.all(np.any(mask, axis=-1)):
        raise ValueError("nothing to look at")
    scores = Q @ np.transpose(K, (0, 2, 1)) * Q.shape[-1] ** -0.5
    top = np.max(np.where(mask, scores, -1e300), axis=-1, keepdims=True)
    e = np.exp(np.minimum(scores - top, 0)) * mask
    A = e / e.sum(-1, keepdims=True)
    return [A @ V, A]

# %% wrong 2.5: no root of d
def attention(Q, K, V, mask=None):
    s = Q @ K.swapaxes(1, 2)
    if mask is not None:
        if not mask.any(axis=1).all():
            raise ValueError("nothing")
        s = np.where(mask, s, -np.inf)
    A = np.exp(s - s.max(axis=-1, keepdims=True))
    A = A / A.sum(axis=-1, keepdims=True)
    return A @ V, A

# %% wrong 2.5: divided by d
def attention(Q, K, V, mask=None):
    s = Q @ K.swapaxes(1, 2) / Q.shape[-1]
    if mask is not None:
        if not mask.any(axis=1).all():
            raise ValueError("nothing")
        s = np.where(mask, s, -np.inf)
    A = np.exp(s - s.max(axis=-1, keepdims=True))
    A = A / A.sum(axis=-1, keepdims=True)
    return A @ V, A

# %% wrong 1.75: softmax over the queries
def attention(Q, K, V, mask=None):
    s = Q @ K.swapaxes(1, 2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        if not mask.any(axis=1).all():
            raise ValueError("nothing")
        s = np.where(mask, s, -np.inf)
    A = np.exp(s - s.max(axis=1, keepdims=True))
    A = A / A.sum(axis=1, keepdims=True)
    return A @ V, A

# %% wrong 2.75: masked after the softmax
def attention(Q, K, V, mask=None):
    s = Q @ K.swapaxes(1, 2) / np.sqrt(Q.shape[-1])
    A = np.exp(s - s.max(axis=-1, keepdims=True))
    A = A / A.sum(axis=-1, keepdims=True)
    if mask is not None:
        if not mask.any(axis=1).all():
            raise ValueError("nothing")
        A = A * mask
    return A @ V, A

# %% wrong 2.5: the mask is ignored
def attention(Q, K, V, mask=None):
    s = Q @ K.swapaxes(1, 2) / np.sqrt(Q.shape[-1])
    A = np.exp(s - s.max(axis=-1, keepdims=True))
    A = A / A.sum(axis=-1, keepdims=True)
    return A @ V, A

# %% wrong 2.75: True hides
def attention(Q, K, V, mask=None):
    s = Q @ K.swapaxes(1, 2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        if not mask.any(axis=1).all():
            raise ValueError("nothing")
        s = np.where(mask, -np.inf, s)
    A = np.exp(s - s.max(axis=-1, keepdims=True))
    A = A / A.sum(axis=-1, keepdims=True)
    return A @ V, A

# %% wrong 3.75: overflows far out
def attention(Q, K, V, mask=None):
    s = Q @ K.swapaxes(1, 2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        if not mask.any(axis=1).all():
            raise ValueError("nothing")
        s = np.where(mask, s, -np.inf)
    A = np.exp(s)
    A = A / A.sum(axis=-1, keepdims=True)
    return A @ V, A

# %% wrong 3.75: nothing to look at gives NaN, and no error
def attention(Q, K, V, mask=None):
    s = Q @ K.swapaxes(1, 2) / np.sqrt(Q.shape[-1])
    s = s if mask is None else np.where(mask, s, -np.inf)
    A = np.exp(s - s.max(axis=-1, keepdims=True))
    A = A / A.sum(axis=-1, keepdims=True)
    return A @ V, A

# %% wrong 1.25: the weights alone come back
def attention(Q, K, V, mask=None):
    s = Q @ K.swapaxes(1, 2) / np.sqrt(Q.shape[-1])
    A = np.exp(s - s.max(axis=-1, keepdims=True))
    return A / A.sum(axis=-1, keepdims=True)

# %% wrong 2.75: only the first sequence is looked up
def attention(Q, K, V, mask=None):
    s = Q @ K[:1].swapaxes(1, 2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        s = np.where(mask, s, -np.inf)
    A = np.exp(s - s.max(axis=-1, keepdims=True))
    A = A / A.sum(axis=-1, keepdims=True)
    return A @ V[:1], A

# %% wrong 3: the values are added up without weights
def attention(Q, K, V, mask=None):
    s = Q @ K.swapaxes(1, 2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        if not mask.any(axis=1).all():
            raise ValueError("nothing")
        s = np.where(mask, s, -np.inf)
    A = np.exp(s - s.max(axis=-1, keepdims=True))
    A = A / A.sum(axis=-1, keepdims=True)
    return np.repeat(V.sum(axis=1, keepdims=True), Q.shape[1], axis=1), A

# %% wrong 3.75: hides in the scores, and makes the queries smaller in place
def attention(Q, K, V, mask=None):
    if mask is not None and not mask.any(axis=1).all():
        raise ValueError("nothing")
    Q /= np.sqrt(Q.shape[-1])
    s = Q @ K.swapaxes(1, 2)
    s = s if mask is None else np.where(mask, s, -np.inf)
    A = np.exp(s - s.max(axis=-1, keepdims=True))
    A = A / A.sum(axis=-1, keepdims=True)
    return A @ V, A

# %% wrong 3.5: a mask of squares alone
def attention(Q, K, V, mask=None):
    s = Q @ K.swapaxes(1, 2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        if not mask.any(axis=1).all():
            raise ValueError("nothing")
        s = np.where(np.tril(mask), s, -np.inf)
    A = np.exp(s - s.max(axis=-1, keepdims=True))
    A = A / A.sum(axis=-1, keepdims=True)
    return A @ V, A

# %% wrong 3.75: the largest of all scores is taken off
def attention(Q, K, V, mask=None):
    s = Q @ K.swapaxes(1, 2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        if not mask.any(axis=1).all():
            raise ValueError("nothing")
        s = np.where(mask, s, -np.inf)
    A = np.exp(s - s.max())
    A = A / A.sum(axis=-1, keepdims=True)
    return A @ V, A

# %% wrong 3.75: hidden scores become -100, which is not low enough far out
def attention(Q, K, V, mask=None):
    s = Q @ K.swapaxes(1, 2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        if not mask.any(axis=1).all():
            raise ValueError("nothing")
        s = np.where(mask, s, -100.0)
    A = np.exp(s - s.max(axis=-1, keepdims=True))
    A = A / A.sum(axis=-1, keepdims=True)
    return A @ V, A

# %% wrong 3.2: the weights first
def attention(Q, K, V, mask=None):
    s = Q @ K.swapaxes(1, 2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        if not mask.any(axis=1).all():
            raise ValueError("nothing")
        s = np.where(mask, s, -np.inf)
    A = np.exp(s - s.max(axis=-1, keepdims=True))
    A = A / A.sum(axis=-1, keepdims=True)
    return A, A @ V


# %% wrong 2.75: masked after the softmax, not normalized again
def attention(Q, K, V, mask=None):
    s = Q @ K.transpose(0, 2, 1) / np.sqrt(Q.shape[-1])
    e = np.exp(s - s.max(axis=-1, keepdims=True))
    A = e / e.sum(axis=-1, keepdims=True)
    if mask is not None:
        if not mask.any(axis=1).all():
            raise ValueError("nothing to look at")
        A = A * mask
    return A @ V, A


# %% right: loops over sequences
def attention(Q, K, V, mask=None):
    out, weights = [], []
    for q, k, v in zip(Q, K, V):
        s = np.einsum("td,sd->ts", q, k) / q.shape[1] ** 0.5
        ok = np.ones(s.shape, bool) if mask is None else np.asarray(mask)
        if (ok.sum(axis=1) == 0).any():
            raise ValueError("a query has no key")
        top = np.array([row[o].max() for row, o in zip(s, ok)])
        e = np.zeros(s.shape)
        e[ok] = np.exp((s - top[:, None])[ok])
        a = e / e.sum(1)[:, None]
        weights.append(a)
        out.append(a @ v)
    return np.stack(out), np.stack(weights)

# %% wrong 1.5: answers alone
def attention(Q, K, V, mask=None):
    """Answers (N, T, e) and weights (N, T, S) of the queries Q, the keys K and the values V."""
    scores = Q @ K.swapaxes(1, 2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        if not mask.any(axis=1).all():
            raise ValueError("the mask leaves a query nothing to look at")
        scores = np.where(mask, scores, -np.inf)
    parts = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = parts / parts.sum(axis=-1, keepdims=True)
    return weights @ V

# %% wrong 1.6: no softmax
def attention(Q, K, V, mask=None):
    """Answers (N, T, e) and weights (N, T, S) of the queries Q, the keys K and the values V."""
    scores = Q @ K.swapaxes(1, 2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        if not mask.any(axis=1).all():
            raise ValueError("the mask leaves a query nothing to look at")
        scores = np.where(mask, scores, -np.inf)
    parts = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = scores
    return weights @ V, weights
