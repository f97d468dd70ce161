# Property -> check
# minus 4, half; double, minus 4     -> the sides of the worked example
# half the difference on each side   -> the cuts of the worked example
# lowest level first, several levels -> the cuts of the worked example; the paper's 572: others sort
# padding 1 keeps the sides          -> with padding; other sides and depths
# ValueError for an odd side         -> an odd side
# ValueError below 1                 -> nothing is left

# %% right: one loop down, one up
def unet_sizes(side, depth, padding=0):
    less = 4 - 4 * padding
    across, result = [], []
    for _ in range(depth):
        side -= less
        if side < 1 or side % 2:
            raise ValueError("does not halve")
        across.append(side)
        side //= 2
    side -= less
    if side < 1:
        raise ValueError("bottom")
    for skip in across[::-1]:
        up = 2 * side
        side = up - less
        if side < 1:
            raise ValueError("up")
        result.append((side, (skip - up) // 2))
    return result

# %% right: recursion
def unet_sizes(side, depth, padding=0):
    def level(side, depth):
        left = side - 4 * (padding == 0)
        if left < 1:
            raise ValueError(side)
        if depth == 0:
            return left, []
        if left % 2 == 1:
            raise ValueError(left)
        below, rows = level(left // 2, depth - 1)
        out = 2 * below - 4 * (padding == 0)
        if out < 1:
            raise ValueError(out)
        return out, [*rows, (out, left // 2 - below)]

    return level(side, depth)[1]

# %% right: an array of rows, from the sides of both ways
def unet_sizes(side, depth, padding=0):
    take = 2 * (2 - 2 * padding)
    down = [side - take]
    for _ in range(depth):
        if down[-1] % 2 != 0:
            raise ValueError("odd")
        down.append(down[-1] // 2 - take)
    up = [down[-1]]
    for _ in range(depth):
        up.append(2 * up[-1] - take)
    if min(down + up) <= 0:
        raise ValueError("too small")
    skips = down[-2::-1]
    return np.array([[up[n + 1], (skips[n] - 2 * up[n]) // 2] for n in range(depth)])

# %% wrong 1.75: the cut of both sides together
def unet_sizes(side, depth, padding=0):
    less = 4 - 4 * padding
    across, result = [], []
    for _ in range(depth):
        side -= less
        if side < 1 or side % 2:
            raise ValueError("does not halve")
        across.append(side)
        side //= 2
    side -= less
    if side < 1:
        raise ValueError("bottom")
    for skip in across[::-1]:
        up = 2 * side
        side = up - less
        if side < 1:
            raise ValueError("up")
        result.append((side, skip - up))
    return result

# %% wrong 2.25: from the top down
def unet_sizes(side, depth, padding=0):
    less = 4 - 4 * padding
    across, result = [], []
    for _ in range(depth):
        side -= less
        if side < 1 or side % 2:
            raise ValueError("does not halve")
        across.append(side)
        side //= 2
    side -= less
    if side < 1:
        raise ValueError("bottom")
    for skip in across[::-1]:
        up = 2 * side
        side = up - less
        if side < 1:
            raise ValueError("up")
        result.append((side, (skip - up) // 2))
    return result[::-1]

# %% wrong 1.75: cut to the side after the convolutions
def unet_sizes(side, depth, padding=0):
    less = 4 - 4 * padding
    across, result = [], []
    for _ in range(depth):
        side -= less
        if side < 1 or side % 2:
            raise ValueError("does not halve")
        across.append(side)
        side //= 2
    side -= less
    if side < 1:
        raise ValueError("bottom")
    for skip in across[::-1]:
        up = 2 * side
        side = up - less
        if side < 1:
            raise ValueError("up")
        result.append((side, (skip - side) // 2))
    return result

# %% wrong 1.2: minus 2 a level, one convolution
def unet_sizes(side, depth, padding=0):
    less = 2 - 2 * padding
    across, result = [], []
    for _ in range(depth):
        side -= less
        if side < 1 or side % 2:
            raise ValueError("does not halve")
        across.append(side)
        side //= 2
    side -= less
    if side < 1:
        raise ValueError("bottom")
    for skip in across[::-1]:
        up = 2 * side
        side = up - less
        if side < 1:
            raise ValueError("up")
        result.append((side, (skip - up) // 2))
    return result

# %% wrong 1.75: the padding is ignored
def unet_sizes(side, depth, padding=0):
    less = 4
    across, result = [], []
    for _ in range(depth):
        side -= less
        if side < 1 or side % 2:
            raise ValueError("does not halve")
        across.append(side)
        side //= 2
    side -= less
    if side < 1:
        raise ValueError("bottom")
    for skip in across[::-1]:
        up = 2 * side
        side = up - less
        if side < 1:
            raise ValueError("up")
        result.append((side, (skip - up) // 2))
    return result

# %% wrong 2.4: an odd side is rounded down
def unet_sizes(side, depth, padding=0):
    less = 4 - 4 * padding
    across, result = [], []
    for _ in range(depth):
        side -= less
        if side < 1:
            raise ValueError("does not halve")
        across.append(side)
        side //= 2
    side -= less
    if side < 1:
        raise ValueError("bottom")
    for skip in across[::-1]:
        up = 2 * side
        side = up - less
        if side < 1:
            raise ValueError("up")
        result.append((side, (skip - up) // 2))
    return result

# %% wrong 2.75: no look at what is left
def unet_sizes(side, depth, padding=0):
    less = 4 - 4 * padding
    across, result = [], []
    for _ in range(depth):
        side -= less
        if side % 2:
            raise ValueError("does not halve")
        across.append(side)
        side //= 2
    side -= less
    if side < -999:
        raise ValueError("bottom")
    for skip in across[::-1]:
        up = 2 * side
        side = up - less
        result.append((side, (skip - up) // 2))
    return result

# %% wrong 2.75: upwards, nothing is looked at
def unet_sizes(side, depth, padding=0):
    less = 4 - 4 * padding
    across, result = [], []
    for _ in range(depth):
        side -= less
        if side < 1 or side % 2:
            raise ValueError("does not halve")
        across.append(side)
        side //= 2
    side -= less
    if side < 1:
        raise ValueError("bottom")
    for skip in across[::-1]:
        up = 2 * side
        side = up - less
        result.append((side, (skip - up) // 2))
    return result

# %% wrong 1.2: no convolutions at the bottom
def unet_sizes(side, depth, padding=0):
    less = 4 - 4 * padding
    across, result = [], []
    for _ in range(depth):
        side -= less
        if side < 1 or side % 2:
            raise ValueError("does not halve")
        across.append(side)
        side //= 2
    for skip in across[::-1]:
        up = 2 * side
        side = up - less
        if side < 1:
            raise ValueError("up")
        result.append((side, (skip - up) // 2))
    return result

# %% wrong 1.75: always four levels, or as many as fit
def unet_sizes(side, depth, padding=0):
    less = 4 - 4 * padding
    across, result = [], []
    for _ in range(2):
        side -= less
        if side < 1 or side % 2:
            raise ValueError("does not halve")
        across.append(side)
        side //= 2
    side -= less
    if side < 1:
        raise ValueError("bottom")
    for skip in across[::-1]:
        up = 2 * side
        side = up - less
        if side < 1:
            raise ValueError("up")
        result.append((side, (skip - up) // 2))
    return result

# %% wrong 1.5: the sides on the way down
def unet_sizes(side, depth, padding=0):
    less = 4 - 4 * padding
    across, result = [], []
    for _ in range(depth):
        side -= less
        if side < 1 or side % 2:
            raise ValueError("does not halve")
        across.append(side)
        side //= 2
    side -= less
    if side < 1:
        raise ValueError("bottom")
    for skip in across[::-1]:
        up = 2 * side
        side = up - less
        if side < 1:
            raise ValueError("up")
        result.append((skip, (skip - up) // 2))
    return result

# %% wrong 0: ValueError always
def unet_sizes(side, depth, padding=0):
    raise ValueError("no size fits")

# %% wrong 2.4: floats
def unet_sizes(side, depth, padding=0):
    """For each level upwards: the side after its convolutions, and what its skip is cut by."""

    def convolved(side):
        side = side - 4 * (1 - padding)
        if side < 1:
            raise ValueError("two convolutions do not fit")
        return side

    across, found = [], []
    for _ in range(depth):
        side = convolved(side)
        if side % 2:
            raise ValueError(f"a side of {side} cannot be halved")
        across.append(side)
        side = side / 2
    side = convolved(side)
    for skip in reversed(across):
        up = 2 * side
        side = convolved(up)
        found.append((side, (skip - up) / 2))
    return found

# %% wrong 2.4: swapped
def unet_sizes(side, depth, padding=0):
    """For each level upwards: the side after its convolutions, and what its skip is cut by."""

    def convolved(side):
        side = side - 4 * (1 - padding)
        if side < 1:
            raise ValueError("two convolutions do not fit")
        return side

    across, found = [], []
    for _ in range(depth):
        side = convolved(side)
        if side % 2:
            raise ValueError(f"a side of {side} cannot be halved")
        across.append(side)
        side = side // 2
    side = convolved(side)
    for skip in reversed(across):
        up = 2 * side
        side = convolved(up)
        found.append(((skip - up) // 2, side))
    return found

# %% wrong 1: the sides alone
def unet_sizes(side, depth, padding=0):
    """For each level upwards: the side after its convolutions, and what its skip is cut by."""

    def convolved(side):
        side = side - 4 * (1 - padding)
        if side < 1:
            raise ValueError("two convolutions do not fit")
        return side

    across, found = [], []
    for _ in range(depth):
        side = convolved(side)
        if side % 2:
            raise ValueError(f"a side of {side} cannot be halved")
        across.append(side)
        side = side // 2
    side = convolved(side)
    for skip in reversed(across):
        up = 2 * side
        side = convolved(up)
        found.append(side)
    return found
