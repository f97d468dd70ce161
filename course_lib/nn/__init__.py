"""The reference: every function and layer of the course, in NumPy alone. A file is a concept."""

from course_lib.nn.activations import (
    LeakyReLU,
    ReLU,
    Sigmoid,
    Tanh,
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
from course_lib.nn.branches import Concatenate, concatenate, concatenate_backward
from course_lib.nn.convolution import Conv2d, conv2d, conv2d_backward, conv2d_loops
from course_lib.nn.dropout_layer import Dropout, dropout, dropout_backward
from course_lib.nn.global_pooling import (
    GlobalAvgPool2d,
    global_avg_pool2d,
    global_avg_pool2d_backward,
)
from course_lib.nn.gradient_check import numerical_gradient, relative_error
from course_lib.nn.initialization import he_normal, he_uniform, xavier_normal, xavier_uniform
from course_lib.nn.linear_layer import Linear, linear, linear_backward
from course_lib.nn.losses import (
    BCELoss,
    CrossEntropyLoss,
    HingeLoss,
    L1Loss,
    MSELoss,
    binary_cross_entropy,
    binary_cross_entropy_backward,
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
from course_lib.nn.sequential import Flatten, Sequential
from course_lib.nn.windows import output_size

__all__ = [name for name, value in list(vars().items()) if callable(value)]
