# Answers to "gru_step": visible 1.5 (worked example 0.5, old state 0.25, lets go 0.25, half open
# 0.5), hidden: several 1, reset gate open 0.5, no old state 0.25, agree 0.25, far out 0.25, left 0.25.
# Property -> check
# the formula for one unit -> the worked example
# z keeps the old state, and is the middle block -> how much of the old state stays, a gate that lets go
# r and n, also if z and 1 - z are exchanged -> a gate that is half open
# blocks of H columns, r after the matrix and its bias -> several sequences and several units
# n from x and h, also if r stands elsewhere -> a reset gate that is wide open
# b and x alone -> no old state
# a mean of old and new -> where new and old agree
# no NaN at 1000 -> far out
# inputs untouched -> left as they were

# %% right: blocks sliced
def gru_step(x, h, W, U, b, c):
    H = h.shape[1]

    def sigmoid(a):
        with np.errstate(over="ignore"):
            return 1 / (1 + np.exp(-a))

    fx, fh = x @ W + b, h @ U + c
    r = sigmoid(fx[:, :H] + fh[:, :H])
    z = sigmoid(fx[:, H : 2 * H] + fh[:, H : 2 * H])
    n = np.tanh(fx[:, 2 * H :] + r * fh[:, 2 * H :])
    return (1 - z) * n + z * h

# %% right: six matrices, n + z (h - n)
def gru_step(x, h, W, U, b, c):
    (Wr, Wz, Wn), (Ur, Uz, Un) = np.hsplit(W, 3), np.hsplit(U, 3)
    (br, bz, bn), (cr, cz, cn) = np.split(b, 3), np.split(c, 3)
    r = 1 / (1 + np.exp(-np.clip(x @ Wr + br + h @ Ur + cr, -500, 500)))
    z = 1 / (1 + np.exp(-np.clip(x @ Wz + bz + h @ Uz + cz, -500, 500)))
    n = np.tanh(x @ Wn + bn + r * (h @ Un + cn))
    return n + z * (h - n)

# %% right: loops over samples and units
import math

def gru_step(x, h, W, U, b, c):
    N, H = h.shape

    def sigmoid(a):
        return 1 / (1 + math.exp(-a)) if a > 0 else 1 - 1 / (1 + math.exp(a))

    result = np.empty((N, H))
    for i in range(N):
        for k in range(H):
            parts = [
                (x[i] @ W[:, j * H + k] + b[j * H + k], h[i] @ U[:, j * H + k] + c[j * H + k])
                for j in range(3)
            ]
            r, z = sigmoid(sum(parts[0])), sigmoid(sum(parts[1]))
            n = math.tanh(parts[2][0] + r * parts[2][1])
            result[i, k] = (1 - z) * n + z * h[i, k]
    return result

# %% wrong 1.6: z and 1 - z exchanged
def gru_step(x, h, W, U, b, c):
    x_r, x_z, x_n = np.split(x @ W + b, 3, axis=1)
    h_r, h_z, h_n = np.split(h @ U + c, 3, axis=1)
    r, z = 1 / (1 + np.exp(-x_r - h_r)), 1 / (1 + np.exp(-x_z - h_z))
    return z * np.tanh(x_n + r * h_n) + (1 - z) * h

# %% wrong 3: r before the matrix
def gru_step(x, h, W, U, b, c):
    W_r, W_z, W_n = np.split(W, 3, axis=1)
    U_r, U_z, U_n = np.split(U, 3, axis=1)
    (b_r, b_z, b_n), (c_r, c_z, c_n) = np.split(b, 3), np.split(c, 3)
    r = 1 / (1 + np.exp(-(x @ W_r + b_r + h @ U_r + c_r)))
    z = 1 / (1 + np.exp(-(x @ W_z + b_z + h @ U_z + c_z)))
    n = np.tanh(x @ W_n + b_n + (r * h) @ U_n + c_n)
    return (1 - z) * n + z * h

# %% wrong 3: c outside the reset
def gru_step(x, h, W, U, b, c):
    H = h.shape[1]
    x_r, x_z, x_n = np.split(x @ W + b + c, 3, axis=1)
    h_r, h_z, h_n = np.split(h @ U, 3, axis=1)
    r, z = 1 / (1 + np.exp(-x_r - h_r)), 1 / (1 + np.exp(-x_z - h_z))
    return (1 - z) * np.tanh(x_n + r * h_n) + z * h

# %% wrong 1.6: the blocks in the order z, r, n
def gru_step(x, h, W, U, b, c):
    x_z, x_r, x_n = np.split(x @ W + b, 3, axis=1)
    h_z, h_r, h_n = np.split(h @ U + c, 3, axis=1)
    r, z = 1 / (1 + np.exp(-x_r - h_r)), 1 / (1 + np.exp(-x_z - h_z))
    return (1 - z) * np.tanh(x_n + r * h_n) + z * h

# %% wrong 2.75: no reset gate
def gru_step(x, h, W, U, b, c):
    x_r, x_z, x_n = np.split(x @ W + b, 3, axis=1)
    h_r, h_z, h_n = np.split(h @ U + c, 3, axis=1)
    z = 1 / (1 + np.exp(-x_z - h_z))
    return (1 - z) * np.tanh(x_n + h_n) + z * h

# %% wrong 1.6: sigmoid in place of tanh
def gru_step(x, h, W, U, b, c):
    def sigmoid(a):
        return 0.5 + 0.5 * np.tanh(a / 2)

    x_r, x_z, x_n = np.split(x @ W + b, 3, axis=1)
    h_r, h_z, h_n = np.split(h @ U + c, 3, axis=1)
    r, z, n = sigmoid(x_r + h_r), sigmoid(x_z + h_z), 0
    n = sigmoid(x_n + r * h_n)
    return (1 - z) * n + z * h + 1e-9

# %% wrong 1.6: a plain recurrent unit of the last block
def gru_step(x, h, W, U, b, c):
    H = h.shape[1]
    h *= 1.5
    return np.tanh(x @ W[:, -H:] + b[-H:] + h @ U[:, -H:] + c[-H:]) * 0.5

# %% wrong 3.75: NaN far out
def gru_step(x, h, W, U, b, c):
    def sigmoid(a):
        return np.exp(a) / (1 + np.exp(a))

    x_r, x_z, x_n = np.split(x @ W + b, 3, axis=1)
    h_r, h_z, h_n = np.split(h @ U + c, 3, axis=1)
    r, z = sigmoid(x_r + h_r), sigmoid(x_z + h_z)
    return (1 - z) * np.tanh(x_n + r * h_n) + z * h

# %% wrong 3.75: the state is changed in place
def gru_step(x, h, W, U, b, c):
    x_r, x_z, x_n = np.split(x @ W + b, 3, axis=1)
    h_r, h_z, h_n = np.split(h @ U + c, 3, axis=1)
    r, z = 1 / (1 + np.exp(-x_r - h_r)), 1 / (1 + np.exp(-x_z - h_z))
    n = np.tanh(x_n + r * h_n)
    h *= z
    h += (1 - z) * n
    return h

# %% wrong 3: without the biases c
def gru_step(x, h, W, U, b, c):
    x_r, x_z, x_n = np.split(x @ W + b, 3, axis=1)
    h_r, h_z, h_n = np.split(h @ U, 3, axis=1)
    r, z = 1 / (1 + np.exp(-x_r - h_r)), 1 / (1 + np.exp(-x_z - h_z))
    return (1 - z) * np.tanh(x_n + r * h_n) + z * h

# %% wrong 2.5: W and U in blocks of three columns for each unit
def gru_step(x, h, W, U, b, c):
    D, H = x.shape[1], h.shape[1]
    W_r, W_z, W_n = np.moveaxis(W.reshape(D, H, 3), 2, 0)
    U_r, U_z, U_n = np.moveaxis(U.reshape(H, H, 3), 2, 0)
    (b_r, b_z, b_n), (c_r, c_z, c_n) = np.split(b, 3), np.split(c, 3)
    r = 1 / (1 + np.exp(-(x @ W_r + b_r + h @ U_r + c_r)))
    z = 1 / (1 + np.exp(-(x @ W_z + b_z + h @ U_z + c_z)))
    n = np.tanh(x @ W_n + b_n + r * (h @ U_n + c_n))
    return (1 - z) * n + z * h

# %% wrong 1.25: (1 - z) forgotten
def gru_step(x, h, W, U, b, c):
    """The states (N, H) after one step of a GRU, from the inputs x (N, D) and the states h (N, H)."""
    x_r, x_z, x_n = np.split(x @ W + b, 3, axis=1)
    h_r, h_z, h_n = np.split(h @ U + c, 3, axis=1)
    r, z = (0.5 + 0.5 * np.tanh(a / 2) for a in (x_r + h_r, x_z + h_z))
    return np.tanh(x_n + r * h_n) + z * h

# %% wrong 1.5: no update gate
def gru_step(x, h, W, U, b, c):
    """The states (N, H) after one step of a GRU, from the inputs x (N, D) and the states h (N, H)."""
    x_r, x_z, x_n = np.split(x @ W + b, 3, axis=1)
    h_r, h_z, h_n = np.split(h @ U + c, 3, axis=1)
    r, z = (0.5 + 0.5 * np.tanh(a / 2) for a in (x_r + h_r, x_z + h_z))
    return np.tanh(x_n + r * h_n)
