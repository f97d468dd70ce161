# Property -> check
# changed in place -> all but the first check, which new arrays pass as well
# both means, corrected, t from 1 -> the first step; three steps
# m and v kept uncorrected -> three steps
# m, v of each array, one t for all -> each array has a memory of its own (beside alone: own values)
# memory belongs to the object -> two optimizers don't share their memory (own values)
# betas of the object -> other betas, in a list of two arrays
# eps outside the root, the object's -> a large eps; a weight without a gradient stays
# self.lr read in each step -> the rate may change (rate 0 stands still, whatever the rule)
# gradients left as they are -> the gradients are left as they were (nothing else)

# %% right: lists of arrays, made in the first step
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t, self.m, self.v = lr, betas, eps, 0, None, None

    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(w) for w in params]
            self.v = [np.zeros_like(w) for w in params]
        self.t += 1
        b1, b2 = self.betas
        for w, g, m, v in zip(params, grads, self.m, self.v, strict=True):
            m[...] = b1 * m + (1 - b1) * g
            v[...] = b2 * v + (1 - b2) * g**2
            w -= self.lr * m / (1 - b1**self.t) / (np.sqrt(v / (1 - b2**self.t)) + self.eps)

# %% right: a dictionary by place, in double precision, w[...] =
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr = lr
        self.beta1, self.beta2 = betas
        self.eps = eps
        self.memory = {}
        self.count = 0

    def step(self, params, grads):
        self.count = self.count + 1
        for i, g in enumerate(grads):
            g = np.asarray(g, dtype=np.float64)
            m, v = self.memory.get(i, (0.0, 0.0))
            m = m + (1 - self.beta1) * (g - m)
            v = v + (1 - self.beta2) * (g * g - v)
            self.memory[i] = m, v
            top = m / (1 - self.beta1**self.count)
            below = (v / (1 - self.beta2**self.count)) ** 0.5 + self.eps
            params[i][...] = params[i] - self.lr * top / below

# %% right: element after element, slowly
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr = lr
        self.betas = betas
        self.eps = eps
        self.t = 0
        self.m = None
        self.v = None

    def step(self, params, grads):
        if self.t == 0:
            self.m = [np.zeros(p.shape) for p in params]
            self.v = [np.zeros(p.shape) for p in params]
        self.t += 1
        for k in range(len(params)):
            for place in np.ndindex(params[k].shape):
                g = float(grads[k][place])
                self.m[k][place] = self.betas[0] * self.m[k][place] + (1 - self.betas[0]) * g
                self.v[k][place] = self.betas[1] * self.v[k][place] + (1 - self.betas[1]) * g**2
                m_hat = self.m[k][place] / (1 - self.betas[0] ** self.t)
                v_hat = self.v[k][place] / (1 - self.betas[1] ** self.t)
                params[k][place] -= self.lr * m_hat / (v_hat**0.5 + self.eps)

# %% right: all parameters in one long vector; powers of the betas kept instead of t
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps = lr, betas, eps
        self.m = self.v = 0.0
        self.left = [1.0, 1.0]

    def step(self, params, grads):
        g = np.concatenate([one.ravel() for one in grads]).astype(float)
        self.left = [left * beta for left, beta in zip(self.left, self.betas)]
        self.m = self.betas[0] * self.m + (1 - self.betas[0]) * g
        self.v = self.betas[1] * self.v + (1 - self.betas[1]) * g**2
        root = np.sqrt(self.v / (1 - self.left[1])) + self.eps
        change = self.lr * (self.m / (1 - self.left[0])) / root
        place = 0
        for w in params:
            w -= change[place : place + w.size].reshape(w.shape)
            place += w.size

# %% right: NumPy's out=
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t = lr, betas, eps, 0
        self.memory = []

    def step(self, params, grads):
        if not self.memory:
            self.memory = [(w * 0.0, w * 0.0) for w in params]
        self.t += 1
        b1, b2 = self.betas
        for w, g, (m, v) in zip(params, grads, self.memory):
            np.add(b1 * m, (1 - b1) * g, out=m)
            np.add(b2 * v, (1 - b2) * np.square(g), out=v)
            root = np.sqrt(v / (1 - b2**self.t)) + self.eps
            np.subtract(w, self.lr * (m / (1 - b1**self.t)) / root, out=w)

# %% wrong 2.25: no correction for the start
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.m, self.v = lr, betas, eps, None, None

    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(w) for w in params]
            self.v = [np.zeros_like(w) for w in params]
        for i, (w, g) in enumerate(zip(params, grads)):
            self.m[i] = self.betas[0] * self.m[i] + (1 - self.betas[0]) * g
            self.v[i] = self.betas[1] * self.v[i] + (1 - self.betas[1]) * g**2
            w -= self.lr * self.m[i] / (np.sqrt(self.v[i]) + self.eps)

# %% wrong 1.15: t starts at 0, so the first step divides by zero
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t, self.m, self.v = lr, betas, eps, 0, None, None

    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(w) for w in params]
            self.v = [np.zeros_like(w) for w in params]
        b1, b2 = self.betas
        for i, (w, g) in enumerate(zip(params, grads)):
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            m_hat, v_hat = self.m[i] / (1 - b1**self.t), self.v[i] / (1 - b2**self.t)
            w -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)
        self.t += 1

# %% wrong 1.6: new arrays, which the network never sees
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t, self.m, self.v = lr, betas, eps, 0, None, None

    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(w) for w in params]
            self.v = [np.zeros_like(w) for w in params]
        self.t += 1
        b1, b2 = self.betas
        for i, (w, g) in enumerate(zip(params, grads)):
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            m_hat, v_hat = self.m[i] / (1 - b1**self.t), self.v[i] / (1 - b2**self.t)
            w = w - self.lr * m_hat / (np.sqrt(v_hat) + self.eps)

# %% wrong 1.6: new arrays in the caller's list
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t, self.m, self.v = lr, betas, eps, 0, None, None

    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(w) for w in params]
            self.v = [np.zeros_like(w) for w in params]
        self.t += 1
        b1, b2 = self.betas
        for i, g in enumerate(grads):
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            m_hat, v_hat = self.m[i] / (1 - b1**self.t), self.v[i] / (1 - b2**self.t)
            params[i] = params[i] - self.lr * m_hat / (np.sqrt(v_hat) + self.eps)

# %% wrong 2.9: remembers the corrected means, so each correction is applied again
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t, self.m, self.v = lr, betas, eps, 0, None, None

    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(w) for w in params]
            self.v = [np.zeros_like(w) for w in params]
        self.t += 1
        b1, b2 = self.betas
        for i, (w, g) in enumerate(zip(params, grads)):
            self.m[i] = (b1 * self.m[i] + (1 - b1) * g) / (1 - b1**self.t)
            self.v[i] = (b2 * self.v[i] + (1 - b2) * g**2) / (1 - b2**self.t)
            w -= self.lr * self.m[i] / (np.sqrt(self.v[i]) + self.eps)

# %% wrong 2.9: the correction of the first step in all steps
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.m, self.v = lr, betas, eps, None, None

    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(w) for w in params]
            self.v = [np.zeros_like(w) for w in params]
        b1, b2 = self.betas
        for i, (w, g) in enumerate(zip(params, grads)):
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            w -= self.lr * self.m[i] / (1 - b1) / (np.sqrt(self.v[i] / (1 - b2)) + self.eps)

# %% wrong 3.15: t counts every array, so the second one is ahead
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t, self.m, self.v = lr, betas, eps, 0, None, None

    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(w) for w in params]
            self.v = [np.zeros_like(w) for w in params]
        b1, b2 = self.betas
        for i, (w, g) in enumerate(zip(params, grads)):
            self.t += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            m_hat, v_hat = self.m[i] / (1 - b1**self.t), self.v[i] / (1 - b2**self.t)
            w -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)

# %% wrong 3.15: one memory for all arrays
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t, self.m, self.v = lr, betas, eps, 0, 0, 0

    def step(self, params, grads):
        self.t += 1
        b1, b2 = self.betas
        for w, g in zip(params, grads):
            self.m = b1 * self.m + (1 - b1) * g
            self.v = b2 * self.v + (1 - b2) * g**2
            m_hat, v_hat = self.m / (1 - b1**self.t), self.v / (1 - b2**self.t)
            w -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)

# %% wrong 3.15: updates only the first array of the list
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t, self.m, self.v = lr, betas, eps, 0, None, None

    def step(self, params, grads):
        w, g = params[0], grads[0]
        if self.m is None:
            self.m, self.v = np.zeros_like(w), np.zeros_like(w)
        self.t += 1
        b1, b2 = self.betas
        self.m = b1 * self.m + (1 - b1) * g
        self.v = b2 * self.v + (1 - b2) * g**2
        w -= self.lr * self.m / (1 - b1**self.t) / (np.sqrt(self.v / (1 - b2**self.t)) + self.eps)

# %% wrong 3.35: the memories belong to the class; the next optimizer empties them for all
class Adam:
    memory = {}

    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t = lr, betas, eps, 0
        self.memory.clear()

    def step(self, params, grads):
        self.t += 1
        b1, b2 = self.betas
        for i, (w, g) in enumerate(zip(params, grads)):
            m, v = self.memory.get(i, (0, 0))
            m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g**2
            self.memory[i] = m, v
            w -= self.lr * m / (1 - b1**self.t) / (np.sqrt(v / (1 - b2**self.t)) + self.eps)

# %% wrong 3.6: the usual betas, whatever is asked for
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.eps, self.t, self.m, self.v = lr, eps, 0, None, None

    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(w) for w in params]
            self.v = [np.zeros_like(w) for w in params]
        self.t += 1
        for i, (w, g) in enumerate(zip(params, grads)):
            self.m[i] = 0.9 * self.m[i] + 0.1 * g
            self.v[i] = 0.999 * self.v[i] + 0.001 * g**2
            m_hat, v_hat = self.m[i] / (1 - 0.9**self.t), self.v[i] / (1 - 0.999**self.t)
            w -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)

# %% wrong 3.8: eps under the root
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t, self.m, self.v = lr, betas, eps, 0, None, None

    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(w) for w in params]
            self.v = [np.zeros_like(w) for w in params]
        self.t += 1
        b1, b2 = self.betas
        for i, (w, g) in enumerate(zip(params, grads)):
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            m_hat, v_hat = self.m[i] / (1 - b1**self.t), self.v[i] / (1 - b2**self.t)
            w -= self.lr * m_hat / np.sqrt(v_hat + self.eps)

# %% wrong 3.6: eps forgotten, 0 / 0
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.t, self.m, self.v = lr, betas, 0, None, None

    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(w) for w in params]
            self.v = [np.zeros_like(w) for w in params]
        self.t += 1
        b1, b2 = self.betas
        for i, (w, g) in enumerate(zip(params, grads)):
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            m_hat, v_hat = self.m[i] / (1 - b1**self.t), self.v[i] / (1 - b2**self.t)
            w -= self.lr * m_hat / np.sqrt(v_hat)

# %% wrong 3.75: a copy of the rate, taken at the beginning
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t, self.m, self.v = lr, betas, eps, 0, None, None
        self.alpha = lr

    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(w) for w in params]
            self.v = [np.zeros_like(w) for w in params]
        self.t += 1
        b1, b2 = self.betas
        for i, (w, g) in enumerate(zip(params, grads)):
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            m_hat, v_hat = self.m[i] / (1 - b1**self.t), self.v[i] / (1 - b2**self.t)
            w -= self.alpha * m_hat / (np.sqrt(v_hat) + self.eps)

# %% wrong 3.3: squares the gradient in place
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t, self.m, self.v = lr, betas, eps, 0, None, None

    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(w) for w in params]
            self.v = [np.zeros_like(w) for w in params]
        self.t += 1
        b1, b2 = self.betas
        for i, (w, g) in enumerate(zip(params, grads)):
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            g **= 2
            self.v[i] = b2 * self.v[i] + (1 - b2) * g
            m_hat, v_hat = self.m[i] / (1 - b1**self.t), self.v[i] / (1 - b2**self.t)
            w -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)

# %% wrong 2.9: v is the mean of the gradients, squared (right in the first step)
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t, self.m = lr, betas, eps, 0, None

    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(w) for w in params]
        self.t += 1
        b1 = self.betas[0]
        for i, (w, g) in enumerate(zip(params, grads)):
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            m_hat = self.m[i] / (1 - b1**self.t)
            w -= self.lr * m_hat / (np.sqrt(m_hat**2) + self.eps)

# %% wrong 1.6: goes up
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t, self.m, self.v = lr, betas, eps, 0, None, None

    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(w) for w in params]
            self.v = [np.zeros_like(w) for w in params]
        self.t += 1
        b1, b2 = self.betas
        for i, (w, g) in enumerate(zip(params, grads)):
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            m_hat, v_hat = self.m[i] / (1 - b1**self.t), self.v[i] / (1 - b2**self.t)
            w += self.lr * m_hat / (np.sqrt(v_hat) + self.eps)

# %% right: memory as attributes named otherwise, float32
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t, self.state = lr, betas, eps, 0, None

    def step(self, params, grads):
        b1, b2 = self.betas
        if self.state is None:
            self.state = [{"m": np.zeros(p.shape, np.float32), "v": np.zeros(p.shape, np.float32)} for p in params]
        self.t += 1
        rate = self.lr * np.sqrt(1 - b2**self.t) / (1 - b1**self.t)
        for p, g, s in zip(params, grads, self.state):
            g = g.astype(np.float32)
            s["m"] = np.float32(b1) * s["m"] + np.float32(1 - b1) * g
            s["v"] = np.float32(b2) * s["v"] + np.float32(1 - b2) * g * g
            p[...] = p - np.float32(rate) * s["m"] / (np.sqrt(s["v"]) + np.float32(self.eps * np.sqrt(1 - b2**self.t)))

# %% right: a helper for the running means
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t = lr, betas, eps, 0
        self.m, self.v = {}, {}

    def _mean(self, memory, k, new, beta):
        memory[k] = beta * memory.get(k, 0) + (1 - beta) * new
        return memory[k] / (1 - beta**self.t)

    def step(self, params, grads):
        self.t += 1
        for k in range(len(params)):
            m_hat = self._mean(self.m, k, grads[k], self.betas[0])
            v_hat = self._mean(self.v, k, grads[k] ** 2, self.betas[1])
            params[k] -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)

# %% wrong 2.25: the root forgotten
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t, self.m, self.v = lr, betas, eps, 0, None, None

    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(w) for w in params]
            self.v = [np.zeros_like(w) for w in params]
        self.t += 1
        b1, b2 = self.betas
        for i, (w, g) in enumerate(zip(params, grads)):
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            w -= self.lr * self.m[i] / (1 - b1**self.t) / (self.v[i] / (1 - b2**self.t) + self.eps)

# %% wrong 2.25: plain gradient descent
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps = lr, betas, eps

    def step(self, params, grads):
        for w, g in zip(params, grads):
            w -= self.lr * g

# %% wrong 2.9: the betas swapped
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t, self.m, self.v = lr, betas, eps, 0, None, None

    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(w) for w in params]
            self.v = [np.zeros_like(w) for w in params]
        self.t += 1
        b2, b1 = self.betas
        for i, (w, g) in enumerate(zip(params, grads)):
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            w -= self.lr * self.m[i] / (1 - b1**self.t) / (np.sqrt(self.v[i] / (1 - b2**self.t)) + self.eps)

# %% wrong 2.9: t never counts on
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t, self.m, self.v = lr, betas, eps, 1, None, None

    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(w) for w in params]
            self.v = [np.zeros_like(w) for w in params]
        b1, b2 = self.betas
        for i, (w, g) in enumerate(zip(params, grads)):
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            w -= self.lr * self.m[i] / (1 - b1**self.t) / (np.sqrt(self.v[i] / (1 - b2**self.t)) + self.eps)

# %% wrong 2.25: corrects the second mean only
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t, self.m, self.v = lr, betas, eps, 0, None, None

    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros_like(w) for w in params]
            self.v = [np.zeros_like(w) for w in params]
        self.t += 1
        b1, b2 = self.betas
        for i, (w, g) in enumerate(zip(params, grads)):
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            w -= self.lr * self.m[i] / (np.sqrt(self.v[i] / (1 - b2**self.t)) + self.eps)

# %% wrong 0: does nothing
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.t, self.m, self.v = lr, betas, eps, 0, None, None

    def step(self, params, grads):
        self.t += 1


# %% wrong 2.05: m corrected, v not
class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr = lr; self.betas = betas; self.eps = eps; self.t = 0; self.m = None; self.v = None
    def step(self, params, grads):
        if self.m is None:
            self.m = [np.zeros(p.shape) for p in params]
            self.v = [np.zeros(p.shape) for p in params]
        b1, b2 = self.betas
        self.t += 1
        for i, (p, g) in enumerate(zip(params, grads)):
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            p -= self.lr * self.m[i] / (1 - b1**self.t) / (np.sqrt(self.v[i]) + self.eps)
