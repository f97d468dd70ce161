# Property -> check
# cost, two gradients -> a check each, in any order and shape
# cost, (D,), cost: numbers, no tensors -> a number, an array and a number come back
# mean over N samples -> four samples: the cost; four samples: the gradients
# arrays left as they are -> the inputs are left as they were (nothing else)

# %% right: backward() and .grad
def cost_and_gradient(X, w, b, targets):
    X, t = torch.tensor(X), torch.tensor(targets)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    cost = ((torch.sigmoid(X @ w + b) - t) ** 2).mean()
    cost.backward()
    return cost.item(), w.grad.numpy(), b.grad.item()

# %% right: torch.autograd.grad, memory shared but not written
def cost_and_gradient(X, w, b, targets):
    W = torch.from_numpy(w).clone().requires_grad_()
    B = torch.full((), float(b), dtype=torch.float64).requires_grad_()
    z = torch.einsum("nd,d->n", torch.from_numpy(X.copy()), W) + B
    cost = torch.nn.functional.mse_loss(torch.sigmoid(z), torch.from_numpy(targets))
    dw, db = torch.autograd.grad(cost, (W, B))
    return float(cost), np.array(dw), float(db)

# %% right: one sample after the other, the gradients add up
def cost_and_gradient(X, w, b, targets):
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor([float(b)], dtype=torch.float64, requires_grad=True)
    total = 0.0
    for x, target in zip(X, targets):
        z = (torch.tensor(x) * w).sum() + b[0]
        cost = (1 / (1 + torch.exp(-z)) - target) ** 2 / len(X)
        cost.backward()
        total += cost.item()
    return total, w.grad.tolist(), b.grad[0].item()

# %% right: a linear layer of PyTorch's, in float32
def cost_and_gradient(X, w, b, targets):
    neuron = torch.nn.Linear(len(w), 1)
    with torch.no_grad():
        neuron.weight[0] = torch.tensor(w)
        neuron.bias[0] = float(b)
    p = torch.sigmoid(neuron(torch.tensor(X, dtype=torch.float32)))[:, 0]
    cost = torch.mean(torch.square(p - torch.tensor(targets, dtype=torch.float32)))
    cost.backward()
    return cost.item(), neuron.weight.grad[0].numpy(), neuron.bias.grad.item()

# %% right: without autograd, by the chain rule
def cost_and_gradient(X, w, b, targets):
    p = 1 / (1 + np.exp(-(X @ w + b)))
    slope = 2 * (p - targets) * p * (1 - p) / len(X)
    return np.mean((p - targets) ** 2), slope @ X, np.sum(slope)

# %% wrong 2.25: the sum, not the mean
def cost_and_gradient(X, w, b, targets):
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    cost = ((torch.sigmoid(torch.tensor(X) @ w + b) - torch.tensor(targets)) ** 2).sum()
    cost.backward()
    return cost.item(), w.grad.numpy(), b.grad.item()

# %% wrong 1.75: no mean at all, backward of more than one number
def cost_and_gradient(X, w, b, targets):
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    cost = (torch.sigmoid(torch.tensor(X) @ w + b) - torch.tensor(targets)) ** 2
    cost.backward()
    return cost.item(), w.grad.numpy(), b.grad.item()

# %% wrong 0.75: requires_grad forgotten for b
def cost_and_gradient(X, w, b, targets):
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64)
    cost = ((torch.sigmoid(torch.tensor(X) @ w + b) - torch.tensor(targets)) ** 2).mean()
    cost.backward()
    return cost.item(), w.grad.numpy(), b.grad.item()

# %% wrong 0.75: backward() forgotten, grad is None
def cost_and_gradient(X, w, b, targets):
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    cost = ((torch.sigmoid(torch.tensor(X) @ w + b) - torch.tensor(targets)) ** 2).mean()
    return cost.item(), w.grad.numpy(), b.grad.item()

# %% wrong 0.75: w has gone through NumPy on its way, so there is no graph
def cost_and_gradient(X, w, b, targets):
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    z = torch.tensor(X @ w.detach().numpy() + b.item())
    cost = ((torch.sigmoid(z) - torch.tensor(targets)) ** 2).mean()
    cost.backward()
    return cost.item(), w.grad.numpy(), b.grad.item()

# %% wrong 2.75: tensors come back
def cost_and_gradient(X, w, b, targets):
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    cost = ((torch.sigmoid(torch.tensor(X) @ w + b) - torch.tensor(targets)) ** 2).mean()
    cost.backward()
    return cost, w.grad, b.grad

# %% wrong 1: no sigmoid
def cost_and_gradient(X, w, b, targets):
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    cost = ((torch.tensor(X) @ w + b - torch.tensor(targets)) ** 2).mean()
    cost.backward()
    return cost.item(), w.grad.numpy(), b.grad.item()

# %% wrong 1.2: backward twice, so the gradients are doubled; and half the cost to match them
def cost_and_gradient(X, w, b, targets):
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    cost = ((torch.sigmoid(torch.tensor(X) @ w + b) - torch.tensor(targets)) ** 2).mean()
    cost.backward(retain_graph=True)
    cost.backward()
    return cost.item() / 2, w.grad.numpy(), b.grad.item()

# %% wrong 1.5: backward twice, so the gradients are doubled
def cost_and_gradient(X, w, b, targets):
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    cost = ((torch.sigmoid(torch.tensor(X) @ w + b) - torch.tensor(targets)) ** 2).mean()
    cost.backward(retain_graph=True)
    cost.backward()
    return cost.item(), w.grad.numpy(), b.grad.item()

# %% wrong 1.5: the gradients first
def cost_and_gradient(X, w, b, targets):
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    cost = ((torch.sigmoid(torch.tensor(X) @ w + b) - torch.tensor(targets)) ** 2).mean()
    cost.backward()
    return w.grad.numpy(), b.grad.item(), cost.item()

# %% wrong 2.75: makes a step as well, in the memory of w
def cost_and_gradient(X, w, b, targets):
    w = torch.from_numpy(w).requires_grad_()
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    cost = ((torch.sigmoid(torch.tensor(X) @ w + b) - torch.tensor(targets)) ** 2).mean()
    cost.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    return cost.item(), w.grad.numpy(), b.grad.item()

# %% wrong 1: the cost alone
def cost_and_gradient(X, w, b, targets):
    p = torch.sigmoid(torch.tensor(X) @ torch.tensor(w) + b)
    return ((p - torch.tensor(targets)) ** 2).mean().item()

# %% wrong 2.25: the first sample only
def cost_and_gradient(X, w, b, targets):
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    cost = (torch.sigmoid(torch.tensor(X[0]) @ w + b) - targets[0]) ** 2
    cost.backward()
    return cost.item(), w.grad.numpy(), b.grad.item()

# %% right: float32, gradients zeroed first
def cost_and_gradient(X, w, b, targets):
    X, t = torch.tensor(X, dtype=torch.float32), torch.tensor(targets, dtype=torch.float32)
    w = torch.tensor(w, dtype=torch.float32, requires_grad=True)
    b = torch.tensor([float(b)], requires_grad=True)
    p = 1 / (1 + torch.exp(-(X.matmul(w) + b)))
    cost = torch.nn.functional.mse_loss(p, t)
    cost.backward()
    return float(cost), w.grad.detach().numpy(), float(b.grad[0])

# %% wrong 2: w as a column, and so a table of errors
def cost_and_gradient(X, w, b, targets):
    X, targets = torch.tensor(X), torch.tensor(targets)
    w = torch.tensor(w.reshape(-1, 1), requires_grad=True)
    b = torch.tensor(float(b), dtype=torch.float64, requires_grad=True)
    cost = torch.mean((torch.sigmoid(X @ w + b) - targets) ** 2)
    cost.backward()
    return cost.item(), w.grad.numpy(), b.grad.item()

# %% wrong 1.2: half the squared error
def cost_and_gradient(X, w, b, targets):
    X, targets = torch.tensor(X), torch.tensor(targets)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(float(b), dtype=w.dtype, requires_grad=True)
    cost = torch.mean((torch.sigmoid(X @ w + b) - targets) ** 2) / 2
    cost.backward()
    return cost.item(), w.grad.numpy(), b.grad.item()

# %% wrong 1.5: gradients with the sign of a step
def cost_and_gradient(X, w, b, targets):
    X, targets = torch.tensor(X), torch.tensor(targets)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(float(b), dtype=w.dtype, requires_grad=True)
    cost = torch.mean((torch.sigmoid(X @ w + b) - targets) ** 2)
    cost.backward()
    return cost.item(), -w.grad.numpy(), -b.grad.item()

# %% wrong 1: tanh
def cost_and_gradient(X, w, b, targets):
    """The mean squared error of a sigmoid neuron and its gradients for w (D,) and b."""
    X, targets = torch.tensor(X), torch.tensor(targets)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(float(b), dtype=w.dtype, requires_grad=True)
    cost = torch.mean((torch.tanh(X @ w + b) - targets) ** 2)
    cost.backward()
    return cost.item(), w.grad.numpy(), b.grad.item()

# %% wrong 1: cross-entropy
def cost_and_gradient(X, w, b, targets):
    """The mean squared error of a sigmoid neuron and its gradients for w (D,) and b."""
    X, targets = torch.tensor(X), torch.tensor(targets)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(float(b), dtype=w.dtype, requires_grad=True)
    cost = torch.nn.functional.binary_cross_entropy_with_logits(X @ w + b, targets)
    cost.backward()
    return cost.item(), w.grad.numpy(), b.grad.item()
