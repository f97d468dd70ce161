"""Loss functions: one number that says how wrong a batch of outputs is.

Every loss is the mean over the batch, a Python float. Every ``f_backward`` takes the same
arguments and returns the gradient of that mean with respect to the first one.
"""

import numpy as np

from course_lib.nn.activations import log_softmax, softmax
from course_lib.nn.shapes import shapes


@shapes(y_hat="...", y="...")
def mse(y_hat, y):
    """Mean squared error, over all elements of y_hat and y (same shape)."""
    return float(np.mean((y_hat - y) ** 2))


@shapes(y_hat="...", y="...")
def mse_backward(y_hat, y):
    """``dL/dy_hat = 2 * (y_hat - y) / size``."""
    return 2 * (y_hat - y) / np.size(y_hat)


@shapes(y_hat="...", y="...")
def l1(y_hat, y):
    """Mean absolute error, over all elements of y_hat and y (same shape)."""
    return float(np.mean(np.abs(y_hat - y)))


@shapes(y_hat="...", y="...")
def l1_backward(y_hat, y):
    """``dL/dy_hat = sign(y_hat - y) / size``; 0 where they are equal."""
    return np.sign(y_hat - y) / np.size(y_hat)


@shapes(p="...", y="...")
def binary_cross_entropy(p, y):
    """Mean of ``-(y log p + (1 - y) log(1 - p))`` for probabilities p and targets y in [0, 1].

    As in PyTorch no logarithm counts as less than -100, so a confident mistake costs 100, not inf.
    """
    _probabilities("binary_cross_entropy", p, y)
    with np.errstate(divide="ignore"):
        log_p, log_q = np.maximum(np.log(p), -100), np.maximum(np.log(1 - p), -100)
    return float(np.mean(y * -log_p + (1 - y) * -log_q))


@shapes(p="...", y="...")
def binary_cross_entropy_backward(p, y):
    """``dL/dp = (p - y) / (p (1 - p)) / size``, the denominator kept above 1e-12."""
    _probabilities("binary_cross_entropy_backward", p, y)
    return (p - y) / np.maximum(p * (1 - p), 1e-12) / np.size(p)


@shapes(logits="N K", labels="N")
def cross_entropy(logits, labels):
    """Mean of ``-log softmax(logits)[label]``: how surprised the network is by the truth.

    logits: (N, K), any real numbers  labels: (N,) int in [0, K)  ->  float
    """
    _check_labels("cross_entropy", labels, logits.shape[1])
    return float(-log_softmax(logits)[np.arange(len(labels)), labels].mean())


@shapes(logits="N K", labels="N")
def cross_entropy_backward(logits, labels):
    """``dL/dlogits = (softmax(logits) - one_hot(labels)) / N``."""
    _check_labels("cross_entropy_backward", labels, logits.shape[1])
    grad = softmax(logits)
    grad[np.arange(len(labels)), labels] -= 1
    return grad / len(labels)


@shapes(scores="N K", labels="N")
def hinge(scores, labels, margin=1.0):
    """Multiclass hinge loss: each wrong class should score at least ``margin`` below the true one.

    Mean over the batch of ``sum over j != label of max(0, s_j - s_label + margin)``.
    scores: (N, K)  labels: (N,) int in [0, K)  ->  float.  Source: Weston and Watkins 1999.
    """
    return float(_violations("hinge", scores, labels, margin).sum() / len(labels))


@shapes(scores="N K", labels="N")
def hinge_backward(scores, labels, margin=1.0):
    """Each violated margin pushes its class down by 1/N and the true class up by as much."""
    grad = (_violations("hinge_backward", scores, labels, margin) > 0).astype(scores.dtype)
    grad[np.arange(len(labels)), labels] = -grad.sum(axis=1)
    return grad / len(labels)


def _violations(function, scores, labels, margin):
    """``max(0, s_j - s_label + margin)`` (N, K), 0 for the true class itself."""
    _check_labels(function, labels, scores.shape[1])
    rows = np.arange(len(labels))
    violations = np.maximum(0, scores - scores[rows, labels][:, np.newaxis] + margin)
    violations[rows, labels] = 0
    return violations


def _probabilities(function, p, y):
    for name, value in (("p", p), ("y", y)):
        outside = np.extract(~((value >= 0) & (value <= 1)), value)
        if outside.size:
            raise ValueError(f"{function}: {name} has the value {outside[0]}, wanted [0, 1]")


def _check_labels(function, labels, classes):
    if labels.dtype.kind not in "iu":
        raise TypeError(f"{function}: labels has dtype {labels.dtype}, wanted integers")
    if labels.min() < 0 or labels.max() >= classes:
        wrong = labels[(labels < 0) | (labels >= classes)][0]
        raise ValueError(f"{function}: labels has the value {wrong}, wanted 0 to {classes - 1}")


class Loss:
    """A loss as an object for the training loop: ``loss(outputs, targets)``, then ``backward()``.

    ``function`` and ``function_backward`` are the pure functions of the heirs below; ``labels``
    says whether its targets are class labels, so that there is an accuracy.
    """

    function = function_backward = None
    labels = False

    def __init__(self, **options):
        self.options = options
        self._remembered = None

    def __call__(self, outputs, targets):
        return self.forward(outputs, targets)

    def forward(self, outputs, targets):
        """The mean loss of the batch, a float."""
        self._remembered = outputs, targets
        return type(self).function(outputs, targets, **self.options)

    def backward(self):
        """Gradient of that loss with respect to the outputs."""
        if self._remembered is None:
            raise ValueError(
                f"{type(self).__name__}.backward: nothing to go back from, call forward first"
            )
        return type(self).function_backward(*self._remembered, **self.options)


class MSELoss(Loss):
    """Mean squared error, see ``mse``."""

    function, function_backward = mse, mse_backward


class L1Loss(Loss):
    """Mean absolute error, see ``l1``."""

    function, function_backward = l1, l1_backward


class BCELoss(Loss):
    """Binary cross-entropy of probabilities, see ``binary_cross_entropy``."""

    function, function_backward = binary_cross_entropy, binary_cross_entropy_backward


class CrossEntropyLoss(Loss):
    """Cross-entropy of logits, see ``cross_entropy``."""

    function, function_backward = cross_entropy, cross_entropy_backward
    labels = True


class HingeLoss(Loss):
    """Multiclass hinge loss, see ``hinge``."""

    function, function_backward = hinge, hinge_backward
    labels = True

    def __init__(self, margin=1.0):
        super().__init__(margin=margin)
