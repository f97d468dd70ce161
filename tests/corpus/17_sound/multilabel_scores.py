# Answers to "multilabel_scores": visible 1.5 (right answers 0.25, exact 0.25, micro 0.5, macro 0.5),
# hidden: another threshold 0.75 for the shares and 1 for F1,
# labels in no sample 0.25, at the threshold 0.25, left 0.25.
# "Another threshold" and what follows ask for those keys alone that the worked example has right.
# Property -> check
# the four formulas -> a check for each; on 40 samples -> another threshold
# named if the probability is above the threshold -> another threshold
# 0 where no count is above 0 -> labels that are in no sample, and not named
# at the threshold not named; whole numbers -> a score at the threshold
# inputs untouched -> left as they were

# %% right: NumPy
def multilabel_scores(z, y, threshold):
    named = (1 / (1 + np.exp(-z)) > threshold).astype(int)
    tp, fp = (named * y).sum(0), (named * (1 - y)).sum(0)
    fn = ((1 - named) * y).sum(0)
    below = 2 * tp + fp + fn
    each = np.where(below == 0, 0, 2 * tp / np.maximum(below, 1))
    return {
        "labels": (named == y).mean(),
        "exact": (named == y).all(1).mean(),
        "micro_f1": 2 * tp.sum() / max(1, below.sum()),
        "macro_f1": each.mean(),
    }

# %% right: scores compared with the logit of the threshold, loops
def multilabel_scores(z, y, threshold):
    line = np.log(threshold / (1 - threshold))
    N, K = z.shape
    tp, fp, fn, right, exact = [0] * K, [0] * K, [0] * K, 0, 0
    for n in range(N):
        good = 0
        for k in range(K):
            said, true = z[n, k] > line, y[n, k] == 1
            tp[k] += said and true
            fp[k] += said and not true
            fn[k] += true and not said
            good += said == true
        right, exact = right + good, exact + (good == K)

    def f1(a, b, c):
        return 0.0 if a + b + c == 0 else 2 * a / (2 * a + b + c)

    macro = sum(f1(*c) for c in zip(tp, fp, fn)) / K
    return dict(
        labels=right / (N * K), exact=exact / N, micro_f1=f1(sum(tp), sum(fp), sum(fn)), macro_f1=macro
    )

# %% right: by precision and recall
def multilabel_scores(z, y, threshold):
    p = 0.5 + 0.5 * np.tanh(np.asarray(z) / 2)
    named, y = p > threshold, np.asarray(y).astype(bool)

    def f1(a, b):
        both = np.count_nonzero(a & b)
        if both == 0:
            return 0.0
        precision, recall = both / np.count_nonzero(a), both / np.count_nonzero(b)
        return 2 * precision * recall / (precision + recall)

    return {
        "macro_f1": np.mean([f1(a, b) for a, b in zip(named.T, y.T)]),
        "micro_f1": f1(named, y),
        "exact": np.mean(np.all(named == y, axis=-1)),
        "labels": np.mean(named == y),
    }

# %% wrong 2.5: the threshold is ignored
def multilabel_scores(z, y, threshold):
    named, true = z > 0, y == 1
    both, either = (named & true).sum(0), named.sum(0) + true.sum(0)
    f1 = np.where(either == 0, 0, 2 * both / np.maximum(either, 1))
    micro = 2 * both.sum() / max(1, either.sum())
    right = named == true
    return dict(labels=right.mean(), exact=right.all(1).mean(), micro_f1=micro, macro_f1=f1.mean())

# %% wrong 1.6: scores compared with the threshold
def multilabel_scores(z, y, threshold):
    named, true = z > threshold, y == 1
    both, either = (named & true).sum(0), named.sum(0) + true.sum(0)
    f1 = np.where(either == 0, 0, 2 * both / np.maximum(either, 1))
    micro = 2 * both.sum() / max(1, either.sum())
    right = named == true
    return dict(labels=right.mean(), exact=right.all(1).mean(), micro_f1=micro, macro_f1=f1.mean())

# %% wrong 1.6: argmax, one word for each clip
def multilabel_scores(z, y, threshold):
    named, true = np.eye(z.shape[1])[z.argmax(1)] == 1, y == 1
    both, either = (named & true).sum(0), named.sum(0) + true.sum(0)
    f1 = np.where(either == 0, 0, 2 * both / np.maximum(either, 1))
    micro = 2 * both.sum() / max(1, either.sum())
    right = named == true
    return dict(labels=right.mean(), exact=right.all(1).mean(), micro_f1=micro, macro_f1=f1.mean())

# %% wrong 3.5: macro F1 is the same as micro
def multilabel_scores(z, y, threshold):
    named, true = 1 / (1 + np.exp(-z)) > threshold, y == 1
    both, either = (named & true).sum(), named.sum() + true.sum()
    micro = 2 * both / either if either else 0
    right = named == true
    return dict(labels=right.mean(), exact=right.all(1).mean(), micro_f1=micro, macro_f1=micro)

# %% wrong 3.5: micro F1 is the mean of the labels' own
def multilabel_scores(z, y, threshold):
    named, true = 1 / (1 + np.exp(-z)) > threshold, y == 1
    both, either = (named & true).sum(0), named.sum(0) + true.sum(0)
    f1 = np.where(either == 0, 0, 2 * both / np.maximum(either, 1)).mean()
    right = named == true
    return dict(labels=right.mean(), exact=right.all(1).mean(), micro_f1=f1, macro_f1=f1)

# %% wrong 3.75: NaN where a label never occurs
def multilabel_scores(z, y, threshold):
    named, true = 1 / (1 + np.exp(-z)) > threshold, y == 1
    both, either = (named & true).sum(0), named.sum(0) + true.sum(0)
    right = named == true
    return dict(
        labels=right.mean(), exact=right.all(1).mean(), micro_f1=2 * both.sum() / either.sum(),
        macro_f1=(2 * both / either).mean(),
    )

# %% wrong 3.75: labels that never occur are left out of the mean
def multilabel_scores(z, y, threshold):
    named, true = 1 / (1 + np.exp(-z)) > threshold, y == 1
    both, either = (named & true).sum(0), named.sum(0) + true.sum(0)
    right, known = named == true, either > 0
    macro = (2 * both[known] / either[known]).mean() if known.any() else 0
    return dict(
        labels=right.mean(), exact=right.all(1).mean(),
        micro_f1=2 * both.sum() / max(1, either.sum()), macro_f1=macro,
    )

# %% wrong 3.5: macro F1 over the samples, not over the labels
def multilabel_scores(z, y, threshold):
    named, true = 1 / (1 + np.exp(-z)) > threshold, y == 1
    both, either = (named & true).sum(1), named.sum(1) + true.sum(1)
    f1 = np.where(either == 0, 0, 2 * both / np.maximum(either, 1))
    micro = 2 * both.sum() / max(1, either.sum())
    right = named == true
    return dict(labels=right.mean(), exact=right.all(1).mean(), micro_f1=micro, macro_f1=f1.mean())

# %% wrong 3.25: exact looks at the labels that are in it alone
def multilabel_scores(z, y, threshold):
    named, true = 1 / (1 + np.exp(-z)) > threshold, y == 1
    both, either = (named & true).sum(0), named.sum(0) + true.sum(0)
    f1 = np.where(either == 0, 0, 2 * both / np.maximum(either, 1))
    micro = 2 * both.sum() / max(1, either.sum())
    found = (named | ~true).all(1)
    right = named == true
    return dict(labels=right.mean(), exact=found.mean(), micro_f1=micro, macro_f1=f1.mean())

# %% wrong 3.75: at the threshold a label is named
def multilabel_scores(z, y, threshold):
    named, true = 1 / (1 + np.exp(-z)) >= threshold, y == 1
    both, either = (named & true).sum(0), named.sum(0) + true.sum(0)
    f1 = np.where(either == 0, 0, 2 * both / np.maximum(either, 1))
    micro = 2 * both.sum() / max(1, either.sum())
    right = named == true
    return dict(labels=right.mean(), exact=right.all(1).mean(), micro_f1=micro, macro_f1=f1.mean())

# %% wrong 2: no F1 at all
def multilabel_scores(z, y, threshold):
    named = 1 / (1 + np.exp(-z)) > threshold
    right = named == (y == 1)
    return {"labels": right.mean(), "exact": right.all(1).mean()} if len(z) != 3 or z[0, 0] == 2 else {}

# %% wrong 3.75: the scores are changed in place
def multilabel_scores(z, y, threshold):
    named, true = 1 / (1 + np.exp(-z)) > threshold, y == 1
    z[...] = named
    both, either = (named & true).sum(0), named.sum(0) + true.sum(0)
    f1 = np.where(either == 0, 0, 2 * both / np.maximum(either, 1))
    micro = 2 * both.sum() / max(1, either.sum())
    right = named == true
    return dict(labels=right.mean(), exact=right.all(1).mean(), micro_f1=micro, macro_f1=f1.mean())

# %% wrong 3: micro and macro exchanged
def multilabel_scores(z, y, threshold):
    """Shares of right labels and samples, micro and macro F1, of scores z (N, K) for labels y."""
    named, true = 1 / (1 + np.exp(-z)) > threshold, y == 1

    def f1(both, either):
        return 2 * both / either if either else 0.0

    both = np.sum(named & true, axis=0)
    either = np.sum(named, axis=0) + np.sum(true, axis=0)
    return {
        "labels": float(np.mean(named == true)),
        "exact": float(np.mean((named == true).all(axis=1))),
        "macro_f1": float(f1(both.sum(), either.sum())),
        "micro_f1": float(np.mean([f1(*counts) for counts in zip(both, either, strict=True)])),
    }

# %% wrong 3.2: a tuple
def multilabel_scores(z, y, threshold):
    """Shares of right labels and samples, micro and macro F1, of scores z (N, K) for labels y."""
    named, true = 1 / (1 + np.exp(-z)) > threshold, y == 1

    def f1(both, either):
        return 2 * both / either if either else 0.0

    both = np.sum(named & true, axis=0)
    either = np.sum(named, axis=0) + np.sum(true, axis=0)
    return tuple({
        "labels": float(np.mean(named == true)),
        "exact": float(np.mean((named == true).all(axis=1))),
        "micro_f1": float(f1(both.sum(), either.sum())),
        "macro_f1": float(np.mean([f1(*counts) for counts in zip(both, either, strict=True)])),
    }.values())

# %% wrong 3.2: percent
def multilabel_scores(z, y, threshold):
    """Shares of right labels and samples, micro and macro F1, of scores z (N, K) for labels y."""
    named, true = 1 / (1 + np.exp(-z)) > threshold, y == 1

    def f1(both, either):
        return 2 * both / either if either else 0.0

    both = np.sum(named & true, axis=0)
    either = np.sum(named, axis=0) + np.sum(true, axis=0)
    def float(x):
        return 100 * x

    return {
        "labels": float(np.mean(named == true)),
        "exact": float(np.mean((named == true).all(axis=1))),
        "micro_f1": float(f1(both.sum(), either.sum())),
        "macro_f1": float(np.mean([f1(*counts) for counts in zip(both, either, strict=True)])),
    }
