# Property -> check
# whole picture, 0 outside -> each picture is moved as a whole, with 0 outside
# -most to most, ends included, equally likely -> each of the nine shifts happens; shifts up to 4
# own draws for each picture, both directions -> each of the nine shifts happens
# channels together -> all channels move together
# H and W -> high and wide pictures
# rng, and anew each call -> the generator decides; another call draws anew
# most = 0 -> no shift at all
# pictures left as they are -> the pictures are left as they were

# %% right: cut out of a frame
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.empty_like(x)
    for k, (down, right) in enumerate(rng.integers(-most, most + 1, (len(x), 2))):
        top, left = most - down, most - right
        moved[k] = framed[k, :, top : top + H, left : left + W]
    return moved

# %% right: pixel by pixel
def random_shift(x, most, rng):
    N, C, H, W = x.shape
    new = np.zeros(x.shape)
    for n in range(N):
        down = rng.integers(-most, most, endpoint=True)
        right = rng.integers(-most, most, endpoint=True)
        for i in range(H):
            for j in range(W):
                if 0 <= i - down < H and 0 <= j - right < W:
                    new[n, :, i, j] = x[n, :, i - down, j - right]
    return new

# %% right: np.roll, and what came round blanked
def random_shift(x, most, rng):
    new = []
    for picture in x:
        down, right = (int(rng.choice(np.arange(-most, most + 1))) for _ in range(2))
        picture = np.roll(picture, (down, right), axis=(1, 2))
        if down > 0:
            picture[:, :down] = 0
        elif down < 0:
            picture[:, down:] = 0
        if right > 0:
            picture[:, :, :right] = 0
        elif right < 0:
            picture[:, :, right:] = 0
        new.append(picture)
    return np.array(new)

# %% right: all at once, by index
def random_shift(x, most, rng):
    N, C, H, W = x.shape
    down = np.floor(rng.uniform(-most, most + 1, N)).astype(int)
    right = np.floor(rng.uniform(-most, most + 1, N)).astype(int)
    framed = np.zeros((N, C, H + 2 * most, W + 2 * most), x.dtype)
    framed[:, :, most : most + H, most : most + W] = x
    rows = (most - down)[:, None] + np.arange(H)
    columns = (most - right)[:, None] + np.arange(W)
    n = np.arange(N)[:, None, None, None]
    c = np.arange(C)[None, :, None, None]
    return framed[n, c, rows[:, None, :, None], columns[:, None, None, :]]

# %% right: products with shifting matrices, in double precision, a list comes back
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    draws = rng.integers(0, 2 * most + 1, size=(2, len(x))) - most
    return [
        np.einsum("ij,cjk,kl->cil", np.eye(H, k=-d), picture.astype(float), np.eye(W, k=r))
        for picture, d, r in zip(x, *draws)
    ]

# %% wrong 1.45: np.roll, what leaves comes back
def random_shift(x, most, rng):
    new = np.empty_like(x)
    for k, (down, right) in enumerate(rng.integers(-most, most + 1, (len(x), 2))):
        new[k] = np.roll(x[k], (down, right), axis=(1, 2))
    return new

# %% wrong 2.55: the upper end is left out
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.empty_like(x)
    for k in range(len(x)):
        down, right = rng.integers(-most, most, 2) if most else (0, 0)
        top, left = most - down, most - right
        moved[k] = framed[k, :, top : top + H, left : left + W]
    return moved

# %% wrong 1.65: one shift for the whole batch
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    down, right = rng.integers(-most, most + 1, 2)
    top, left = most - down, most - right
    return framed[:, :, top : top + H, left : left + W]

# %% wrong 2.25: only down and to the right
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.empty_like(x)
    for k, (down, right) in enumerate(rng.integers(0, most + 1, (len(x), 2))):
        top, left = most - down, most - right
        moved[k] = framed[k, :, top : top + H, left : left + W]
    return moved

# %% wrong 2.275: the same number for both directions
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.empty_like(x)
    for k, step in enumerate(rng.integers(-most, most + 1, len(x))):
        moved[k] = framed[k, :, most - step : most - step + H, most - step : most - step + W]
    return moved

# %% wrong 2.275: always as far as it may go, or not at all
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.empty_like(x)
    for k, (down, right) in enumerate(most * rng.integers(-1, 2, (len(x), 2))):
        top, left = most - down, most - right
        moved[k] = framed[k, :, top : top + H, left : left + W]
    return moved

# %% wrong 2.95: a bell curve, rounded and cut, far shifts are rare
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.empty_like(x)
    for k in range(len(x)):
        steps = np.clip(np.round(rng.normal(0, most / 2, 2)), -most, most).astype(int)
        top, left = most - steps
        moved[k] = framed[k, :, top : top + H, left : left + W]
    return moved

# %% wrong 2.275: each channel has its own shift
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.empty_like(x)
    for k in range(len(x)):
        for c in range(x.shape[1]):
            down, right = rng.integers(-most, most + 1, 2)
            top, left = most - down, most - right
            moved[k, c] = framed[k, c, top : top + H, left : left + W]
    return moved

# %% wrong 2.275: only the first channel is moved
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = x.copy()
    for k, (down, right) in enumerate(rng.integers(-most, most + 1, (len(x), 2))):
        top, left = most - down, most - right
        moved[k, 0] = framed[k, 0, top : top + H, left : left + W]
    return moved

# %% wrong 2.9: squares only, the height for both
def random_shift(x, most, rng):
    size = x.shape[2]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.zeros((len(x), x.shape[1], size, size))
    for k, (down, right) in enumerate(rng.integers(-most, most + 1, (len(x), 2))):
        top, left = most - down, most - right
        moved[k] = framed[k, :, top : top + size, left : left + size]
    return moved

# %% wrong 3.1: a frame of two pixels, whatever most is
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (2, 2), (2, 2)))
    moved = np.empty_like(x)
    for k, (down, right) in enumerate(np.clip(rng.integers(-most, most + 1, (len(x), 2)), -2, 2)):
        moved[k] = framed[k, :, 2 - down : 2 - down + H, 2 - right : 2 - right + W]
    return moved

# %% wrong 3.3: np.random instead of the generator
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.empty_like(x)
    for k, (down, right) in enumerate(np.random.randint(-most, most + 1, (len(x), 2))):
        top, left = most - down, most - right
        moved[k] = framed[k, :, top : top + H, left : left + W]
    return moved

# %% wrong 3.3: a generator of its own, with a seed
def random_shift(x, most, rng=None):
    rng = np.random.default_rng(42)
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.empty_like(x)
    for k, (down, right) in enumerate(rng.integers(-most, most + 1, (len(x), 2))):
        top, left = most - down, most - right
        moved[k] = framed[k, :, top : top + H, left : left + W]
    return moved

# %% wrong 3.4: cuts the frame off with a minus, so most = 0 leaves nothing
def random_shift(x, most, rng):
    moved = np.empty_like(x)
    for k, (down, right) in enumerate(rng.integers(-most, most + 1, (len(x), 2))):
        framed = np.pad(x[k], ((0, 0), (most, most), (most, most)))
        framed = np.roll(framed, (down, right), axis=(1, 2))
        moved[k] = framed[:, most:-most, most:-most]
    return moved

# %% wrong 3.3: writes into the caller's pictures
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    for k, (down, right) in enumerate(rng.integers(-most, most + 1, (len(x), 2))):
        top, left = most - down, most - right
        x[k] = framed[k, :, top : top + H, left : left + W]
    return x

# %% wrong 1.45: the edge is repeated outside
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)), mode="edge")
    moved = np.empty_like(x)
    for k, (down, right) in enumerate(rng.integers(-most, most + 1, (len(x), 2))):
        top, left = most - down, most - right
        moved[k] = framed[k, :, top : top + H, left : left + W]
    return moved

# %% wrong 0.6: a mirror, which makes no digit of a 3
def random_shift(x, most, rng):
    flip = rng.random(len(x)) < 0.5
    return np.where(flip[:, None, None, None], x[:, :, :, ::-1], x)

# %% right: slices from and to, float32
def random_shift(x, most, rng):
    N, C, H, W = x.shape
    out = np.zeros((N, C, H, W), np.float32)
    for n in range(N):
        dy, dx = (int(rng.integers(-most, most, endpoint=True)) for _ in range(2))
        out[n, :, max(dy, 0) : H + min(dy, 0), max(dx, 0) : W + min(dx, 0)] = x[
            n, :, max(-dy, 0) : H - max(dy, 0), max(-dx, 0) : W - max(dx, 0)
        ]
    return out

# %% wrong 2.25: only sideways
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.empty_like(x)
    for k in range(len(x)):
        left = most - rng.integers(-most, most + 1)
        moved[k] = framed[k, :, most : most + H, left : left + W]
    return moved

# %% wrong 0: the shape grows with the frame
def random_shift(x, most, rng):
    N, C, H, W = x.shape
    out = np.zeros((N, C, H + 2 * most, W + 2 * most))
    for k, (d, r) in enumerate(rng.integers(0, 2 * most + 1, (N, 2))):
        out[k, :, d : d + H, r : r + W] = x[k]
    return out

# %% wrong 0: nothing moves
def random_shift(x, most, rng):
    return x.copy()

# %% wrong 2.275: one pixel at most
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    most = min(most, 1)
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.empty_like(x)
    for k, (down, right) in enumerate(rng.integers(-most, most + 1, (len(x), 2))):
        moved[k] = framed[k, :, most - down : most - down + H, most - right : most - right + W]
    return moved


# %% wrong 1.45: edge pixels repeated in place of zeros
def random_shift(x, most, rng):
    N, C, H, W = x.shape
    big = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)), mode="edge")
    out = np.zeros_like(x)
    for n in range(N):
        d, r = rng.integers(-most, most + 1, 2)
        out[n] = big[n, :, most - d:most - d + H, most - r:most - r + W]
    return out
