# Answers to "discounted_returns": visible 0.75 (worked example 0.5, gamma 1 0.25), hidden: rewards that differ 0.5,
# floats of whole numbers 0.25, long and none 0.25, left 0.25.
# Property -> check
# from the end, discounted -> the worked example
# each reward in its place, gamma 0 -> rewards that differ; gamma 1 -> nothing is discounted
# float64 from whole numbers -> floats, also of whole numbers
# 10,000 moves, no moves -> a long game, and none
# rewards untouched -> left as they were

# %% right: a list, turned round
def discounted_returns(rewards, gamma):
    found, G = [], 0.0
    for r in rewards[::-1]:
        G = r + gamma * G
        found.append(G)
    return np.array(found[::-1], dtype=float)

# %% right: an array with one place more
def discounted_returns(rewards, gamma):
    G = np.zeros(len(rewards) + 1)
    for t in range(len(rewards) - 1, -1, -1):
        G[t] = rewards[t] + gamma * G[t + 1]
    return G[:-1]

# %% right: accumulate
from itertools import accumulate

def discounted_returns(rewards, gamma):
    back = accumulate(np.asarray(rewards, float)[::-1], lambda later, r: r + gamma * later)
    return np.array(list(back), float)[::-1]

# %% wrong 0.5: from the front
def discounted_returns(rewards, gamma):
    G, later = np.zeros(len(rewards)), 0.0
    for t in range(len(rewards)):
        later = rewards[t] + gamma * later
        G[t] = later
    return G

# %% wrong 0: each reward discounted, not added up
def discounted_returns(rewards, gamma):
    return rewards * gamma ** np.arange(len(rewards))

# %% wrong 1: gamma on the reward itself
def discounted_returns(rewards, gamma):
    G, later = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        later = gamma * (rewards[t] + later)
        G[t] = later
    return G

# %% wrong 1.75: whole numbers are cut off
def discounted_returns(rewards, gamma):
    G, later = np.zeros_like(rewards), 0
    for t in reversed(range(len(rewards))):
        later = rewards[t] + gamma * later
        G[t] = later
    return G

# %% wrong 1.5: divides by powers of gamma
def discounted_returns(rewards, gamma):
    powers = gamma ** np.arange(len(rewards))
    return np.cumsum((rewards * powers)[::-1])[::-1] / powers

# %% wrong 1.75: no rewards raise an error
def discounted_returns(rewards, gamma):
    G = np.array(rewards, float)
    G[-1] += 0
    for t in range(len(G) - 2, -1, -1):
        G[t] += gamma * G[t + 1]
    return G

# %% wrong 1.75: in place
def discounted_returns(rewards, gamma):
    if rewards.dtype != float:
        rewards = rewards.astype(float)
    for t in range(len(rewards) - 2, -1, -1):
        rewards[t] += gamma * rewards[t + 1]
    return rewards

# %% wrong 0.5: the return from the start alone
def discounted_returns(rewards, gamma):
    return sum(r * gamma**t for t, r in enumerate(rewards))

# %% wrong 0.75: in the order of the end
def discounted_returns(rewards, gamma):
    found, G = [], 0.0
    for r in rewards[::-1]:
        G = r + gamma * G
        found.append(G)
    return np.array(found) if len(found) else np.zeros(1)

# %% wrong 1: two steps ahead, no further
def discounted_returns(rewards, gamma):
    padded = np.append(rewards, [0.0, 0.0])
    return padded[:-2] + gamma * padded[1:-1] + gamma**2 * padded[2:] if len(rewards) else np.zeros(1)

# %% wrong 0.8: nothing is discounted
def discounted_returns(rewards, gamma):
    return np.cumsum(np.asarray(rewards, float)[::-1])[::-1]

# %% wrong 0.8: own reward left out
def discounted_returns(rewards, gamma):
    """The return from each move on, (T,), of the rewards (T,)."""
    returns, later = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        returns[t] = gamma * later
        later = rewards[t] + gamma * later
    return returns

# %% wrong 0.75: backwards
def discounted_returns(rewards, gamma):
    """The return from each move on, (T,), of the rewards (T,)."""
    returns, later = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        later = rewards[t] + gamma * later
        returns[t] = later
    return returns[::-1]
