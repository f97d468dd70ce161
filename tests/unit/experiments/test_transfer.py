import numpy as np
import pytest

from course_lib import nn
from course_lib.experiments import transfer
from course_lib.experiments.transfer import LayerRates, draw, learn, task, transplant
from course_lib.optim import SGD


def test_a_task_has_five_classes_with_labels_from_0():
    for name in ("digits 0 to 4", "digits 5 to 9", "clothes"):
        data = task(name)
        assert (
            np.unique(data.y_train).tolist() == np.unique(data.y_test).tolist() == [0, 1, 2, 3, 4]
        )
        assert len(data.classes) == 5
    assert task("digits 5 to 9").classes == tuple("56789")


def test_another_task_is_refused():
    with pytest.raises(ValueError, match="name is 'letters', wanted 'digits 0 to 4' or"):
        task("letters")


def test_a_draw_has_so_many_of_each_and_none_twice():
    data = task("clothes")
    part = draw(data, 3, np.random.default_rng(0))
    assert np.bincount(part.y_train).tolist() == [3] * 5
    assert len(np.unique(part.X_train, axis=0)) == 15
    assert len(part.y_val) == 0
    assert part.X_test is data.X_test
    assert not np.array_equal(part.X_train, draw(data, 3, np.random.default_rng(1)).X_train)
    with pytest.raises(
        ValueError, match="each is 5000, wanted at most 1800, as many as of class 0"
    ):
        draw(data, 5000, np.random.default_rng(0))


def test_a_factor_of_the_rate_is_a_rate_of_its_own():
    rng = np.random.default_rng(0)
    factors, ours = (1.0, 0.1, 0.0), [rng.normal(size=(2, 3)) for _ in range(3)]
    alone = [w.copy() for w in ours]
    start = ours[2].copy()
    together = LayerRates(0.5, factors, momentum=0.9)
    rules = [SGD(0.5 * factor, momentum=0.9) for factor in factors[:2]]
    for _ in range(4):
        grads = [rng.normal(size=(2, 3)) for _ in range(3)]
        together.step(ours, grads)
        for rule, w, g in zip(rules, alone, grads, strict=False):
            rule.step([w], [g])
    np.testing.assert_allclose(ours[0], alone[0])
    np.testing.assert_allclose(ours[1], alone[1])
    np.testing.assert_array_equal(ours[2], start)


def test_a_negative_factor_and_a_wrong_number_of_them_are_refused():
    with pytest.raises(ValueError, match=r"LayerRates: factors\[1\] is -1, wanted 0 or more"):
        LayerRates(0.1, (1, -1))
    with pytest.raises(ValueError, match="factors has 1 numbers, wanted 2: one for each array"):
        LayerRates(0.1, (1,)).step([np.ones(2)] * 2, [np.ones(2)] * 2)


@pytest.mark.parametrize("layers", range(5))
def test_a_transplant_copies_the_first_layers(layers):
    source = transfer.digit_reader(0)
    model = transplant(source, layers, 1)
    same = [
        np.array_equal(new, old)
        for new, old in zip(model.params.values(), source.params.values(), strict=True)
    ]
    weights = same[::2]  # biases all begin at 0
    assert weights == [True] * layers + [False] * (transfer.LEARNT - layers)
    model.params["0.W"][...] = 0  # copies: the source keeps its own
    assert source.params["0.W"].any()


def test_frozen_layers_stay_and_the_others_learn():
    source = transfer.digit_reader(0)
    part = draw(task("clothes"), 10, np.random.default_rng(0))
    before = nn.cross_entropy(transplant(source, 2, 1)(part.X_train), part.y_train)
    model = learn(transplant(source, 2, 1), part, (0, 0, 1, 1), steps=5, seed=0)
    arrays = list(zip(model.params.values(), source.params.values(), strict=True))
    assert all(np.array_equal(new, old) for new, old in arrays[:4])
    assert not any(np.array_equal(new, old) for new, old in arrays[4:])
    assert nn.cross_entropy(model(part.X_train), part.y_train) < before


def test_what_was_recorded_is_whole():
    from course_lib.experiments.record_transfer import SIZES, TARGETS, WAYS, recorded

    found = recorded()
    assert found["source"] > 0.98
    for target in TARGETS:
        for each, (_, draws) in SIZES.items():
            rows = found[target][str(each)]
            assert set(rows) == {"pixels", *WAYS}
            for runs in rows.values():
                assert len(runs) == draws
                assert all(0.2 < right <= 1 for right in runs)
