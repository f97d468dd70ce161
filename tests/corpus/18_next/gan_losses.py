# Answers to "gan_losses": visible 1.25 (either order 0.5, judge 0.5, generator 0.25), hidden: judge of
# several 0.5, generator of several 0.5, judge far out 0.25, generator far out 0.25, left 0.25.
# Property -> check
# the judge's sum of two means -> the judge, by hand; of 7 real and 4 made pictures
# the generator's own loss -> the generator, by hand; of 4 made pictures
# right up to 1000 -> the judge far out, the generator far out
# scores untouched -> left as they were

# %% right: max(z, 0) + log1p(exp(-|z|))
def gan_losses(real, made):
    def softplus(z):
        return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))

    return softplus(-real).mean() + softplus(made).mean(), softplus(-made).mean()

# %% right: loops
import math

def gan_losses(real, made):
    def cost(z):
        return z + math.log1p(math.exp(-z)) if z > 0 else math.log1p(math.exp(z))

    judge = sum(cost(-z) for z in real) / len(real) + sum(cost(z) for z in made) / len(made)
    return judge, sum(cost(-z) for z in made) / len(made)

# %% right: binary cross-entropy with targets
def gan_losses(real, made):
    def bce(z, target):
        return np.mean(np.clip(z, 0, None) - z * target + np.log1p(np.exp(-abs(z))))

    return [bce(real, 1) + bce(made, 0), bce(made, 1)]

# %% wrong 2: the mean of the two halves
def gan_losses(real, made):
    judge = (np.logaddexp(0, -real).mean() + np.logaddexp(0, made).mean()) / 2
    return judge, np.logaddexp(0, -made).mean()

# %% wrong 2: the generator's loss saturates
def gan_losses(real, made):
    judge = np.logaddexp(0, -real).mean() + np.logaddexp(0, made).mean()
    return judge, -np.logaddexp(0, made).mean()

# %% wrong 2.5: probabilities first
def gan_losses(real, made):
    p, q = 1 / (1 + np.exp(-real)), 1 / (1 + np.exp(-made))
    return -np.log(p).mean() - np.log(1 - q).mean(), -np.log(q).mean()

# %% wrong 2.5: probabilities first, kept away from 0
def gan_losses(real, made):
    p, q = 1 / (1 + np.exp(-real)), 1 / (1 + np.exp(-made))
    eps = 1e-12
    return -np.log(p + eps).mean() - np.log(1 - q + eps).mean(), -np.log(q + eps).mean()

# %% wrong 2.5: one mean over all pictures, which weighs real and made ones by their number
def gan_losses(real, made):
    parts = np.concatenate([np.logaddexp(0, -real), np.logaddexp(0, made)])
    return 2 * parts.mean() if len(real) < 3 else parts.mean(), np.logaddexp(0, -made).mean()

# %% wrong 1.75: sums in place of means
def gan_losses(real, made):
    return np.logaddexp(0, -real).sum() + np.logaddexp(0, made).sum(), np.logaddexp(0, -made).sum()

# %% wrong 1.25: the judge's loss is missing
def gan_losses(real, made):
    return None, np.logaddexp(0, -made).mean()

# %% wrong 1.75: the generator's loss is missing
def gan_losses(real, made):
    return np.logaddexp(0, -real).mean() + np.logaddexp(0, made).mean(), None

# %% wrong 2.4: the two exchanged
def gan_losses(real, made):
    judge = np.logaddexp(0, -real).mean() + np.logaddexp(0, made).mean()
    return np.logaddexp(0, -made).mean(), judge

# %% wrong 2: the generator is judged by real pictures
def gan_losses(real, made):
    judge = np.logaddexp(0, -real).mean() + np.logaddexp(0, made).mean()
    return judge, np.logaddexp(0, real).mean()

# %% wrong 1.5: the signs of the judge's scores exchanged
def gan_losses(real, made):
    judge = np.logaddexp(0, real).mean() + np.logaddexp(0, -made).mean()
    return judge, np.logaddexp(0, -made).mean()

# %% wrong 2.75: turns the scores round in place
def gan_losses(real, made):
    real *= -1
    judge = np.logaddexp(0, real).mean() + np.logaddexp(0, made).mean()
    return judge, np.logaddexp(0, -made).mean()

# %% wrong 2.5: the generator's loss is right for single pictures
def gan_losses(real, made):
    judge = np.logaddexp(0, -real).mean() + np.logaddexp(0, made).mean()
    return judge, np.logaddexp(0, -np.sort(made)[: len(made) // 4 or 1]).mean() if len(made) == 4 else np.logaddexp(0, -made).mean()

# %% wrong 2: one mean over all
def gan_losses(real, made):
    """The losses of judge and generator, from the judge's scores of real and of made pictures."""
    judge = np.mean(np.concatenate([np.logaddexp(0, -real), np.logaddexp(0, made)]))
    generator = np.mean(np.logaddexp(0, -made))
    return float(judge), float(generator)
