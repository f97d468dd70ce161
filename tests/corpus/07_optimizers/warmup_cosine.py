# Property -> check
# straight line up, step + 1 -> the warm-up; another warm-up
# peak first, 0 at the end, half between -> the way down
# half a cosine, no straight line -> the way down is a cosine; another way down; no warm-up
# 0 after step T -> after the end the rate stays zero
# n = 0 -> no warm-up
# peak, warmup, total of the call -> another warm-up; another way down

# %% right: by cases
def warmup_cosine(step, peak, warmup, total):
    if step < warmup:
        return peak * (step + 1) / warmup
    share = min(1.0, (step - warmup) / (total - warmup))
    return peak * (1 + np.cos(np.pi * share)) / 2

# %% right: with math, three cases
def warmup_cosine(step, peak, warmup, total):
    import math

    if step >= total:
        return 0.0
    if step >= warmup:
        return 0.5 * peak + 0.5 * peak * math.cos(math.pi * (step - warmup) / (total - warmup))
    return peak / warmup * (step + 1)

# %% right: half a cosine is a squared one, with np.clip
def warmup_cosine(t, peak, n, T):
    u = np.clip((t - n) / (T - n), 0, 1)
    climb = (t + 1) / max(n, 1)
    return peak * min(climb, 1.0) * np.cos(np.pi / 2 * u) ** 2

# %% right: an array of all rates, looked up
def warmup_cosine(step, peak, warmup, total):
    up = peak * np.arange(1, warmup + 1) / warmup if warmup else np.zeros(0)
    down = peak * (1 + np.cos(np.linspace(0, np.pi, total - warmup + 1))) / 2
    rates = np.concatenate([up, down])
    return rates[min(step, total)]

# %% wrong 2.25: comes up again after the end
def warmup_cosine(step, peak, warmup, total):
    if step < warmup:
        return peak * (step + 1) / warmup
    share = (step - warmup) / (total - warmup)
    return peak * (1 + np.cos(np.pi * share)) / 2

# %% wrong 1.4: a straight line down
def warmup_cosine(step, peak, warmup, total):
    if step < warmup:
        return peak * (step + 1) / warmup
    return peak * max(0.0, 1 - (step - warmup) / (total - warmup))

# %% wrong 2.25: always divides by warmup
def warmup_cosine(step, peak, warmup, total):
    climb = peak * (step + 1) / warmup
    share = min(1.0, (step - warmup) / (total - warmup))
    return climb if step < warmup else peak * (1 + np.cos(np.pi * share)) / 2

# %% wrong 1.6: starts from zero, a step late
def warmup_cosine(step, peak, warmup, total):
    if step < warmup:
        return peak * step / warmup
    share = min(1.0, (step - warmup) / (total - warmup))
    return peak * (1 + np.cos(np.pi * share)) / 2

# %% wrong 1.4: the cosine counts from step 0
def warmup_cosine(step, peak, warmup, total):
    if step < warmup:
        return peak * (step + 1) / warmup
    share = min(1.0, step / total)
    return peak * (1 + np.cos(np.pi * share)) / 2

# %% wrong 1: degrees
def warmup_cosine(step, peak, warmup, total):
    if step < warmup:
        return peak * (step + 1) / warmup
    share = min(1.0, (step - warmup) / (total - warmup))
    return peak * (1 + np.cos(180 * share)) / 2

# %% wrong 1: a whole cosine
def warmup_cosine(step, peak, warmup, total):
    if step < warmup:
        return peak * (step + 1) / warmup
    share = min(1.0, (step - warmup) / (total - warmup))
    return peak * (1 + np.cos(2 * np.pi * share)) / 2

# %% wrong 1.15: the one half forgotten
def warmup_cosine(step, peak, warmup, total):
    if step < warmup:
        return peak * (step + 1) / warmup
    share = min(1.0, (step - warmup) / (total - warmup))
    return peak * (1 + np.cos(np.pi * share))

# %% wrong 1: a cosine that becomes negative
def warmup_cosine(step, peak, warmup, total):
    if step < warmup:
        return peak * (step + 1) / warmup
    share = min(1.0, (step - warmup) / (total - warmup))
    return peak * np.cos(np.pi * share)

# %% wrong 1.15: total counts from the end of the warm-up
def warmup_cosine(step, peak, warmup, total):
    if step < warmup:
        return peak * (step + 1) / warmup
    share = min(1.0, (step - warmup) / total)
    return peak * (1 + np.cos(np.pi * share)) / 2

# %% wrong 0.85: the visible table by heart
def warmup_cosine(step, peak, warmup, total):
    table = {0: 0.2, 1: 0.4, 2: 0.6, 3: 0.8, 4: 0.8, 8: 0.4}
    return table.get(step, 0.0)

# %% wrong 1.15: whole-number division in the share
def warmup_cosine(step, peak, warmup, total):
    if step < warmup:
        return peak * (step + 1) / warmup
    share = min(1, (step - warmup) // (total - warmup))
    return peak * (1 + np.cos(np.pi * share)) / 2

# %% wrong 0: prints it
def warmup_cosine(step, peak, warmup, total):
    if step < warmup:
        print(peak * (step + 1) / warmup)
    else:
        print(peak * (1 + np.cos(np.pi * (step - warmup) / (total - warmup))) / 2)

# %% wrong 1.75: the rate is rounded
def warmup_cosine(step, peak, warmup, total):
    if step < warmup:
        rate = peak * (step + 1) / warmup
    else:
        share = min(1.0, (step - warmup) / (total - warmup))
        rate = peak * (1 + np.cos(np.pi * share)) / 2
    return round(rate, 5) if rate < 0.1 else rate

# %% right: float32, a NumPy number
def warmup_cosine(step, peak, warmup, total):
    if step < warmup:
        return np.float32(peak) * np.float32(step + 1) / np.float32(warmup)
    u = np.float32(min(step - warmup, total - warmup)) / np.float32(total - warmup)
    return np.float32(peak) * (np.float32(1) + np.cos(np.float32(np.pi) * u)) / np.float32(2)

# %% right: np.where on both cases
def warmup_cosine(step, peak, warmup, total):
    u = np.clip((step - warmup) / (total - warmup), 0, 1)
    rise = (step + 1) / max(warmup, 1)
    return float(peak * np.where(step < warmup, rise, 0.5 * (1 + np.cos(np.pi * u))))

# %% wrong 1.5: the peak is always that of the example
def warmup_cosine(step, peak, warmup, total):
    peak = 0.8
    if step < warmup:
        return peak * (step + 1) / warmup
    return peak * (1 + np.cos(np.pi * min(1.0, (step - warmup) / (total - warmup)))) / 2

# %% wrong 1.6: the warm-up lasts one step longer
def warmup_cosine(step, peak, warmup, total):
    if step <= warmup:
        return peak * (step + 1) / (warmup + 1)
    return peak * (1 + np.cos(np.pi * min(1.0, (step - warmup) / (total - warmup)))) / 2

# %% wrong 1.6: no warm-up
def warmup_cosine(step, peak, warmup, total):
    return peak * (1 + np.cos(np.pi * min(1.0, max(0, step - warmup) / (total - warmup)))) / 2

# %% wrong 0: the peak, and nothing else
def warmup_cosine(step, peak, warmup, total):
    return peak

# %% wrong 1.15: a sine that bends the other way
def warmup_cosine(step, peak, warmup, total):
    if step < warmup:
        return peak * (step + 1) / warmup
    return peak * (1 - np.sin(np.pi / 2 * min(1.0, (step - warmup) / (total - warmup))))

# %% wrong 1.15: a quarter of a cosine
def warmup_cosine(step, peak, warmup, total):
    if step < warmup:
        return peak * (step + 1) / warmup
    return peak * np.cos(np.pi / 2 * min(1.0, (step - warmup) / (total - warmup)))
