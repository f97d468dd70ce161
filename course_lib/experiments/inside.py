"""Looking inside a network that has learnt: questions that are put to it through its input.

Every function takes a model that maps pixels in [0, 1] to scores, and leaves its weights alone.
Most ask ``backward`` for what training never needs: the gradient with respect to the input.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib import nn, zoo
from course_lib.data import batches
from course_lib.optim import Adam

Array = NDArray[Any]
Question = Callable[[Array], tuple[Array, Array]]  # pictures -> answers (N,), their gradient
TINY = 1e-12  # keeps a gradient of zero at zero


class Preparation(nn.Layer):
    """``squeezenet_input`` as a layer, so that gradients reach the pixels themselves."""

    def forward(self, x: Array) -> Array:
        return zoo.squeezenet_input(x)

    def backward(self, grad: Array) -> Array:
        return grad[:, ::-1] * 255


def on_pixels(network: nn.Sequential) -> nn.Sequential:
    """A network that wants ``squeezenet_input``, as one of pixels in [0, 1]; same layers."""
    return nn.Sequential(Preparation(), *network.layers).eval()


def score_and_gradient(model: nn.Layer, x: Array, labels: Sequence[int]) -> tuple[Array, Array]:
    """The score of one class for each picture, and its gradient with respect to the pixels.

    x: (N, C, H, W)  labels: (N,)  ->  scores (N,), gradient (N, C, H, W)
    """
    scores = model(x)
    rows = np.arange(len(x))
    grad = np.zeros_like(scores)
    grad[rows, labels] = 1
    return scores[rows, labels], model.backward(grad)


def in_batches(
    ask: Callable[[Array, Array], Array], x: Array, labels: Sequence[int] | Array, size: int
) -> Array:
    """What ``ask(pictures, labels)`` returns, asked for ``size`` pictures at a time.

    A model remembers the patches of all the pictures that it was shown last, for the way back. In
    SqueezeNet these are 20 MB for each photograph.
    x: (N, ...)  labels: (N,)  ->  (N, ...)
    """
    return np.concatenate([ask(*part) for part in batches(x, np.asarray(labels), size)])


def energy_and_gradient(front: nn.Layer, x: Array) -> tuple[Array, Array]:
    """Half the squared activations of a layer for each picture, and its gradient: (N,), like x.

    front: the layers up to that one. What DeepDream raises: whatever the layer sees already.
    """
    activations = front(x)
    energy = 0.5 * (activations**2).sum(axis=tuple(range(1, activations.ndim)))
    return energy, front.backward(activations)


def saliency(model: nn.Layer, x: Array, labels: Sequence[int]) -> Array:
    """How strongly a pixel moves the score of its picture's class: (N, C, H, W) -> (N, H, W).

    The size of the gradient; of several channels the largest counts.
    Source: Simonyan, Vedaldi and Zisserman 2014, "Deep inside convolutional networks".
    """
    _, gradient = score_and_gradient(model, x, labels)
    return np.abs(gradient).max(axis=1)


def occlusion(
    model: nn.Layer, x: Array, label: int, *, size: int, stride: int, fill: float = 0.5
) -> Array:
    """The probability of ``label`` with a square of ``size`` pixels hidden, at each place.

    x: (1, C, H, W)  ->  (H', W') with H' = (H - size) / stride + 1, rounded down.
    ``ValueError`` for a square that does not fit.
    Source: Zeiler and Fergus 2014, "Visualizing and understanding convolutional networks".
    """
    if not 0 < size <= min(x.shape[2:]):
        raise ValueError(f"occlusion: size is {size}, wanted 1 to {min(x.shape[2:])}")
    tops, lefts = (range(0, side - size + 1, stride) for side in x.shape[2:])
    hidden = np.repeat(x, len(tops) * len(lefts), axis=0)
    for picture, (top, left) in zip(hidden, ((t, f) for t in tops for f in lefts), strict=True):
        picture[:, top : top + size, left : left + size] = fill
    scores = np.concatenate([model(few) for few in np.array_split(hidden, -(-len(hidden) // 8))])
    return nn.softmax(scores)[:, label].reshape(len(tops), len(lefts))


def blur(x: Array, spread: float) -> Array:
    """Each channel blurred by a Gaussian of standard deviation ``spread``, mirrored at the rim.

    x: (..., H, W)
    """
    reach = int(np.ceil(3 * spread))
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / spread) ** 2)
    weights = (weights / weights.sum()).astype(x.dtype)
    for axis in (-2, -1):
        border = [(0, 0)] * x.ndim
        border[axis] = (reach, reach)
        padded = np.pad(x, border, mode="symmetric")
        x = np.lib.stride_tricks.sliding_window_view(padded, len(weights), axis) @ weights
    return x


def ascend(
    question: Question,
    x: Array,
    *,
    steps: int,
    rate: float,
    decay: float = 0.0,
    rest: float = 0.5,
    spread: float = 0.0,
    jitter: int = 0,
    limit: float = 1.0,
    rng: int = 0,
) -> tuple[Array, Array]:
    """Change pictures so that their answers to a question grow: the pictures, and all answers.

    question: x (N, C, H, W) -> answers (N,) and their gradient (N, C, H, W)
    A step goes ``rate`` along the gradient divided by its root mean square, less ``decay`` times
    the distance from the value ``rest``; then everything is clipped to [0, 1].
    spread: of a blur after every fifth step; jitter: pixels by which the pictures are shifted at
    random before a step, and back after it. Both work against patterns of single pixels.
    limit: no pixel ends further from where it began.
    x: (N, C, H, W)  ->  (N, C, H, W), (steps, N)
    Sources: Simonyan, Vedaldi and Zisserman 2014; Yosinski et al. 2015; Mordvintsev et al. 2015.
    """
    generator, answers = np.random.default_rng(rng), []
    low, high = x - limit, x + limit
    for step in range(1, steps + 1):
        shift = generator.integers(-jitter, jitter + 1, 2)
        x = np.roll(x, shift, axis=(2, 3))
        answer, gradient = question(x)
        answers.append(answer)
        size = np.sqrt((gradient**2).mean(axis=(1, 2, 3), keepdims=True)) + TINY
        x = np.clip(x + rate * gradient / size - decay * (x - rest), 0, 1).astype(x.dtype)
        x = np.roll(x, -shift, axis=(2, 3))
        if spread and step % 5 == 0:
            x = blur(x, spread)
        x = np.clip(x, low, high)
    return x, np.array(answers)


def total_variation(x: Array) -> tuple[float, Array]:
    """How rough pictures are, and the gradient of that: half the squared steps between neighbors.

    x: (N, C, H, W)  ->  the sum over all pixels, gradient (N, C, H, W)
    """
    value, gradient = 0.0, np.zeros_like(x)
    for axis in (2, 3):
        step = np.diff(x, axis=axis)
        value += 0.5 * float((step**2).sum())
        before, after = [[slice(None)] * 4 for _ in range(2)]
        before[axis], after[axis] = slice(None, -1), slice(1, None)
        gradient[tuple(before)] -= step
        gradient[tuple(after)] += step
    return value, gradient


def invert(
    front: nn.Layer,
    x: Array,
    *,
    steps: int,
    rate: float,
    smooth: float = 0.0,
    rng: int = 0,
) -> tuple[Array, list[float]]:
    """A picture with the same representation as x, found from noise; and the error of each step.

    front: the layers up to where the representation is read. The error is the squared distance of
    the representations, relative to that of x from 0; ``smooth`` times the total variation, a pixel
    each, is added to what Adam brings down.
    x: (1, C, H, W)  ->  (1, C, H, W), (steps,)
    Source: Mahendran and Vedaldi 2015, "Understanding deep image representations by inverting
    them".
    """
    wanted = front(x)
    size = float((wanted**2).sum())
    found = np.random.default_rng(rng).uniform(0.4, 0.6, x.shape).astype(x.dtype)
    adam, errors = Adam(rate), []
    for _ in range(steps):
        difference = front(found) - wanted
        errors.append(float((difference**2).sum()) / size)
        gradient = front.backward(2 * difference / size)
        gradient += smooth * total_variation(found)[1] / x.size
        adam.step([found], [gradient])
        np.clip(found, 0, 1, out=found)
    return found, errors


def fast_gradient_sign(model: nn.Layer, x: Array, labels: Sequence[int], size: float) -> Array:
    """x with every pixel moved by ``size`` in the direction that raises the loss, kept in [0, 1].

    Source: Goodfellow, Shlens and Szegedy 2015, "Explaining and harnessing adversarial examples".
    """
    gradient = model.backward(nn.cross_entropy_backward(model(x), np.asarray(labels)))
    return np.clip(x + size * np.sign(gradient), 0, 1).astype(x.dtype)


def steer(
    model: nn.Layer, x: Array, target: int, *, steps: int, step: float, limit: float
) -> tuple[Array, list[float]]:
    """Small steps towards the answer ``target``, never further than ``limit`` from x in any pixel.

    x: (1, C, H, W)  ->  the last picture, and the probability of ``target`` after each step
    Source: Kurakin, Goodfellow and Bengio 2017; Madry et al. 2018 (projected gradient).
    """
    changed, probabilities = x, []
    for _ in range(steps):
        gradient = model.backward(nn.cross_entropy_backward(model(changed), np.array([target])))
        near = np.clip(changed - step * np.sign(gradient), x - limit, x + limit)
        changed = np.clip(near, 0, 1).astype(x.dtype)
        probabilities.append(float(nn.softmax(model(changed))[0, target]))
    return changed, probabilities
