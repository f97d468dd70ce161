# Answers to "value_iteration": visible 1.25 (rooms: values 0.75, moves 0.5), hidden: gamma 1 0.5,
# both ways 0.5, slippery values 0.75, slippery moves 0.5 (not alone), one move 0.25, stops by tol 0.5, ties 0.5, left 0.25.
# The values may stand in either place, or alone, where only they are looked at, but for three checks.
# Property -> check
# Bellman's equation from 0 -> three rooms: the values; other worlds
# the same, also if gamma is forgotten or P is turned -> a grid world with gamma = 1; other worlds
# the best move, by the student's own values -> three rooms: the moves; slippery worlds: the moves
# one move: no maximum left -> a linear equation
# a sweep from the old values; stop by tol, a change of either sign -> it stops when tol says so
# ties: the first -> of equally good moves the first
# P, R untouched -> left as they were

# %% right: einsum
def value_iteration(P, R, gamma, tol):
    V = np.zeros(R.shape[0])
    while True:
        old = V
        V = (R + gamma * np.einsum("ast,t->sa", P, old)).max(1)
        if np.max(np.abs(V - old)) <= tol:
            break
    return V, np.argmax(R + gamma * np.einsum("ast,t->sa", P, V), axis=1)

# %% right: loops
def value_iteration(P, R, gamma, tol):
    S, A = R.shape

    def look_ahead(V, s):
        return [R[s, a] + gamma * sum(P[a, s, t] * V[t] for t in range(S)) for a in range(A)]

    V = [0.0] * S
    while True:
        new = [max(look_ahead(V, s)) for s in range(S)]
        largest = max(abs(a - b) for a, b in zip(new, V))
        V = new
        if not largest > tol:
            break
    moves = []
    for s in range(S):
        Q = look_ahead(V, s)
        moves.append(Q.index(max(Q)))
    return V, moves

# %% right: move by move, a running maximum
def value_iteration(P, R, gamma, tol):
    V = np.zeros(len(R))
    for _ in range(1_000_000):
        best, moves = np.full(len(R), -np.inf), np.zeros(len(R), int)
        for a in range(len(P)):
            best = np.maximum(best, R[:, a] + gamma * P[a].dot(V))
        done = np.allclose(best, V, rtol=0, atol=tol)
        V = best
        if done:
            break
    Q = np.stack([R[:, a] + gamma * P[a].dot(V) for a in range(len(P))])
    for a in reversed(range(len(P))):
        moves[Q[a] == Q.max(axis=0)] = a
    return V, moves

# %% wrong 2.5: gamma on the reward as well
def value_iteration(P, R, gamma, tol):
    V, change = np.zeros(len(R)), np.inf
    while change > tol:
        new = (gamma * (R + (P @ V).T)).max(axis=1)
        V, change = new, np.abs(new - V).max()
    return V, (R + gamma * (P @ V).T).argmax(axis=1)

# %% wrong 4: changes the values in place while it sweeps
def value_iteration(P, R, gamma, tol):
    V, change = np.zeros(len(R)), np.inf
    while change > tol:
        change = 0.0
        for s in reversed(range(len(R))):
            new = max(R[s, a] + gamma * P[a, s] @ V for a in range(len(P)))
            change, V[s] = max(change, abs(new - V[s])), new
    return V, (R + gamma * (P @ V).T).argmax(axis=1)

# %% wrong 4: a thousand sweeps, whatever tol is
def value_iteration(P, R, gamma, tol):
    V = np.zeros(len(R))
    for _ in range(1_000):
        V = (R + gamma * (P @ V).T).max(axis=1)
    return V, (R + gamma * (P @ V).T).argmax(axis=1)

# %% wrong 3.5: the change without its absolute value
def value_iteration(P, R, gamma, tol):
    V, change = np.zeros(len(R)), np.inf
    while change > tol:
        new = (R + gamma * (P @ V).T).max(axis=1)
        V, change = new, (new - V).max()
    return V, (R + gamma * (P @ V).T).argmax(axis=1)

# %% wrong 2.25: the mean over the moves
def value_iteration(P, R, gamma, tol):
    V, change = np.zeros(len(R)), np.inf
    while change > tol:
        new = (R + gamma * (P @ V).T).mean(axis=1)
        V, change = new, np.abs(new - V).max()
    return V, (R + gamma * (P @ V).T).argmax(axis=1)

# %% wrong 2: P transposed
def value_iteration(P, R, gamma, tol):
    V = np.zeros(len(R))
    for _ in range(300):
        V = np.clip((R + gamma * (P.swapaxes(1, 2) @ V).T).max(axis=1), -1e6, 1e6)
    return V, (R + gamma * (P @ V).T).argmax(axis=1)

# %% wrong 3.5: the moves by the reward alone
def value_iteration(P, R, gamma, tol):
    V, change = np.zeros(len(R)), np.inf
    while change > tol:
        new = (R + gamma * (P @ V).T).max(axis=1)
        V, change = new, np.abs(new - V).max()
    return V, R.argmax(axis=1)

# %% wrong 4.5: of equally good moves the last
def value_iteration(P, R, gamma, tol):
    V, change = np.zeros(len(R)), np.inf
    while change > tol:
        new = (R + gamma * (P @ V).T).max(axis=1)
        V, change = new, np.abs(new - V).max()
    Q = R + gamma * (P @ V).T
    return V, len(P) - 1 - Q[:, ::-1].argmax(axis=1)

# %% wrong 2: a single sweep
def value_iteration(P, R, gamma, tol):
    return R.max(axis=1), R.argmax(axis=1)

# %% wrong 2: gamma is ignored
def value_iteration(P, R, gamma, tol):
    V = np.zeros(len(R))
    for _ in range(400):
        V = (R + (P @ V).T).max(axis=1)
    return V, (R + (P @ V).T).argmax(axis=1)

# %% wrong 0.75: the values of the first move
def value_iteration(P, R, gamma, tol):
    V, change = np.zeros(len(R)), np.inf
    while change > tol:
        new = R[:, 0] + gamma * P[0] @ V
        V, change = new, np.abs(new - V).max()
    return V, (R + gamma * (P @ V).T).argmax(axis=1)

# %% wrong 4.75: fills the ends up in P
def value_iteration(P, R, gamma, tol):
    V, change = np.zeros(len(R)), np.inf
    while change > tol:
        new = (R + gamma * (P @ V).T).max(axis=1)
        V, change = new, np.abs(new - V).max()
    moves = (R + gamma * (P @ V).T).argmax(axis=1)
    P += (1 - P.sum(axis=2, keepdims=True)) / len(V)
    return V, moves

# %% wrong 3.5: the moves are missing
def value_iteration(P, R, gamma, tol):
    V, change = np.zeros(len(R)), np.inf
    while change > tol:
        new = (R + gamma * (P @ V).T).max(axis=1)
        V, change = new, np.abs(new - V).max()
    return V, np.full(len(V), -1)

# %% wrong 3: two moves alone
def value_iteration(P, R, gamma, tol):
    V, change = np.zeros(len(R)), np.inf
    while change > tol:
        new = np.maximum(R[:, 0] + gamma * P[0] @ V, R[:, 1] + gamma * P[1] @ V)
        V, change = new, np.abs(new - V).max()
    return V, (R + gamma * (P @ V).T).argmax(axis=1)

# %% wrong 4.5: the best of the first two moves
def value_iteration(P, R, gamma, tol):
    V, change = np.zeros(len(R)), np.inf
    while change > tol:
        new = (R + gamma * (P @ V).T).max(axis=1)
        V, change = new, np.abs(new - V).max()
    return V, (R + gamma * (P @ V).T)[:, :2].argmax(axis=1)

# %% wrong 4.5: the moves by the Q of the last sweep, from the values before it
def value_iteration(P, R, gamma, tol):
    V, change = np.zeros(len(R)), np.inf
    while change > tol:
        Q = R + gamma * (P @ V).T
        new = Q.max(axis=1)
        V, change = new, np.abs(new - V).max()
    return V, Q.argmax(axis=1)

# %% wrong 2.75: the values alone
def value_iteration(P, R, gamma, tol):
    V, change = np.zeros(len(R)), np.inf
    while change > tol:
        new = (R + gamma * (P @ V).T).max(axis=1)
        V, change = new, np.abs(new - V).max()
    return V


# %% wrong 4: in place, state by state
def value_iteration(P, R, gamma, tol):
    V = np.zeros(len(R))
    while True:
        change = 0
        for s in range(len(V)):
            new = max(R[s, a] + gamma * P[a, s] @ V for a in range(len(P)))
            change = max(change, abs(new - V[s]))
            V[s] = new
        if change <= tol:
            break
    Q = R + gamma * (P @ V).T
    return V, Q.argmax(axis=1)

# %% wrong 4: swapped
def value_iteration(P, R, gamma, tol):
    """The value of each state (S,) and its best move (S,), by sweeps until nothing changes much."""
    V, change = np.zeros(len(R)), np.inf
    while change > tol:
        new = (R + gamma * (P @ V).T).max(axis=1)
        V, change = new, np.abs(new - V).max()
    return (R + gamma * (P @ V).T).argmax(axis=1), V

# %% wrong 3: Q for the moves
def value_iteration(P, R, gamma, tol):
    """The value of each state (S,) and its best move (S,), by sweeps until nothing changes much."""
    V, change = np.zeros(len(R)), np.inf
    while change > tol:
        new = (R + gamma * (P @ V).T).max(axis=1)
        V, change = new, np.abs(new - V).max()
    return V, (R + gamma * (P @ V).T)
