# The loss may stand in either place, or alone.
# Property -> check
# 1 - A / B                       -> the loss of the worked example; where smooth hardly counts
# quotient rule, p (1 - p)        -> the gradient of the worked example
# a slope for each pixel          -> the shape and the signs of the gradient
# sums over the whole batch       -> the loss of three pictures; the gradient of three pictures
# smooth above and below          -> another smooth; the gradient with another smooth
# empty masks                     -> an empty mask
# logits up to 1,000, no NaN      -> logits that are far out
# inputs stay                     -> the inputs are left as they were

# %% right: the plain sigmoid, whose overflow gives the right 0
def dice_loss(logits, y, smooth=1.0):
    p = 1 / (1 + np.exp(-logits))
    A = 2 * (p * y).sum() + smooth
    B = p.sum() + y.sum() + smooth
    slope = (A - 2 * y * B) / B**2
    return 1 - A / B, slope * p * (1 - p)

# %% right: by the library's sigmoid, float32
def dice_loss(logits, y, smooth=1.0):
    p = nn.sigmoid(logits.astype(np.float32))
    above = 2 * np.vdot(p, y) + smooth
    below = p.sum() + y.sum() + smooth
    dp = (above / below - 2 * y) / below
    return float(1 - above / below), nn.sigmoid_backward(dp.astype(np.float32), logits.astype(np.float32))

# %% right: two cases, a loop over the pixels, a list of two
def dice_loss(logits, y, smooth=1.0):
    z, t = logits.ravel(), y.ravel()
    p = np.zeros(len(z))
    for n in range(len(z)):
        if z[n] >= 0:
            p[n] = 1 / (1 + np.exp(-z[n]))
        else:
            e = np.exp(z[n])
            p[n] = e / (1 + e)
    A, B = 2 * p @ t + smooth, p.sum() + t.sum() + smooth
    g = np.zeros(len(z))
    for n in range(len(z)):
        g[n] = (A / B**2 - 2 * t[n] / B) * p[n] * (1 - p[n])
    return [1 - A / B, g.reshape(logits.shape)]

# %% wrong 3.25: the sign of the gradient
def dice_loss(logits, y, smooth=1.0):
    p = 1 / (1 + np.exp(-logits))
    A = 2 * (p * y).sum() + smooth
    B = p.sum() + y.sum() + smooth
    slope = (2 * y * B - A) / B**2
    return 1 - A / B, slope * p * (1 - p)

# %% wrong 3.25: the gradient with respect to p
def dice_loss(logits, y, smooth=1.0):
    p = 1 / (1 + np.exp(-logits))
    A = 2 * (p * y).sum() + smooth
    B = p.sum() + y.sum() + smooth
    slope = (A - 2 * y * B) / B**2
    return 1 - A / B, slope

# %% wrong 0.75: Dice itself, not one minus it, with its gradient
def dice_loss(logits, y, smooth=1.0):
    p = 1 / (1 + np.exp(-logits))
    A = 2 * (p * y).sum() + smooth
    B = p.sum() + y.sum() + smooth
    slope = (A - 2 * y * B) / B**2
    return A / B, -slope * p * (1 - p)

# %% wrong 3: the mean of the pictures
def dice_loss(logits, y, smooth=1.0):
    p = 1 / (1 + np.exp(-logits))
    A = 2 * (p * y).sum(axis=(1, 2, 3), keepdims=True) + smooth
    B = (p + y).sum(axis=(1, 2, 3), keepdims=True) + smooth
    return np.mean(1 - A / B), (A - 2 * y * B) / B**2 * p * (1 - p) / len(p)

# %% wrong 2.25: thresholds first
def dice_loss(logits, y, smooth=1.0):
    p = 1.0 * (logits > 0)
    A = 2 * (p * y).sum() + smooth
    B = p.sum() + y.sum() + smooth
    slope = (A - 2 * y * B) / B**2
    return 1 - A / B, slope * p * (1 - p)

# %% wrong 1.25: smooth below only
def dice_loss(logits, y, smooth=1.0):
    p = 1 / (1 + np.exp(-logits))
    A = 2 * (p * y).sum()
    B = p.sum() + y.sum() + smooth
    slope = (A - 2 * y * B) / B**2
    return 1 - A / B, slope * p * (1 - p)

# %% wrong 3.75: smooth is always 1
def dice_loss(logits, y, smooth=1.0):
    smooth = 1
    p = 1 / (1 + np.exp(-logits))
    A = 2 * (p * y).sum() + smooth
    B = p.sum() + y.sum() + smooth
    slope = (A - 2 * y * B) / B**2
    return 1 - A / B, slope * p * (1 - p)

# %% wrong 4.5: e^z / (1 + e^z)
def dice_loss(logits, y, smooth=1.0):
    p = np.exp(logits) / (1 + np.exp(logits))
    A = 2 * (p * y).sum() + smooth
    B = p.sum() + y.sum() + smooth
    slope = (A - 2 * y * B) / B**2
    return 1 - A / B, slope * p * (1 - p)

# %% wrong 2.25: without the 2
def dice_loss(logits, y, smooth=1.0):
    p = 1 / (1 + np.exp(-logits))
    A = (p * y).sum() + smooth
    B = p.sum() + y.sum() + smooth
    slope = (A - 2 * y * B) / B**2
    return 1 - A / B, slope * p * (1 - p)

# %% wrong 3.25: the gradient as if B did not depend on p
def dice_loss(logits, y, smooth=1.0):
    p = 1 / (1 + np.exp(-logits))
    A = 2 * (p * y).sum() + smooth
    B = p.sum() + y.sum() + smooth
    slope = -2 * y / B
    return 1 - A / B, slope * p * (1 - p)

# %% wrong 2.25: no sigmoid
def dice_loss(logits, y, smooth=1.0):
    p = logits
    A = 2 * (p * y).sum() + smooth
    B = p.sum() + y.sum() + smooth
    slope = (A - 2 * y * B) / B**2
    return 1 - A / B, slope * p * (1 - p)

# %% wrong 4.75: the logits are doubled in place
def dice_loss(logits, y, smooth=1.0):
    logits *= 2
    logits = logits / 2
    p = 1 / (1 + np.exp(-logits))
    A = 2 * (p * y).sum() + smooth
    B = p.sum() + y.sum() + smooth
    slope = (A - 2 * y * B) / B**2
    return 1 - A / B, slope * p * (1 - p)

# %% wrong 2.75: the loss alone
def dice_loss(logits, y, smooth=1.0):
    p = (1 + np.tanh(logits / 2)) / 2
    return 1 - (2 * (p * y).sum() + smooth) / (p.sum() + y.sum() + smooth)
