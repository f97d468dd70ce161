# Property -> check
# IoU, the best stays                 -> the worked example; the same box four times
# indices by falling score            -> boxes far from each other, and one twice; forty boxes
# more than the limit                 -> limit 0.7; an overlap that equals the limit
# who has gone drops nobody           -> a box that has gone drops nobody
# width and height not below 0        -> overlap in rows and in columns
# right and bottom are edges          -> boxes that touch, and boxes one pixel high
# ties by index                       -> equal scores
# N = 0                               -> no box at all
# inputs stay                         -> the inputs are left as they were

# %% right: a list of those that stay
def nms(boxes, scores, limit):
    def iou(a, b):
        width = min(a[2], b[2]) - max(a[0], b[0])
        height = min(a[3], b[3]) - max(a[1], b[1])
        shared = max(width, 0) * max(height, 0)
        sizes = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
        return shared / (sizes - shared)

    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    kept = []
    for n in order:
        if all(iou(boxes[n], boxes[k]) <= limit for k in kept):
            kept.append(n)
    return kept

# %% right: all overlaps at once
def nms(boxes, scores, limit):
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    shared = np.clip(high - low, 0, None).prod(axis=-1)
    area = (boxes[:, 2:] - boxes[:, :2]).prod(axis=-1)
    rival = shared / (area[:, None] + area - shared) > limit
    alive, kept = np.ones(len(scores), bool), []
    while alive.any():
        best = int(np.where(alive, scores, -np.inf).argmax())
        kept.append(best)
        alive &= ~rival[best]
        alive[best] = False
    return np.array(kept, dtype=int)

# %% right: pops from a list, float32
def nms(boxes, scores, limit):
    boxes = boxes.astype(np.float32)
    left = list(np.argsort(-scores, kind="stable"))
    stay = []
    while left:
        a = left.pop(0)
        stay.append(int(a))
        rest = []
        for n in left:
            x = max(0.0, min(boxes[a][2], boxes[n][2]) - max(boxes[a][0], boxes[n][0]))
            y = max(0.0, min(boxes[a][3], boxes[n][3]) - max(boxes[a][1], boxes[n][1]))
            union = np.prod(boxes[a][2:] - boxes[a][:2]) + np.prod(boxes[n][2:] - boxes[n][:2]) - x * y
            if x * y <= limit * union:
                rest.append(n)
        left = rest
    return stay

# %% wrong 4.25: boxes that have gone still drop others
def nms(boxes, scores, limit):
    def iou(a, b):
        width = min(a[2], b[2]) - max(a[0], b[0])
        height = min(a[3], b[3]) - max(a[1], b[1])
        shared = max(width, 0) * max(height, 0)
        sizes = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
        return shared / (sizes - shared)

    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    kept = []
    for n in order:
        if all(iou(boxes[n], boxes[k]) <= limit for k in order[: order.index(n)]):
            kept.append(n)
    return kept

# %% wrong 4.5: right and bottom are the last pixels, + 1
def nms(boxes, scores, limit):
    def iou(a, b):
        width = min(a[2], b[2]) - max(a[0], b[0]) + 1
        height = min(a[3], b[3]) - max(a[1], b[1]) + 1
        shared = max(width, 0) * max(height, 0)
        sizes = (a[2] - a[0] + 1) * (a[3] - a[1] + 1) + (b[2] - b[0] + 1) * (b[3] - b[1] + 1)
        return shared / (sizes - shared)

    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    kept = []
    for n in order:
        if all(iou(boxes[n], boxes[k]) <= limit for k in kept):
            kept.append(n)
    return kept

# %% wrong 4.25: width and height may be below 0
def nms(boxes, scores, limit):
    def iou(a, b):
        width = min(a[2], b[2]) - max(a[0], b[0])
        height = min(a[3], b[3]) - max(a[1], b[1])
        shared = width * height
        sizes = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
        return shared / (sizes - shared)

    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    kept = []
    for n in order:
        if all(iou(boxes[n], boxes[k]) <= limit for k in kept):
            kept.append(n)
    return kept

# %% wrong 5.75: an overlap that equals the limit drops
def nms(boxes, scores, limit):
    def iou(a, b):
        width = min(a[2], b[2]) - max(a[0], b[0])
        height = min(a[3], b[3]) - max(a[1], b[1])
        shared = max(width, 0) * max(height, 0)
        sizes = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
        return shared / (sizes - shared)

    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    kept = []
    for n in order:
        if all(iou(boxes[n], boxes[k]) < limit for k in kept):
            kept.append(n)
    return kept

# %% wrong 2.5: the lowest score first
def nms(boxes, scores, limit):
    def iou(a, b):
        width = min(a[2], b[2]) - max(a[0], b[0])
        height = min(a[3], b[3]) - max(a[1], b[1])
        shared = max(width, 0) * max(height, 0)
        sizes = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
        return shared / (sizes - shared)

    order = sorted(range(len(scores)), key=lambda n: scores[n])
    kept = []
    for n in order:
        if all(iou(boxes[n], boxes[k]) <= limit for k in kept):
            kept.append(n)
    return kept

# %% wrong 3.5: in the order given
def nms(boxes, scores, limit):
    def iou(a, b):
        width = min(a[2], b[2]) - max(a[0], b[0])
        height = min(a[3], b[3]) - max(a[1], b[1])
        shared = max(width, 0) * max(height, 0)
        sizes = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
        return shared / (sizes - shared)

    order = range(len(scores))
    kept = []
    for n in order:
        if all(iou(boxes[n], boxes[k]) <= limit for k in kept):
            kept.append(n)
    return kept

# %% wrong 4: by index, not by score
def nms(boxes, scores, limit):
    def iou(a, b):
        width = min(a[2], b[2]) - max(a[0], b[0])
        height = min(a[3], b[3]) - max(a[1], b[1])
        shared = max(width, 0) * max(height, 0)
        sizes = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
        return shared / (sizes - shared)

    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    kept = []
    for n in order:
        if all(iou(boxes[n], boxes[k]) <= limit for k in kept):
            kept.append(n)
    return sorted(kept)

# %% wrong 3.5: places in the sorted order
def nms(boxes, scores, limit):
    def iou(a, b):
        width = min(a[2], b[2]) - max(a[0], b[0])
        height = min(a[3], b[3]) - max(a[1], b[1])
        shared = max(width, 0) * max(height, 0)
        sizes = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
        return shared / (sizes - shared)

    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    kept = []
    for n in order:
        if all(iou(boxes[n], boxes[k]) <= limit for k in kept):
            kept.append(n)
    return [order.index(n) for n in kept]

# %% wrong 4.25: shared by the smaller box
def nms(boxes, scores, limit):
    def iou(a, b):
        width = min(a[2], b[2]) - max(a[0], b[0])
        height = min(a[3], b[3]) - max(a[1], b[1])
        shared = max(width, 0) * max(height, 0)
        sizes = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
        return shared / min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))

    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    kept = []
    for n in order:
        if all(iou(boxes[n], boxes[k]) <= limit for k in kept):
            kept.append(n)
    return kept

# %% wrong 4.25: Dice
def nms(boxes, scores, limit):
    def iou(a, b):
        width = min(a[2], b[2]) - max(a[0], b[0])
        height = min(a[3], b[3]) - max(a[1], b[1])
        shared = max(width, 0) * max(height, 0)
        sizes = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
        return 2 * shared / sizes

    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    kept = []
    for n in order:
        if all(iou(boxes[n], boxes[k]) <= limit for k in kept):
            kept.append(n)
    return kept

# %% wrong 3.25: the union counts the shared part twice
def nms(boxes, scores, limit):
    def iou(a, b):
        width = min(a[2], b[2]) - max(a[0], b[0])
        height = min(a[3], b[3]) - max(a[1], b[1])
        shared = max(width, 0) * max(height, 0)
        sizes = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
        return shared / sizes

    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    kept = []
    for n in order:
        if all(iou(boxes[n], boxes[k]) <= limit for k in kept):
            kept.append(n)
    return kept

# %% wrong 5.75: of equal scores the last one first
def nms(boxes, scores, limit):
    def iou(a, b):
        width = min(a[2], b[2]) - max(a[0], b[0])
        height = min(a[3], b[3]) - max(a[1], b[1])
        shared = max(width, 0) * max(height, 0)
        sizes = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
        return shared / (sizes - shared)

    order = np.argsort(scores, kind="stable")[::-1].tolist()
    kept = []
    for n in order:
        if all(iou(boxes[n], boxes[k]) <= limit for k in kept):
            kept.append(n)
    return kept

# %% wrong 5.75: an error for no box
def nms(boxes, scores, limit):
    def iou(a, b):
        width = min(a[2], b[2]) - max(a[0], b[0])
        height = min(a[3], b[3]) - max(a[1], b[1])
        shared = max(width, 0) * max(height, 0)
        sizes = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
        return shared / (sizes - shared)

    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    first = order[0]
    kept = []
    for n in order:
        if all(iou(boxes[n], boxes[k]) <= limit for k in kept):
            kept.append(n)
    return kept

# %% wrong 0: all boxes stay
def nms(boxes, scores, limit):
    def iou(a, b):
        width = min(a[2], b[2]) - max(a[0], b[0])
        height = min(a[3], b[3]) - max(a[1], b[1])
        shared = max(width, 0) * max(height, 0)
        sizes = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
        return shared / (sizes - shared)

    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    kept = []
    for n in order:
        if True:
            kept.append(n)
    return kept

# %% wrong 1.5: the best box alone
def nms(boxes, scores, limit):
    def iou(a, b):
        width = min(a[2], b[2]) - max(a[0], b[0])
        height = min(a[3], b[3]) - max(a[1], b[1])
        shared = max(width, 0) * max(height, 0)
        sizes = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
        return shared / (sizes - shared)

    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    kept = []
    for n in order:
        if all(iou(boxes[n], boxes[k]) <= limit for k in kept):
            kept.append(n)
    return kept[:1]

# %% wrong 5.75: the scores are set to -1
def nms(boxes, scores, limit):
    def iou(a, b):
        width = min(a[2], b[2]) - max(a[0], b[0])
        height = min(a[3], b[3]) - max(a[1], b[1])
        shared = max(width, 0) * max(height, 0)
        sizes = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
        return shared / (sizes - shared)

    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    kept = []
    for n in order:
        if all(iou(boxes[n], boxes[k]) <= limit for k in kept):
            kept.append(n)
    scores[:] = -1
    return kept

# %% wrong 4.5: compares with the box that was kept last alone
def nms(boxes, scores, limit):
    kept = []
    for n in np.argsort(-scores, kind="stable"):
        ok = True
        for k in kept[-1:]:
            low, high = np.maximum(boxes[n, :2], boxes[k, :2]), np.minimum(boxes[n, 2:], boxes[k, 2:])
            shared = np.maximum(high - low, 0).prod()
            sizes = sum((boxes[m, 2:] - boxes[m, :2]).prod() for m in (n, k))
            ok = shared / (sizes - shared) <= limit
        if ok:
            kept.append(int(n))
    return kept

# %% wrong 4.5: the area of the better box for both
def nms(boxes, scores, limit):
    kept = []
    for n in np.argsort(-scores, kind="stable"):
        ok = True
        for k in kept:
            low, high = np.maximum(boxes[n, :2], boxes[k, :2]), np.minimum(boxes[n, 2:], boxes[k, 2:])
            shared = np.maximum(high - low, 0).prod()
            sizes = 2 * (boxes[k, 2:] - boxes[k, :2]).prod()
            ok = ok and shared / (sizes - shared) <= limit
        if ok:
            kept.append(int(n))
    return kept


# %% wrong 4.25: overlap by the smaller box
def nms(boxes, scores, limit):
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
    def iou(a, b):
        w = max(0, min(a[2], b[2]) - max(a[0], b[0])); h = max(0, min(a[3], b[3]) - max(a[1], b[1]))
        s = lambda c: (c[2] - c[0]) * (c[3] - c[1])
        return w * h / min(s(a), s(b))
    keep = []
    for i in order:
        if all(iou(boxes[i], boxes[j]) <= limit for j in keep):
            keep.append(i)
    return keep

# %% wrong 4.8: the boxes
def nms(boxes, scores, limit):
    """Indices of the boxes (N, 4) that stay, by falling score."""
    order, kept = np.argsort(-scores, kind="stable"), []
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    while len(order):
        best, order = order[0], order[1:]
        kept.append(int(best))
        low = np.maximum(boxes[best, :2], boxes[order, :2])
        high = np.minimum(boxes[best, 2:], boxes[order, 2:])
        shared = np.maximum(high - low, 0).prod(axis=1)
        order = order[shared / (areas[best] + areas[order] - shared) <= limit]
    return boxes[kept]

# %% wrong 4.8: a mask
def nms(boxes, scores, limit):
    """Indices of the boxes (N, 4) that stay, by falling score."""
    order, kept = np.argsort(-scores, kind="stable"), []
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    while len(order):
        best, order = order[0], order[1:]
        kept.append(int(best))
        low = np.maximum(boxes[best, :2], boxes[order, :2])
        high = np.minimum(boxes[best, 2:], boxes[order, 2:])
        shared = np.maximum(high - low, 0).prod(axis=1)
        order = order[shared / (areas[best] + areas[order] - shared) <= limit]
    m = np.zeros(len(boxes), bool)
    m[kept] = True
    return m
