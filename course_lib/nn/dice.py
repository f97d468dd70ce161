"""Dice loss: how far a predicted mask is from covering the true one.

Where most pixels are background, a loss that averages over pixels is content with predicting
nothing; overlap is not.
Source: Milletari, Navab and Ahmadi 2016, "V-Net"; Dice 1945.
"""

from numpy.typing import NDArray

from course_lib.checks import check_positive, check_probabilities, checked
from course_lib.nn.activations import sigmoid, sigmoid_backward
from course_lib.nn.losses import Loss


@checked(logits="N ...", y="N ...", smooth=check_positive)
@checked(y=check_probabilities)
def dice_loss(logits: NDArray, y: NDArray, smooth: float = 1.0) -> float:
    """``1 - (2 sum(p y) + smooth) / (sum(p) + sum(y) + smooth)`` with ``p = sigmoid(logits)``.

    logits, y: of one shape (N, ...), y the true mask, 0 or 1  ->  float in [0, 1)
    The sums run over all pixels of the batch. ``smooth`` keeps the quotient defined where nothing
    is to be found: there, nothing predicted gives the loss 0.
    """
    p = sigmoid(logits)
    return float(1 - (2 * (p * y).sum() + smooth) / (p.sum() + y.sum() + smooth))


@checked(logits="N ...", y="N ...", smooth=check_positive)
@checked(y=check_probabilities)
def dice_loss_backward(logits: NDArray, y: NDArray, smooth: float = 1.0) -> NDArray:
    """dL/dlogits: the quotient rule, then the way back through the sigmoid."""
    p = sigmoid(logits)
    above, below = 2 * (p * y).sum() + smooth, p.sum() + y.sum() + smooth
    dp = (above / below - 2 * y) / below
    return sigmoid_backward(dp, logits)


class DiceLoss(Loss):
    """Dice loss of logits, see ``dice_loss``."""

    function = staticmethod(dice_loss)
    function_backward = staticmethod(dice_loss_backward)

    @checked(smooth=check_positive)
    def __init__(self, smooth: float = 1.0) -> None:
        super().__init__(smooth=float(smooth))
