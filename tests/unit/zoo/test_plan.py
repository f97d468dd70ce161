import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import nn
from course_lib.zoo import architectures
from course_lib.zoo.imagenet import untrained_squeezenet
from course_lib.zoo.plan import places, summarize, table, trace


def sizes(rows):
    return [row.shape for row in rows]


def test_by_hand():
    conv, pool, dense = trace([("conv", 6, 5), ("max", 2), ("dense", 10)], (1, 28, 28))
    assert (conv.shape, conv.parameters, conv.macs) == ((6, 24, 24), 156, 150 * 24 * 24)
    assert (conv.field, conv.stride, conv.depth) == (5, 1, 1)
    assert (pool.shape, pool.parameters, pool.macs) == ((6, 12, 12), 0, 0)
    assert (pool.field, pool.stride, pool.depth) == (6, 2, 1)
    assert (dense.shape, dense.parameters, dense.macs) == ((10,), 8650, 8640)
    assert (dense.field, dense.depth) == (28, 2)
    names = [row.layer for row in (conv, pool, dense)]
    assert names == ["conv 6, 5 x 5", "max 2 x 2 / 2", "dense 10"]


def test_groups_and_biases_are_counted():
    plan = [("conv", 8, 3, 1, 1, 4, False), ("norm",), ("scale",), ("dense", 2, False)]
    rows = trace(plan, (4, 5, 5))
    assert [row.parameters for row in rows] == [72, 16, 16, 400]
    assert [row.macs for row in rows] == [72 * 25, 0, 0, 400]


NETWORK = nn.Sequential(
    *(nn.Conv2d(2, 8, 3, 2, 1, 2, False, rng=0), nn.BatchNorm2d(8), nn.MaxPool2d(3, 2, 1)),
    nn.Concatenate(nn.Sequential(), nn.Conv2d(8, 4, 1, rng=0)),
    nn.Residual(nn.Conv2d(12, 6, 3, padding=1, rng=0), nn.Conv2d(12, 6, 1, rng=0)),
    nn.Residual(nn.Conv2d(6, 6, 3, padding=1, rng=0)),
    nn.ConvTranspose2d(6, 3, 4, 2, 1, rng=0),
    *(nn.AvgPool2d(2), nn.Conv2d(3, 5, 2, rng=0), nn.GlobalAvgPool2d(), nn.Linear(5, 7, rng=0)),
)
PLAN = [
    *(("conv", 8, 3, 2, 1, 2, False), ("norm",), ("max", 3, 2, 1)),
    ("branches", [], [("conv", 4, 1)]),
    ("residual", [("conv", 6, 3, 1, 1)], [("conv", 6, 1)]),
    ("residual", [("conv", 6, 3, 1, 1)]),
    ("up", 3, 4, 2, 1),
    *(("mean", 2), ("conv", 5, 2), ("global_mean",), ("dense", 7)),
]


def test_the_same_network_of_layers_has_these_shapes_and_parameters():
    x = np.zeros((1, 2, 16, 16), np.float32)
    tops = [row for row in trace(PLAN, x.shape[1:]) if row.level == 0]
    for layer, row in zip(NETWORK.layers, tops, strict=True):
        x = layer(x)
        assert x.shape[1:] == row.shape
    learnt = sum(array.size for array in NETWORK.params.values())
    assert summarize(PLAN, (2, 16, 16)).parameters == learnt


def test_the_trained_squeezenet_has_the_parameters_of_its_plan():
    learnt = sum(array.size for array in untrained_squeezenet().params.values())
    assert summarize(architectures.squeezenet(), (3, 223, 223)).parameters == learnt


LAYERS = {
    "conv": lambda size, step: nn.Conv2d(1, 1, size, step, init=lambda shape, rng: np.ones(shape)),
    "max": nn.AvgPool2d,  # a maximum depends on as many pixels, but its gradient shows one
    "mean": nn.AvgPool2d,
}


@given(
    layers=st.lists(
        st.tuples(st.sampled_from(list(LAYERS)), st.integers(1, 4), st.integers(1, 3)).filter(
            lambda layer: layer[2] <= layer[1]  # no gaps, which the gradient would show
        ),
        min_size=1,
        max_size=3,
    )
)
def test_the_field_is_what_one_output_depends_on(layers):
    """Measured: where the gradient of one output with respect to the input is not zero."""
    field = stride = 1
    for _, size, step in layers:
        field, stride = field + (size - 1) * stride, stride * step
    side = field + 2 * stride  # three outputs a side
    model = nn.Sequential(*(LAYERS[kind](size, step) for kind, size, step in layers))
    grad = np.zeros_like(model(np.ones((1, 1, side, side))))
    grad[0, 0, 1, 1] = 1
    rows = np.flatnonzero(model.backward(grad)[0, 0].sum(axis=1))
    plan = [(kind, 1, *rest) if kind == "conv" else (kind, *rest) for kind, *rest in layers]
    last = trace(plan, (1, side, side))[-1]
    assert last.shape == (1, 3, 3) == grad.shape[1:]
    assert (rows.min(), rows.max()) == (last.stride, last.stride + last.field - 1)


def test_up_divides_the_stride_and_sees_no_further_if_it_fits():
    rows = trace([("max", 2), ("up", 3, 2, 2), ("up", 3, 3, 2)], (1, 8, 8))
    assert sizes(rows) == [(1, 4, 4), (3, 8, 8), (3, 17, 17)]
    assert [(row.field, row.stride) for row in rows] == [(2, 2), (2, 1), (3, 0.5)]


def test_branches_take_the_longest_way():
    plan = [("branches", [("conv", 2, 1)], [("conv", 1, 1), ("conv", 3, 5, 1, 2)], [])]
    rows = trace(plan, (4, 8, 8))
    assert sizes(rows) == [(2, 8, 8), (1, 8, 8), (3, 8, 8), (9, 8, 8)]
    assert [row.level for row in rows] == [1, 1, 1, 0]
    assert (rows[-1].field, rows[-1].depth) == (5, 2)


def test_a_skip_is_cropped():
    rows = trace([("skip", [("conv", 3, 5)])], (2, 9, 9))
    assert (rows[-1].layer, rows[-1].shape) == ("concatenate, 2 cropped", (5, 5, 5))


def test_totals():
    found, rows = summarize(PLAN, (2, 16, 16)), trace(PLAN, (2, 16, 16))
    assert found.macs == sum(row.macs for row in rows)
    assert found.activations == sum(int(np.prod(row.shape)) for row in rows)
    assert (found.shape, found.depth) == ((7,), 7)
    nothing = summarize([], (3, 4, 4))
    assert (nothing.parameters, nothing.shape, nothing.field) == (0, (3, 4, 4), 1)


@pytest.mark.parametrize(
    ("case", "count"),
    [
        ((227, 11, 4, 0), 55),
        ((224, 11, 4, 2), 55),  # a row of padding is cut off
        ((224, 7, 2, 3), 112),
        ((224, 7, 2, 1), 110),
        ((56, 1, 2, 0), 28),  # the last row lies in a gap that the stride leaves anyway
        ((9, 2, 3, 0), 3),
    ],
)
def test_windows_that_fit(case, count):
    assert places(*case) == count


@pytest.mark.parametrize("case", [(224, 11, 4, 0), (224, 7, 2, 0), (56, 3, 2, 0), (5, 2, 2, 0)])
def test_windows_that_do_not_fit(case):
    with pytest.raises(ValueError, match=r"the window does not fit: .* is no whole number"):
        places(*case)


BAD = [
    ([("conv", 96, 11, 4)], r"plan\[0\] is \('conv', 96, 11, 4\): .*\(224 - 11 \+ 2 \* 0\) / 4"),
    ([("max", 225)], r"plan\[0\] is .*: the window of size 225 is larger than the picture"),
    ([("conv", 96)], r"plan\[0\] is \('conv', 96\), wanted \('conv', filters, size, stride"),
    ([("norm", 3)], r"plan\[0\] is \('norm', 3\), wanted \('norm'"),
    ([("relu",)], r"plan\[0\] is \('relu',\), wanted a tuple that begins with one of conv, "),
    (["conv"], r"plan\[0\] is 'conv', wanted a tuple"),
    ([["conv", 1, 1]], r"plan\[0\] is \['conv', 1, 1\], wanted a tuple"),
    ([()], r"plan\[0\] is \(\), wanted a tuple"),
    ([([],)], r"plan\[0\] is \(\[\],\), wanted a tuple"),
    ([("conv", 4, 3, 1, 1, 2)], r"plan\[0\] .*: 2 groups do not divide 3 channels, 4 filters"),
    ([("conv", 0, 3)], r"plan\[0\] .* filters is 0, wanted at least 1"),
    ([("max", 3, 0)], r"plan\[0\] .* stride is 0, wanted at least 1"),
    ([("dense", 2), ("max", 2)], r"plan\[1\] .*: it gets the shape \(2,\), wanted \(C, H, W\)"),
    ([("branches",)], r"plan\[0\] has no branches"),
    ([("branches", [], [("max", 2)])], r"plan\[0\] stacks pictures of the sizes"),
    ([("branches", [], [("conv", 2, 1), ("max", 3)])], r"plan\[0\]\[2\]\[1\] is \('max', 3\): "),
    ([("branches", [("dense", 2)])], r"plan\[0\] gets the shape \(2,\), wanted \(C, H, W\)"),
    ([("residual", [("conv", 2, 1)])], r"plan\[0\] adds \(2, 224, 224\) to \(3, 224, 224\)"),
    ([("skip", [("conv", 2, 2)])], r"plan\[0\] would crop \(224, 224\) to \(223, 223\)"),
    ([("skip", [("global_mean",)])], r"plan\[0\] gets the shape \(3,\), wanted \(C, H, W\)"),
    ([("partial_conv", (2, 4), 3)], r"filters see \(2, 4\) channels, and there are 3"),
    ([("up", 1, 1, 1, 200)], "padding 200 leaves nothing"),
]


@pytest.mark.parametrize(("plan", "words"), BAD)
def test_a_plan_that_is_none_is_named_by_its_place(plan, words):
    with pytest.raises(ValueError, match=words):
        trace(plan, (3, 224, 224))


def test_other_bad_input_is_named():
    with pytest.raises(TypeError, match=r"plan\[0\] .*filters is 1.5, wanted a whole number"):
        trace([("conv", 1.5, 3)], (3, 8, 8))
    with pytest.raises(ValueError, match=r"shape is \(8, 8\), wanted \(C, H, W\)"):
        trace([], (8, 8))
    with pytest.raises(ValueError, match="shape is 0, wanted at least 1"):
        trace([], (0, 8, 8))


def test_a_table_has_a_line_for_each_row():
    rows = trace([("conv", 6, 5), ("branches", [("max", 2)])], (1, 28, 28))
    lines = table(rows).splitlines()
    assert len(lines) == 1 + len(rows)
    assert lines[1].split() == [
        *["conv", "6,", "5", "x", "5", "6", "x", "24", "x", "24", "156", "86,400", "5"]
    ]
    assert lines[2].startswith("  max 2 x 2 / 2")
