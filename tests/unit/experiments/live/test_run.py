"""A name that is not known is refused."""

import pytest

from course_lib.experiments import live as runs


@pytest.mark.parametrize(
    ("build", "arguments", "message"),
    [
        (runs.learning_network, {"data": "moon"}, "data is 'moon', wanted 'circles' or"),
        (runs.learning_network, {"activation": "gelu"}, "activation is 'gelu', wanted 'tanh' or"),
        (runs.learning_network, {"noise": 0.13}, "noise is 0.13, wanted 0.0 or 0.05"),
        (runs.optimizer_race, {"surface": "hill"}, "surface is 'hill', wanted 'valley' or"),
        (runs.optimizer_race, {"rules": ("Adam", "Lion")}, "rules is 'Lion', wanted 'SGD' or"),
        (runs.convolution_by_hand, {"stride": 3}, "stride is 3, wanted 1 or 2"),
        (runs.picture_ascent, {"start": "a 33"}, "start is 'a 33', wanted 'noise' or"),
        (runs.picture_ascent, {"target": 10}, "target is 10, wanted 0 or 1"),
        (runs.moving_map, {"data": "letters"}, "data is 'letters', wanted 'codes of cutouts' or"),
        (runs.moving_map, {"perplexity": 7}, "perplexity is 7, wanted 2 or 3"),
        (runs.digit_reader, {"models": ("knn",)}, "models is 'knn', wanted 'softmax' or"),
    ],
)
def test_wrong_names_are_refused(build, arguments, message):
    with pytest.raises(ValueError, match=message):
        build(**arguments)
