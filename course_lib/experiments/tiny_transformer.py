"""A transformer of two blocks that continues a text letter by letter, of the course's layers.

Within the network a batch is a table with a row for each token, (N * T, D): what treats every token
by itself, such as ``Linear``, needs to know nothing of sequences. Only attention does.
Sources: Vaswani et al. 2017; Radford et al. 2019 (normalization before each part).
"""

import numpy as np
from numpy.typing import NDArray

from course_lib import nn
from course_lib.checks import RandomSource, as_generator

LENGTH, FEATURES, HEADS, BLOCKS = 64, 64, 4, 2


class Tokens(nn.Layer):
    """Token numbers (N, T) -> rows (N * T, D): what stands there plus where it stands."""

    def __init__(self, vocabulary: int, length: int, features: int, rng: RandomSource) -> None:
        super().__init__()
        rng = as_generator(rng)
        shapes = {"token": (vocabulary, features), "place": (length, features)}
        self.params = {
            name: rng.normal(0, 0.1, shape).astype(np.float32) for name, shape in shapes.items()
        }

    def forward(self, x: NDArray) -> NDArray:
        self.remember(x)
        rows = nn.embedding(x, self.params["token"]) + self.params["place"]
        return rows.reshape(-1, rows.shape[-1])

    def backward(self, grad: NDArray) -> NDArray:
        x = self.recall()
        grad = grad.reshape(*x.shape, -1)
        self.grads["place"] = grad.sum(axis=0)
        self.grads["token"] = nn.embedding_backward(grad, x, self.params["token"])
        return np.zeros(x.shape, grad.dtype)


class SelfAttention(nn.Layer):
    """Every token of a sequence asks those up to itself, with several heads side by side.

    Rows (N * T, D) -> (N * T, D). ``params``: qkv (D, 3D), which makes a query, a key and a value
    of each row, and out (D, D), which mixes what the heads have found.
    """

    def __init__(self, length: int, features: int, heads: int, rng: RandomSource) -> None:
        super().__init__()
        rng = as_generator(rng)
        self.length, self.heads, self.mask = length, heads, nn.causal_mask(length)
        self.params = {
            "qkv": nn.xavier_normal((features, 3 * features), rng).astype(np.float32),
            "out": nn.xavier_normal((features, features), rng).astype(np.float32),
        }

    def split(self, rows: NDArray) -> NDArray:
        """(N * T, D) -> (N * heads, T, D / heads)."""
        apart = rows.reshape(-1, self.length, self.heads, rows.shape[1] // self.heads)
        return apart.swapaxes(1, 2).reshape(-1, self.length, apart.shape[-1])

    def join(self, parts: NDArray) -> NDArray:
        """The way back: (N * heads, T, D / heads) -> (N * T, D)."""
        together = parts.reshape(-1, self.heads, self.length, parts.shape[-1]).swapaxes(1, 2)
        return together.reshape(-1, self.heads * parts.shape[-1])

    def forward(self, x: NDArray) -> NDArray:
        q, k, v = map(self.split, np.split(x @ self.params["qkv"], 3, axis=1))
        found = self.join(nn.scaled_dot_product_attention(q, k, v, self.mask))
        self.remember((x, q, k, v, found))
        return found @ self.params["out"]

    def backward(self, grad: NDArray) -> NDArray:
        x, q, k, v, found = self.recall()
        self.grads["out"] = found.T @ grad
        asked = self.split(grad @ self.params["out"].T)
        parts = nn.scaled_dot_product_attention_backward(asked, q, k, v, self.mask)
        grad = np.concatenate([self.join(part) for part in parts], axis=1)
        self.grads["qkv"] = x.T @ grad
        return grad @ self.params["qkv"].T

    def weights(self) -> NDArray:
        """Of the last forward pass: how much each token took of each, (N, heads, T, T)."""
        _, q, k, _, _ = self.recall()
        found = nn.attention_weights(q, k, self.mask)
        return found.reshape(-1, self.heads, *found.shape[1:])


def transformer(
    vocabulary: int,
    rng: RandomSource = 0,
    *,
    length: int = LENGTH,
    features: int = FEATURES,
    heads: int = HEADS,
    blocks: int = BLOCKS,
) -> nn.Sequential:
    """Token numbers (N, length) -> scores of the token that follows each, (N * length, vocabulary).

    features: a multiple of heads.
    """
    rng = as_generator(rng)
    layers: list[nn.Layer] = [Tokens(vocabulary, length, features, rng)]
    for _ in range(blocks):
        layers += [
            nn.Residual(
                nn.Sequential(nn.LayerNorm(features), SelfAttention(length, features, heads, rng))
            ),
            nn.Residual(
                nn.Sequential(
                    nn.LayerNorm(features),
                    nn.Linear(features, 4 * features, rng=rng),
                    nn.ReLU(),
                    nn.Linear(4 * features, features, rng=rng, init=nn.xavier_normal),
                )
            ),
        ]
    last = nn.Linear(features, vocabulary, rng=rng, init=nn.xavier_normal)
    return nn.Sequential(*layers, nn.LayerNorm(features), last)


def windows(
    tokens: NDArray, count: int, rng: RandomSource, length: int = LENGTH
) -> tuple[NDArray, NDArray]:
    """Random cuts (count, length) of a text, and what follows each token, (count * length,)."""
    starts = as_generator(rng).integers(0, len(tokens) - length, count)
    cut = tokens[starts[:, np.newaxis] + np.arange(length + 1)]
    return cut[:, :-1], cut[:, 1:].ravel()


def bits(model: nn.Sequential, tokens: NDArray, length: int = LENGTH) -> float:
    """Mean surprise of the model at each token of a text, in bits: cross-entropy / ln 2.

    The text is cut into pieces, so that a token early in its piece is read with little before it.
    """
    pieces = tokens[: (len(tokens) - 1) // length * length + 1]
    x, y = pieces[:-1].reshape(-1, length), pieces[1:]
    losses = [
        nn.cross_entropy(model(x[i : i + 50]), y[i * length : (i + 50) * length])
        * len(x[i : i + 50])
        for i in range(0, len(x), 50)
    ]
    return sum(losses) / len(x) / float(np.log(2))


def sample(
    model: nn.Sequential,
    start: NDArray,
    count: int,
    rng: RandomSource,
    temperature: float = 1.0,
    length: int = LENGTH,
) -> NDArray:
    """``start`` (T,) and ``count`` more tokens, each drawn from the model's answer to those before.

    temperature: the scores are divided by it; below 1 the likely becomes likelier still.
    """
    rng, tokens = as_generator(rng), list(start)
    for _ in range(count):
        recent = tokens[-length:]
        padded = np.array([recent + [0] * (length - len(recent))])  # what follows is not looked at
        scores = model(padded)[len(recent) - 1].astype(float) / temperature
        tokens.append(int(rng.choice(len(scores), p=nn.softmax(scores[np.newaxis])[0])))
    return np.array(tokens)
