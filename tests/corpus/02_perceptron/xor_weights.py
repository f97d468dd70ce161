# Property -> check
# shapes -> the shapes
# XOR -> the four corners
# up to 0.2 off -> inputs up to 0.2 off

# Answers to "xor_weights": visible 1.25 (shapes 0.25, corners 1), hidden: noise 0.75.

# %% right: OR, but not AND
def xor_weights():
    return np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([-0.5, -1.5]), np.array([1.0, -1.0]), -0.5

# %% right: OR and NAND, as plain lists
def xor_weights():
    W1 = [[2, -2], [2, -2]]
    b1 = [-1, 3]
    return W1, b1, [1, 1], -1.5

# %% right: one but not the other, either way round
def xor_weights():
    W1 = np.array([[1, -1], [-1, 1]])
    b1 = -0.5 * np.ones(2)
    w2 = np.ones(2)
    b2 = np.array([-0.5])
    return [W1, b1, w2, b2]

# %% right: AND and NOR, both forbidden
def xor_weights():
    W1 = np.array([[10, -10], [10, -10]], dtype=np.float32)
    b1 = np.array([-15, 5], dtype=np.float32)
    return W1, b1, np.array([-10, -10]), 5

# %% wrong 1.4: the boundaries touch the corners
def xor_weights():
    return np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0]), np.array([1.0, -1.0]), 0.0

# %% wrong 1.4: OR begins at 0.1, which noise alone reaches
def xor_weights():
    return np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([-0.1, -1.5]), np.array([1.0, -1.0]), -0.5

# %% wrong 0.7: thresholds instead of biases
def xor_weights():
    return np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.5, 1.5]), np.array([1.0, -1.0]), 0.5

# %% wrong 0.8: OR alone
def xor_weights():
    return np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([-0.5, -0.5]), np.array([1.0, 1.0]), -0.5

# %% wrong 0.7: the opposite, 1 where both are equal
def xor_weights():
    return np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([-0.5, -1.5]), np.array([-1.0, 1.0]), 0.5

# %% wrong 0.8: weights of a hidden perceptron in a row, not in a column
def xor_weights():
    W1 = np.array([[1.0, 1.0], [3.0, 3.0]])
    return W1, np.array([-0.5, -4.5]), np.array([1.0, -1.0]), -0.5

# %% wrong 0.8: the output adds where it should subtract
def xor_weights():
    return np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([-0.5, -1.5]), np.array([1.0, 1.0]), -0.5

# %% wrong 0: weights and biases of the output forgotten
def xor_weights():
    return np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([-0.5, -1.5])

# %% wrong 0: computes nothing, returns a rule
def xor_weights():
    return lambda x: x[0] != x[1]

# %% wrong 1.8: right numbers, but b1 and w2 as rows of a matrix
def xor_weights():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([[-0.5, -1.5]]), np.array([1.0, -1.0]), -0.5

# %% wrong 0: four numbers in the wrong order
def xor_weights():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([1.0, -1.0]), -0.5, np.array([-0.5, -1.5])

# %% wrong 1.3: right numbers, but w2 as a column: the shape costs its points, the decisions do not
def xor_weights():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([-0.5, -1.5]), np.array([[1.0], [-1.0]]), -0.5
