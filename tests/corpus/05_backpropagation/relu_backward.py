# Property -> check
# grad where z > 0 -> the worked example; a batch; just above and just below zero
# the two halves of it -> where something passes; what passes is the upstream gradient
# 0 at 0 -> nothing at zero
# fractions of whole z -> z of whole numbers; any shape -> just above and just below zero
# inputs stay -> the inputs are left as they were

# Answers to "relu_backward": 0.25 each, the first five visible (inputs and whole numbers not alone).

# %% right: where
def relu_backward(grad, z):
    return np.where(z > 0, grad, 0)

# %% right: a copy with the cut-off places set to zero
def relu_backward(grad, z):
    result = np.array(grad, dtype=np.float64)
    result[~(z > 0)] = 0.0
    return result

# %% right: element by element
def relu_backward(grad, z):
    values = [g if value > 0 else 0.0 for g, value in zip(grad.flatten(), z.flatten())]
    return np.reshape(values, grad.shape)

# %% right: the step function of NumPy
def relu_backward(upstream, z):
    return np.multiply(upstream, np.heaviside(z, 0))

# %% wrong 1.8: at zero, too
def relu_backward(grad, z):
    return grad * (z >= 0)

# %% wrong 0.85: the upstream gradient forgotten
def relu_backward(grad, z):
    return (z > 0).astype(float)

# %% wrong 0.65: the ReLU of the upstream gradient
def relu_backward(grad, z):
    return np.maximum(grad, 0)

# %% wrong 0.65: the sign of grad decides, not that of z
def relu_backward(grad, z):
    return grad * (grad > 0)

# %% wrong 1.05: the ReLU itself, times grad
def relu_backward(grad, z):
    return grad * np.maximum(z, 0)

# %% wrong 1.85: sets the places to zero in the caller's array
def relu_backward(grad, z):
    grad[z <= 0] = 0
    return grad

# %% wrong 1.85: a result of the type of z, which cuts off the decimals
def relu_backward(grad, z):
    dz = np.zeros_like(z)
    dz[z > 0] = grad[z > 0]
    return dz

# %% wrong 1.8: measured with a step backwards, wrong within the step
def relu_backward(grad, z):
    h = 1e-6
    return grad * (np.maximum(z, 0) - np.maximum(z - h, 0)) / h

# %% wrong 1.8: anything below 1e-6 counts as zero
def relu_backward(grad, z):
    return np.where(z > 1e-6, grad, 0.0)

# %% wrong 0.65: z below zero lets grad through
def relu_backward(grad, z):
    return grad * (z < 0)

# %% wrong 0.8: a leaky ReLU
def relu_backward(grad, z):
    return np.where(z > 0, grad, 0.01 * grad)

# %% wrong 1.8: z / abs(z) is NaN at zero
def relu_backward(grad, z):
    return grad * (z / np.abs(z) + 1) / 2

# %% wrong 1.8: loops over one axis or two
def relu_backward(grad, z):
    if z.ndim == 1:
        return np.array([g if v > 0 else 0.0 for g, v in zip(grad, z)])
    return np.array([[g if v > 0 else 0.0 for g, v in zip(a, b)] for a, b in zip(grad, z)])


# %% wrong 1: a negative gradient always passes
def relu_backward(grad, z):
    return np.where(z > 0, grad, np.minimum(grad, 0))
