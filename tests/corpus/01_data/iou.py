# Property -> check
# shared over covered -> the worked example, equal masks, and masks apart
# any shape -> masks that are no boxes, with three axes
# 1 where both are empty, 0 where one is -> both masks empty, or one of them
# inputs stay -> the masks are left as they were

# Answers to "iou": visible 0.25 (example), hidden: no boxes, empty, inputs: 3 x 0.25.

# %% right: and, or
def iou(a, b):
    union = np.sum(a | b)
    return np.sum(a & b) / union if union else 1.0

# %% right: pixel by pixel
def iou(a, b):
    both = either = 0
    for p, q in zip(a.ravel(), b.ravel()):
        both += bool(p and q)
        either += bool(p or q)
    if either == 0:
        return 1
    return both / either

# %% right: sizes, the union by adding and subtracting, in whole numbers
def iou(a, b):
    a, b = a.astype(int), b.astype(int)
    shared = (a * b).sum()
    union = a.sum() + b.sum() - shared
    return 1.0 if union == 0 else shared / union

# %% right: sets of places
def iou(a, b):
    A = set(zip(*(axis.tolist() for axis in np.nonzero(a))))
    B = set(zip(*(axis.tolist() for axis in np.nonzero(b))))
    return len(A & B) / len(A | B) if A or B else 1.0

# %% right: minimum and maximum in float32
def iou(a, b):
    x, y = np.float32(a), np.float32(b)
    top = np.maximum(x, y).sum()
    return float(np.minimum(x, y).sum() / top) if top > 0 else 1.0

# %% wrong 0.75: two empty masks give NaN
def iou(a, b):
    return np.sum(a & b) / np.sum(a | b)

# %% wrong 0.75: two empty masks give 0
def iou(a, b):
    union = np.sum(a | b)
    return np.sum(a & b) / union if union else 0.0

# %% wrong 0.5: the shared pixels are counted twice below
def iou(a, b):
    total = np.sum(a) + np.sum(b)
    return np.sum(a & b) / total if total else 1.0

# %% wrong 0.5: Dice: twice the shared pixels over the sum of both
def iou(a, b):
    total = np.sum(a) + np.sum(b)
    return 2 * np.sum(a & b) / total if total else 1.0

# %% wrong 0.5: divides by the first mask
def iou(a, b):
    return np.sum(a & b) / np.sum(a) if a.any() else float(not b.any())

# %% wrong 0.5: pixels that agree, over all pixels
def iou(a, b):
    return np.mean(a == b)

# %% wrong 0.75: the boxes around the masks, whatever is inside
def iou(a, b):
    if not a.any() or not b.any():
        return float(a.any() == b.any())
    (r0, c0), (r1, c1) = np.argwhere(a).min(axis=0)[:2], np.argwhere(a).max(axis=0)[:2] + 1
    (s0, d0), (s1, d1) = np.argwhere(b).min(axis=0)[:2], np.argwhere(b).max(axis=0)[:2] + 1
    both = max(0, min(r1, s1) - max(r0, s0)) * max(0, min(c1, d1) - max(c0, d0))
    return both / ((r1 - r0) * (c1 - c0) + (s1 - s0) * (d1 - d0) - both)

# %% wrong 0.75: a &= b in the caller's mask
def iou(a, b):
    union = np.sum(a | b)
    a &= b
    return np.sum(a) / union if union else 1.0

# %% wrong 0: the union's share of the shared, upside down
def iou(a, b):
    both = np.sum(a & b)
    return np.sum(a | b) / both if both else 1.0

# %% wrong 0: or instead of and, and instead of or
def iou(a, b):
    return np.sum(a | b) / max(np.sum(a & b), 1)

# %% wrong 0: a number for each row
def iou(a, b):
    union = (a | b).sum(axis=-1)
    return (a & b).sum(axis=-1) / np.maximum(union, 1)

# %% wrong 0: True and False can't be subtracted
def iou(a, b):
    return np.sum(a & b) / np.sum(a - b)

# %% wrong 0.75: Python's and and or look at the whole mask
def iou(a, b):
    if a.any() and b.any():
        return np.sum(a & b) / np.sum(a | b)
    return 1.0
