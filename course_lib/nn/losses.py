"""Loss functions: one number that says how wrong a batch of outputs is.

Every loss is the mean over the batch, a Python float. Every ``f_backward`` takes the same
arguments and returns the gradient of that mean with respect to the first one.
"""

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_number, check_probabilities, checked
from course_lib.nn.activations import log_softmax, sigmoid, softmax


@checked(y_hat="...", y="...")
def mse(y_hat: NDArray | float, y: NDArray | float) -> float:
    """Mean squared error, over all elements of y_hat and y (same shape)."""
    return float(np.mean((y_hat - y) ** 2))


@checked(y_hat="...", y="...")
def mse_backward(y_hat: NDArray | float, y: NDArray | float) -> NDArray | float:
    """``dL/dy_hat = 2 * (y_hat - y) / size``."""
    return 2 * (y_hat - y) / np.size(y_hat)


@checked(y_hat="...", y="...")
def l1(y_hat: NDArray | float, y: NDArray | float) -> float:
    """Mean absolute error, over all elements of y_hat and y (same shape)."""
    return float(np.mean(np.abs(y_hat - y)))


@checked(y_hat="...", y="...")
def l1_backward(y_hat: NDArray | float, y: NDArray | float) -> NDArray | float:
    """``dL/dy_hat = sign(y_hat - y) / size``; 0 where they are equal."""
    return np.sign(y_hat - y) / np.size(y_hat)


@checked(p="...", y="...")
@checked(p=check_probabilities, y=check_probabilities)
def binary_cross_entropy(p: NDArray | float, y: NDArray | float) -> float:
    """Mean of ``-(y log p + (1 - y) log(1 - p))`` for probabilities p and targets y in [0, 1].

    As in PyTorch no logarithm counts as less than -100, so a confident mistake costs 100, not inf.
    """
    with np.errstate(divide="ignore"):
        log_p, log_q = np.maximum(np.log(p), -100), np.maximum(np.log(1 - p), -100)
    return float(np.mean(y * -log_p + (1 - y) * -log_q))


@checked(p="...", y="...")
@checked(p=check_probabilities, y=check_probabilities)
def binary_cross_entropy_backward(p: NDArray | float, y: NDArray | float) -> NDArray:
    """``dL/dp = (p - y) / (p (1 - p)) / size``, the denominator kept above 1e-12."""
    return (p - y) / np.maximum(p * (1 - p), 1e-12) / np.size(p)


@checked(logits="...", y="...")
@checked(y=check_probabilities)
def binary_cross_entropy_with_logits(logits: NDArray | float, y: NDArray | float) -> float:
    """``binary_cross_entropy(sigmoid(logits), y)``, right for logits of any size.

    A label's loss is ``max(logit, 0) - logit * y + log(1 + exp(-|logit|))``: no probability is
    formed that could round to 0 or 1. logits, y: of one shape, the targets y in [0, 1].
    """
    logits = np.asarray(logits)
    small = np.log1p(np.exp(-np.abs(logits)))  # added last, so that it is not lost in the logit
    return float(np.mean(np.maximum(logits, 0) - logits * y + small))


@checked(logits="...", y="...")
@checked(y=check_probabilities)
def binary_cross_entropy_with_logits_backward(
    logits: NDArray | float, y: NDArray | float
) -> NDArray:
    """``dL/dlogits = (sigmoid(logits) - y) / size``."""
    return (sigmoid(logits) - y) / np.size(logits)


@checked(logits="N K", labels="N of K")
def cross_entropy(logits: NDArray, labels: NDArray) -> float:
    """Mean of ``-log softmax(logits)[label]``: how surprised the network is by the truth.

    logits: (N, K), any real numbers  labels: (N,) int in [0, K)  ->  float
    """
    return float(-log_softmax(logits)[np.arange(len(labels)), labels].mean())


@checked(logits="N K", labels="N of K")
def cross_entropy_backward(logits: NDArray, labels: NDArray) -> NDArray:
    """``dL/dlogits = (softmax(logits) - one_hot(labels)) / N``."""
    grad = softmax(logits)
    grad[np.arange(len(labels)), labels] -= 1
    return grad / len(labels)


@checked(scores="N K", labels="N of K", margin=check_number)
def hinge(scores: NDArray, labels: NDArray, margin: float = 1.0) -> float:
    """Multiclass hinge loss: each wrong class should score at least ``margin`` below the true one.

    Mean over the batch of ``sum over j != label of max(0, s_j - s_label + margin)``.
    scores: (N, K)  labels: (N,) int in [0, K)  ->  float.  Source: Weston and Watkins 1999.
    """
    return float(margin_violations(scores, labels, margin).sum() / len(labels))


@checked(scores="N K", labels="N of K", margin=check_number)
def hinge_backward(scores: NDArray, labels: NDArray, margin: float = 1.0) -> NDArray:
    """Each violated margin pushes its class down by 1/N and the true class up by as much."""
    grad = (margin_violations(scores, labels, margin) > 0).astype(scores.dtype)
    grad[np.arange(len(labels)), labels] = -grad.sum(axis=1)
    return grad / len(labels)


@checked(scores="N K", labels="N of K", margin=check_number)
def margin_violations(scores: NDArray, labels: NDArray, margin: float = 1.0) -> NDArray:
    """``max(0, s_j - s_label + margin)`` (N, K), 0 for the true class itself."""
    rows = np.arange(len(labels))
    violations = np.maximum(0, scores - scores[rows, labels][:, np.newaxis] + margin)
    violations[rows, labels] = 0
    return violations


class Loss:
    """A loss as an object for the training loop: ``loss(outputs, targets)``, then ``backward()``.

    A loss of one's own is a subclass that names its two pure functions:

    - ``function(outputs, targets)`` returns the mean over the batch, a float;
    - ``function_backward(outputs, targets)`` the gradient of that mean with respect to outputs.

    ``labels`` says whether the targets are class labels, so that there is an accuracy. Keyword
    arguments of the constructor are passed on to both functions.

    >>> class FourthPower(Loss):
    ...     '''Mean of the fourth powers of the errors.'''
    ...
    ...     @staticmethod
    ...     def function(y_hat, y):
    ...         return float(np.mean((y_hat - y) ** 4))
    ...
    ...     @staticmethod
    ...     def function_backward(y_hat, y):
    ...         return 4 * (y_hat - y) ** 3 / np.size(y_hat)
    """

    function: ClassVar[Callable[..., float]]
    function_backward: ClassVar[Callable[..., NDArray | float]]
    labels = False

    def __init__(self, **options: Any) -> None:
        for name in ("function", "function_backward"):
            if not hasattr(self, name):
                raise NotImplementedError(
                    f"{type(self).__name__} has no {name}(outputs, targets), which a loss needs"
                )
        self.options = options
        self._remembered: tuple[NDArray, NDArray] | None = None

    def __call__(self, outputs: NDArray, targets: NDArray) -> float:
        return self.forward(outputs, targets)

    def forward(self, outputs: NDArray, targets: NDArray) -> float:
        """The mean loss of the batch, a float."""
        self._remembered = outputs, targets
        return self.function(outputs, targets, **self.options)

    def backward(self) -> Any:
        """Gradient of that loss with respect to the outputs; ``ValueError`` before ``forward``."""
        if self._remembered is None:
            raise ValueError(
                f"{type(self).__name__}.backward: nothing to go back from, call forward first"
            )
        return self.function_backward(*self._remembered, **self.options)


class MSELoss(Loss):
    """Mean squared error, see ``mse``."""

    function = staticmethod(mse)
    function_backward = staticmethod(mse_backward)


class L1Loss(Loss):
    """Mean absolute error, see ``l1``."""

    function = staticmethod(l1)
    function_backward = staticmethod(l1_backward)


class BCELoss(Loss):
    """Binary cross-entropy of probabilities, see ``binary_cross_entropy``."""

    function = staticmethod(binary_cross_entropy)
    function_backward = staticmethod(binary_cross_entropy_backward)


class BCEWithLogitsLoss(Loss):
    """Binary cross-entropy of logits, see ``binary_cross_entropy_with_logits``."""

    function = staticmethod(binary_cross_entropy_with_logits)
    function_backward = staticmethod(binary_cross_entropy_with_logits_backward)


class CrossEntropyLoss(Loss):
    """Cross-entropy of logits, see ``cross_entropy``."""

    function = staticmethod(cross_entropy)
    function_backward = staticmethod(cross_entropy_backward)
    labels = True


class HingeLoss(Loss):
    """Multiclass hinge loss, see ``hinge``."""

    function = staticmethod(hinge)
    function_backward = staticmethod(hinge_backward)
    labels = True

    @checked(margin=check_number)
    def __init__(self, margin: float = 1.0) -> None:
        super().__init__(margin=margin)
