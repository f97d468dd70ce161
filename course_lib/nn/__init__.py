"""The reference: every function and layer of the course, in NumPy alone.

A file is a concept: the pure functions first, ``f`` and ``f_backward``, whose lines are the
formulas, then the thin layer that remembers for them. What all layers share is in ``layer.py``;
``autograd.py`` has the same chain rule for single numbers.
Functions and layers take NumPy arrays, and numbers where any shape will do; a list or an empty
array is refused, in the same words everywhere (``course_lib.checks``), except by the measuring
tools of ``gradient_check.py``, which convert. An ``rng`` is a ``numpy.random.Generator`` or a seed.
Not here: optimizers (``optim``), the training loop (``training``), PyTorch (``pytorch``).
"""

from course_lib.nn import autograd
from course_lib.nn.activations import (
    GELU,
    LeakyReLU,
    ReLU,
    Sigmoid,
    Tanh,
    gelu,
    gelu_backward,
    leaky_relu,
    leaky_relu_backward,
    log_softmax,
    log_softmax_backward,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    softmax,
    softmax_backward,
    tanh,
    tanh_backward,
)
from course_lib.nn.attention import (
    attention_weights,
    causal_mask,
    scaled_dot_product_attention,
    scaled_dot_product_attention_backward,
)
from course_lib.nn.branches import Concatenate, concatenate, concatenate_backward
from course_lib.nn.convolution import Conv2d, conv2d, conv2d_backward, conv2d_loops
from course_lib.nn.dice import DiceLoss, dice_loss, dice_loss_backward
from course_lib.nn.dropout_layer import Dropout, dropout, dropout_backward
from course_lib.nn.embedding_layer import Embedding, embedding, embedding_backward
from course_lib.nn.flatten import Flatten
from course_lib.nn.global_pooling import (
    GlobalAvgPool2d,
    global_avg_pool2d,
    global_avg_pool2d_backward,
)
from course_lib.nn.gradient_check import numerical_gradient, relative_error
from course_lib.nn.initialization import he_normal, he_uniform, xavier_normal, xavier_uniform
from course_lib.nn.layer import Layer
from course_lib.nn.layer_normalization import LayerNorm, layer_norm, layer_norm_backward
from course_lib.nn.linear_layer import Linear, linear, linear_backward
from course_lib.nn.losses import (
    BCELoss,
    BCEWithLogitsLoss,
    CrossEntropyLoss,
    HingeLoss,
    L1Loss,
    Loss,
    MSELoss,
    binary_cross_entropy,
    binary_cross_entropy_backward,
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_backward,
    cross_entropy,
    cross_entropy_backward,
    hinge,
    hinge_backward,
    l1,
    l1_backward,
    mse,
    mse_backward,
)
from course_lib.nn.normalization import (
    BatchNorm1d,
    BatchNorm2d,
    batch_norm,
    batch_norm_backward,
)
from course_lib.nn.penalties import (
    l1_penalty,
    l1_penalty_backward,
    l2_penalty,
    l2_penalty_backward,
)
from course_lib.nn.perceptron_rule import Perceptron, perceptron, perceptron_update
from course_lib.nn.pooling import (
    AvgPool2d,
    MaxPool2d,
    avg_pool2d,
    avg_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
)
from course_lib.nn.recurrent import gru_cell, gru_cell_backward
from course_lib.nn.residual import Residual
from course_lib.nn.sequential import Sequential
from course_lib.nn.transposed_convolution import (
    ConvTranspose2d,
    conv_transpose2d,
    conv_transpose2d_backward,
)
from course_lib.nn.upsampling import Upsample2d, upsample2d, upsample2d_backward
from course_lib.nn.windows import output_size

__all__ = [
    "GELU",
    "AvgPool2d",
    "BCELoss",
    "BCEWithLogitsLoss",
    "BatchNorm1d",
    "BatchNorm2d",
    "Concatenate",
    "Conv2d",
    "ConvTranspose2d",
    "CrossEntropyLoss",
    "DiceLoss",
    "Dropout",
    "Embedding",
    "Flatten",
    "GlobalAvgPool2d",
    "HingeLoss",
    "L1Loss",
    "Layer",
    "LayerNorm",
    "LeakyReLU",
    "Linear",
    "Loss",
    "MSELoss",
    "MaxPool2d",
    "Perceptron",
    "ReLU",
    "Residual",
    "Sequential",
    "Sigmoid",
    "Tanh",
    "Upsample2d",
    "attention_weights",
    "avg_pool2d",
    "avg_pool2d_backward",
    "batch_norm",
    "batch_norm_backward",
    "binary_cross_entropy",
    "binary_cross_entropy_backward",
    "binary_cross_entropy_with_logits",
    "binary_cross_entropy_with_logits_backward",
    "causal_mask",
    "concatenate",
    "concatenate_backward",
    "conv2d",
    "conv2d_backward",
    "conv2d_loops",
    "conv_transpose2d",
    "conv_transpose2d_backward",
    "cross_entropy",
    "cross_entropy_backward",
    "dice_loss",
    "dice_loss_backward",
    "dropout",
    "dropout_backward",
    "embedding",
    "embedding_backward",
    "gelu",
    "gelu_backward",
    "global_avg_pool2d",
    "global_avg_pool2d_backward",
    "gru_cell",
    "gru_cell_backward",
    "he_normal",
    "he_uniform",
    "hinge",
    "hinge_backward",
    "l1",
    "l1_backward",
    "l1_penalty",
    "l1_penalty_backward",
    "l2_penalty",
    "l2_penalty_backward",
    "layer_norm",
    "layer_norm_backward",
    "leaky_relu",
    "leaky_relu_backward",
    "linear",
    "linear_backward",
    "log_softmax",
    "log_softmax_backward",
    "max_pool2d",
    "max_pool2d_backward",
    "mse",
    "mse_backward",
    "numerical_gradient",
    "output_size",
    "perceptron",
    "perceptron_update",
    "relative_error",
    "relu",
    "relu_backward",
    "scaled_dot_product_attention",
    "scaled_dot_product_attention_backward",
    "sigmoid",
    "sigmoid_backward",
    "softmax",
    "softmax_backward",
    "tanh",
    "tanh_backward",
    "upsample2d",
    "upsample2d_backward",
    "xavier_normal",
    "xavier_uniform",
]
