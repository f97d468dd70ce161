import numpy as np

from course_lib import nn, optim
from course_lib.nn import Layer
from course_lib.training import train_step


def test_gradients_find_their_parameters_by_name():
    class Scale(Layer):
        def __init__(self):
            super().__init__()
            self.params = {"a": np.ones(2), "b": np.ones(2)}

        def forward(self, x):
            return x * self.params["a"] + self.params["b"]

        def backward(self, grad):
            self.grads = {"b": np.ones(2), "a": np.zeros(2)}  # in another order
            return grad

    model = Scale()
    train_step(model, np.ones((3, 2)), np.ones((3, 2)), nn.MSELoss(), optim.SGD(0.5))
    assert model.params["a"].tolist() == [1, 1]
    assert model.params["b"].tolist() == [0.5, 0.5]
