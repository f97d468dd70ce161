# Property -> check
# squared distances, log2, divided by 2 N            -> the worked example
# both directions                                    -> symmetric; a dense and a loose group
# zero diagonal                                      -> nobody is a neighbour of oneself
# the perplexity of each row                         -> as many neighbours as the perplexity says
# nearer counts more, larger beta, fewer neighbours  -> nearer pairs count more
# a beta for each point                              -> a dense and a loose group
# codes of any size, beside the answer's own         -> thousands and thousandths apart
# a point whose weights all become 0                 -> one code far away from the others
# codes stay                                         -> the codes are left as they were

# %% right: all rows at once
def t_sne_affinities(x, perplexity):
    N = len(x)
    d = t_sne.squared_distances(x)
    d[np.arange(N), np.arange(N)] = np.inf
    d = d - d.min(axis=1, keepdims=True)
    low, high = np.zeros(N), np.full(N, np.inf)
    beta = np.ones(N)
    for _ in range(200):
        e = np.exp(-beta[:, None] * d)
        p = e / e.sum(axis=1, keepdims=True)
        H = -np.where(p > 0, p * np.log2(np.where(p > 0, p, 1)), 0).sum(axis=1)
        wide = 2**H > perplexity
        low, high = np.where(wide, beta, low), np.where(wide, high, beta)
        beta = np.where(np.isinf(high), beta * 2, (low + high) / 2)
    return (p + p.T) / (2 * N)

# %% right: log beta between bounds made from the distances, natural logarithms
def t_sne_affinities(x, perplexity):
    N = x.shape[0]
    rows = []
    for i in range(N):
        d = np.array([np.sum((x[i] - x[j]) ** 2) for j in range(N) if j != i])
        gaps = d - d.min()
        top = gaps.max() if gaps.max() > 0 else 1.0
        a, b = np.log(1e-8 / top), np.log(1e8 / max(gaps[gaps > 0].min(), 1e-300))
        for _ in range(120):
            middle = (a + b) / 2
            w = np.exp(-np.exp(middle) * gaps)
            p = w / w.sum()
            H = -(p[p > 0] * np.log(p[p > 0])).sum()
            if np.exp(H) > perplexity:
                a = middle
            else:
                b = middle
        rows.append(np.insert(p, i, 0.0))
    P = np.array(rows)
    P = (P + P.T) / 2
    return P / P.sum()

# %% right: sigma instead of beta, a list of lists
def t_sne_affinities(x, perplexity):
    import math

    N = len(x)
    p = [[0.0] * N for _ in range(N)]
    for i in range(N):
        d = {j: float(((x[i] - x[j]) ** 2).sum()) for j in range(N) if j != i}
        least = min(d.values())
        low, high, sigma = 0.0, None, math.sqrt(sum(d.values()))
        for _ in range(300):
            w = {j: math.exp(-(v - least) / (2 * sigma**2)) for j, v in d.items()}
            total = sum(w.values())
            H = -sum(v / total * math.log2(v / total) for v in w.values() if v > 0)
            if H > math.log2(perplexity):
                high = sigma
            else:
                low = sigma
            sigma = 2 * sigma if high is None else (low + high) / 2
        for j, v in w.items():
            p[i][j] = v / total
    return [[(p[i][j] + p[j][i]) / (2 * N) for j in range(N)] for i in range(N)]

# %% right: the lecture's functions, written anew
def t_sne_affinities(x, perplexity):
    d = t_sne.squared_distances(x)
    N = len(d)

    def rows(beta):
        others = d + np.diag([np.inf] * N)
        return nn.softmax(-beta[:, None] * (others - others.min(axis=1, keepdims=True)))

    low, high, beta = np.zeros(N), np.full(N, np.inf), np.full(N, 1 / d.mean())
    for _ in range(80):
        p = rows(beta)
        many = 2 ** -(p * np.log2(p + (p == 0))).sum(axis=1) > perplexity
        low[many], high[~many] = beta[many], beta[~many]
        beta = np.where(high == np.inf, 2 * beta, (low + high) / 2)
    p = rows(beta)
    return (p + p.T) / (2 * N)

# %% wrong 3.5: one direction alone
def t_sne_affinities(x, perplexity):
    N = len(x)
    p = np.zeros((N, N))
    for i in range(N):
        others = np.arange(N) != i
        d = ((x[others] - x[i]) ** 2).sum(axis=1)
        d -= d.min()
        low, high, beta = 0, np.inf, 1 / d.mean()
        for _ in range(100):
            e = np.exp(-beta * d)
            row = e / e.sum()
            H = -np.sum(row[row > 0] * np.log2(row[row > 0]))
            if 2**H > perplexity:
                low = beta
            else:
                high = beta
            beta = 2 * beta if high == np.inf else (low + high) / 2
        p[i, others] = row
    return p / N

# %% wrong 3.5: not divided by N
def t_sne_affinities(x, perplexity):
    N = len(x)
    p = np.zeros((N, N))
    for i in range(N):
        others = np.arange(N) != i
        d = ((x[others] - x[i]) ** 2).sum(axis=1)
        d -= d.min()
        low, high, beta = 0, np.inf, 1 / d.mean()
        for _ in range(100):
            e = np.exp(-beta * d)
            row = e / e.sum()
            H = -np.sum(row[row > 0] * np.log2(row[row > 0]))
            if 2**H > perplexity:
                low = beta
            else:
                high = beta
            beta = 2 * beta if high == np.inf else (low + high) / 2
        p[i, others] = row
    return (p + p.T) / 2

# %% wrong 2.25: 2 to a power in natural units
def t_sne_affinities(x, perplexity):
    N = len(x)
    p = np.zeros((N, N))
    for i in range(N):
        others = np.arange(N) != i
        d = ((x[others] - x[i]) ** 2).sum(axis=1)
        d -= d.min()
        low, high, beta = 0, np.inf, 1 / d.mean()
        for _ in range(100):
            e = np.exp(-beta * d)
            row = e / e.sum()
            H = -np.sum(row[row > 0] * np.log(row[row > 0]))
            if 2**H > perplexity:
                low = beta
            else:
                high = beta
            beta = 2 * beta if high == np.inf else (low + high) / 2
        p[i, others] = row
    return (p + p.T) / (2 * N)

# %% wrong 2.25: distances that are not squared
def t_sne_affinities(x, perplexity):
    N = len(x)
    p = np.zeros((N, N))
    for i in range(N):
        others = np.arange(N) != i
        d = np.sqrt(((x[others] - x[i]) ** 2).sum(axis=1))
        d -= d.min()
        low, high, beta = 0, np.inf, 1 / d.mean()
        for _ in range(100):
            e = np.exp(-beta * d)
            row = e / e.sum()
            H = -np.sum(row[row > 0] * np.log2(row[row > 0]))
            if 2**H > perplexity:
                low = beta
            else:
                high = beta
            beta = 2 * beta if high == np.inf else (low + high) / 2
        p[i, others] = row
    return (p + p.T) / (2 * N)

# %% wrong 1.5: the point itself is among its neighbours
def t_sne_affinities(x, perplexity):
    N = len(x)
    p = np.zeros((N, N))
    for i in range(N):
        others = np.arange(N) >= 0
        d = ((x[others] - x[i]) ** 2).sum(axis=1)
        d -= d.min()
        low, high, beta = 0, np.inf, 1 / d.mean()
        for _ in range(100):
            e = np.exp(-beta * d)
            row = e / e.sum()
            H = -np.sum(row[row > 0] * np.log2(row[row > 0]))
            if 2**H > perplexity:
                low = beta
            else:
                high = beta
            beta = 2 * beta if high == np.inf else (low + high) / 2
        p[i, others] = row
    return (p + p.T) / (2 * N)

# %% wrong 4.75: the nearest has no weight of 1
def t_sne_affinities(x, perplexity):
    N = len(x)
    p = np.zeros((N, N))
    for i in range(N):
        others = np.arange(N) != i
        d = ((x[others] - x[i]) ** 2).sum(axis=1)
        low, high, beta = 0, np.inf, 1 / d.mean()
        for _ in range(100):
            e = np.exp(-beta * d)
            row = e / e.sum()
            H = -np.sum(row[row > 0] * np.log2(row[row > 0]))
            if 2**H > perplexity:
                low = beta
            else:
                high = beta
            beta = 2 * beta if high == np.inf else (low + high) / 2
        p[i, others] = row
    return (p + p.T) / (2 * N)

# %% wrong 4.5: beta between 0 and 1,000
def t_sne_affinities(x, perplexity):
    N = len(x)
    p = np.zeros((N, N))
    for i in range(N):
        others = np.arange(N) != i
        d = ((x[others] - x[i]) ** 2).sum(axis=1)
        d -= d.min()
        low, high, beta = 0, 1_000, 1
        for _ in range(100):
            e = np.exp(-beta * d)
            row = e / e.sum()
            H = -np.sum(row[row > 0] * np.log2(row[row > 0]))
            if 2**H > perplexity:
                low = beta
            else:
                high = beta
            beta = 2 * beta if high == np.inf else (low + high) / 2
        p[i, others] = row
    return (p + p.T) / (2 * N)

# %% wrong 2: ten halvings, of a wide interval
def t_sne_affinities(x, perplexity):
    N = len(x)
    p = np.zeros((N, N))
    for i in range(N):
        others = np.arange(N) != i
        d = ((x[others] - x[i]) ** 2).sum(axis=1)
        d -= d.min()
        low, high, beta = 0, 1_000, 500
        for _ in range(10):
            e = np.exp(-beta * d)
            row = e / e.sum()
            H = -np.sum(row[row > 0] * np.log2(row[row > 0]))
            if 2**H > perplexity:
                low = beta
            else:
                high = beta
            beta = 2 * beta if high == np.inf else (low + high) / 2
        p[i, others] = row
    return (p + p.T) / (2 * N)

# %% wrong 2.25: the entropy is compared with the perplexity
def t_sne_affinities(x, perplexity):
    N = len(x)
    p = np.zeros((N, N))
    for i in range(N):
        others = np.arange(N) != i
        d = ((x[others] - x[i]) ** 2).sum(axis=1)
        d -= d.min()
        low, high, beta = 0, np.inf, 1 / d.mean()
        for _ in range(100):
            e = np.exp(-beta * d)
            row = e / e.sum()
            H = -np.sum(row[row > 0] * np.log2(row[row > 0]))
            if H > perplexity:
                low = beta
            else:
                high = beta
            beta = 2 * beta if high == np.inf else (low + high) / 2
        p[i, others] = row
    return (p + p.T) / (2 * N)

# %% wrong 1.75: the wrong way round
def t_sne_affinities(x, perplexity):
    N = len(x)
    p = np.zeros((N, N))
    for i in range(N):
        others = np.arange(N) != i
        d = ((x[others] - x[i]) ** 2).sum(axis=1)
        d -= d.min()
        low, high, beta = 0, np.inf, 1 / d.mean()
        for _ in range(100):
            e = np.exp(-beta * d)
            row = e / e.sum()
            H = -np.sum(row[row > 0] * np.log2(row[row > 0]))
            if 2**H < perplexity:
                low = beta
            else:
                high = beta
            beta = 2 * beta if high == np.inf else (low + high) / 2
        p[i, others] = row
    return (p + p.T) / (2 * N)

# %% wrong 4.75: the codes are centred in place
def t_sne_affinities(x, perplexity):
    N = len(x)
    x -= x.mean(axis=0)
    p = np.zeros((N, N))
    for i in range(N):
        others = np.arange(N) != i
        d = ((x[others] - x[i]) ** 2).sum(axis=1)
        d -= d.min()
        low, high, beta = 0, np.inf, 1 / d.mean()
        for _ in range(100):
            e = np.exp(-beta * d)
            row = e / e.sum()
            H = -np.sum(row[row > 0] * np.log2(row[row > 0]))
            if 2**H > perplexity:
                low = beta
            else:
                high = beta
            beta = 2 * beta if high == np.inf else (low + high) / 2
        p[i, others] = row
    return (p + p.T) / (2 * N)

# %% wrong 3: the larger of both directions
def t_sne_affinities(x, perplexity):
    N = len(x)
    p = np.zeros((N, N))
    for i in range(N):
        others = np.arange(N) != i
        d = ((x[others] - x[i]) ** 2).sum(axis=1)
        d -= d.min()
        low, high, beta = 0, np.inf, 1 / d.mean()
        for _ in range(100):
            e = np.exp(-beta * d)
            row = e / e.sum()
            H = -np.sum(row[row > 0] * np.log2(row[row > 0]))
            if 2**H > perplexity:
                low = beta
            else:
                high = beta
            beta = 2 * beta if high == np.inf else (low + high) / 2
        p[i, others] = row
    p = np.maximum(p, p.T)
    return p / p.sum()

# %% wrong 3: one beta for all points
def t_sne_affinities(x, perplexity):
    N = len(x)
    d = t_sne.squared_distances(x)
    np.fill_diagonal(d, np.inf)
    d = d - d.min(axis=1, keepdims=True)
    low, high, beta = 0, np.inf, 1.0
    for _ in range(100):
        e = np.exp(-beta * d)
        p = e / e.sum(axis=1, keepdims=True)
        H = -np.sum(p * np.log2(np.where(p > 0, p, 1)), axis=1)
        if np.mean(2**H) > perplexity:
            low = beta
        else:
            high = beta
        beta = 2 * beta if high == np.inf else (low + high) / 2
    return (p + p.T) / (2 * N)

# %% wrong 2: nothing is searched, beta is that of the worked example
def t_sne_affinities(x, perplexity):
    d = t_sne.squared_distances(x)
    p = np.exp(-np.log(2) * d)
    np.fill_diagonal(p, 0)
    p /= p.sum(axis=1, keepdims=True)
    return (p + p.T) / (2 * len(x))


# %% right: scale by the nearest distances, doubling
def t_sne_affinities(x, perplexity):
    x = np.asarray(x, float)
    n = len(x)
    d = ((x[:, None] - x[None]) ** 2).sum(-1)
    C = np.zeros((n, n))
    goal = np.log(perplexity)
    for i in range(n):
        others = [j for j in range(n) if j != i]
        r = d[i, others] - d[i, others].min()
        def entropy(beta):
            e = np.exp(-beta * r)
            s = e.sum()
            return np.log(s) + beta * (e * r).sum() / s, e / s
        lo, hi = 0.0, 1.0 / max(r.max(), 1e-300)
        while entropy(hi)[0] > goal:
            lo, hi = hi, 2 * hi
        for _ in range(80):
            mid = 0.5 * (lo + hi)
            if entropy(mid)[0] > goal:
                lo = mid
            else:
                hi = mid
        C[i, others] = entropy(0.5 * (lo + hi))[1]
    return (C + C.T) / (2 * n)
