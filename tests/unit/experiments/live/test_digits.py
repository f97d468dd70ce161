"""The weights that travel with the figure, and the digits it begins with."""

import json

import numpy as np

from course_lib.data import mnist
from course_lib.experiments.live import digits
from course_lib.experiments.live.train_digit_reader import FILE, quantize, unpack
from course_lib.training import predict


def test_weights_are_small_and_quantized_to_a_127th():
    assert FILE.stat().st_size < 60_000
    assert json.loads(FILE.read_text()).keys() == {"softmax", "network"}
    for shape in ((5, 3), (3, 2, 2, 2)):
        W = np.random.default_rng(0).normal(size=shape)
        q, scale = quantize(W)
        unit = scale if W.ndim == 2 else scale[:, np.newaxis, np.newaxis, np.newaxis]
        assert np.all(np.abs(q * unit - W) <= unit / 2 + 1e-12)


def test_examples_are_of_every_class_and_the_last_are_misread_by_the_softmax_alone():
    data, rows = mnist(), list(digits.MISREAD)
    x, y = data.X_test[rows].astype(float), data.y_test[rows]
    answers = {
        n: predict(unpack(n, r["layers"]), x).argmax(axis=1) for n, r in digits.readers().items()
    }
    assert (answers["softmax"] != y).all()
    assert (answers["network"] == y).all()
    assert [name[0] for name in digits.examples()[1][:10]] == list("0123456789")
