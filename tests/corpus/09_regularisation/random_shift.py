# Answers to "random_shift": visible 1.25 (moved 0.75, nine shifts 0.5), hidden: channels 0.5, high
# and wide, up to 4, generator, anew, none 0.25 each, pictures 0.5.

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

# %% wrong 1.25: np.roll, what leaves comes back
def random_shift(x, most, rng):
    new = np.empty_like(x)
    for k, (down, right) in enumerate(rng.integers(-most, most + 1, (len(x), 2))):
        new[k] = np.roll(x[k], (down, right), axis=(1, 2))
    return new

# %% wrong 2.75: the upper end is left out
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.empty_like(x)
    for k in range(len(x)):
        down, right = rng.integers(-most, most, 2) if most else (0, 0)
        top, left = most - down, most - right
        moved[k] = framed[k, :, top : top + H, left : left + W]
    return moved

# %% wrong 1.5: one shift for the whole batch
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    down, right = rng.integers(-most, most + 1, 2)
    top, left = most - down, most - right
    return framed[:, :, top : top + H, left : left + W]

# %% wrong 2.75: only down and to the right
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.empty_like(x)
    for k, (down, right) in enumerate(rng.integers(0, most + 1, (len(x), 2))):
        top, left = most - down, most - right
        moved[k] = framed[k, :, top : top + H, left : left + W]
    return moved

# %% wrong 2.5: the same number for both directions
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.empty_like(x)
    for k, step in enumerate(rng.integers(-most, most + 1, len(x))):
        moved[k] = framed[k, :, most - step : most - step + H, most - step : most - step + W]
    return moved

# %% wrong 3.25: always as far as it may go, or not at all
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.empty_like(x)
    for k, (down, right) in enumerate(most * rng.integers(-1, 2, (len(x), 2))):
        top, left = most - down, most - right
        moved[k] = framed[k, :, top : top + H, left : left + W]
    return moved

# %% wrong 3: a bell curve, rounded and cut, far shifts are rare
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.empty_like(x)
    for k in range(len(x)):
        steps = np.clip(np.round(rng.normal(0, most / 2, 2)), -most, most).astype(int)
        top, left = most - steps
        moved[k] = framed[k, :, top : top + H, left : left + W]
    return moved

# %% wrong 3: each channel has its own shift
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

# %% wrong 3: only the first channel is moved
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = x.copy()
    for k, (down, right) in enumerate(rng.integers(-most, most + 1, (len(x), 2))):
        top, left = most - down, most - right
        moved[k, 0] = framed[k, 0, top : top + H, left : left + W]
    return moved

# %% wrong 3: squares only, the height for both
def random_shift(x, most, rng):
    size = x.shape[2]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.zeros((len(x), x.shape[1], size, size))
    for k, (down, right) in enumerate(rng.integers(-most, most + 1, (len(x), 2))):
        top, left = most - down, most - right
        moved[k] = framed[k, :, top : top + size, left : left + size]
    return moved

# %% wrong 3.25: a frame of two pixels, whatever most is
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (2, 2), (2, 2)))
    moved = np.empty_like(x)
    for k, (down, right) in enumerate(np.clip(rng.integers(-most, most + 1, (len(x), 2)), -2, 2)):
        moved[k] = framed[k, :, 2 - down : 2 - down + H, 2 - right : 2 - right + W]
    return moved

# %% wrong 3.25: np.random instead of the generator
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.empty_like(x)
    for k, (down, right) in enumerate(np.random.randint(-most, most + 1, (len(x), 2))):
        top, left = most - down, most - right
        moved[k] = framed[k, :, top : top + H, left : left + W]
    return moved

# %% wrong 3.25: a generator of its own, with a seed
def random_shift(x, most, rng=None):
    rng = np.random.default_rng(42)
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.empty_like(x)
    for k, (down, right) in enumerate(rng.integers(-most, most + 1, (len(x), 2))):
        top, left = most - down, most - right
        moved[k] = framed[k, :, top : top + H, left : left + W]
    return moved

# %% wrong 3.25: cuts the frame off with a minus, so most = 0 leaves nothing
def random_shift(x, most, rng):
    moved = np.empty_like(x)
    for k, (down, right) in enumerate(rng.integers(-most, most + 1, (len(x), 2))):
        framed = np.pad(x[k], ((0, 0), (most, most), (most, most)))
        framed = np.roll(framed, (down, right), axis=(1, 2))
        moved[k] = framed[:, most:-most, most:-most]
    return moved

# %% wrong 3: writes into the caller's pictures
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    for k, (down, right) in enumerate(rng.integers(-most, most + 1, (len(x), 2))):
        top, left = most - down, most - right
        x[k] = framed[k, :, top : top + H, left : left + W]
    return x

# %% wrong 1.25: the edge is repeated outside
def random_shift(x, most, rng):
    H, W = x.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)), mode="edge")
    moved = np.empty_like(x)
    for k, (down, right) in enumerate(rng.integers(-most, most + 1, (len(x), 2))):
        top, left = most - down, most - right
        moved[k] = framed[k, :, top : top + H, left : left + W]
    return moved

# %% wrong 1: a mirror, which makes no digit of a 3
def random_shift(x, most, rng):
    flip = rng.random(len(x)) < 0.5
    return np.where(flip[:, None, None, None], x[:, :, :, ::-1], x)
