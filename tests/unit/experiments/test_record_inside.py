import numpy as np

from course_lib import nn, zoo
from course_lib.experiments import record_inside
from course_lib.experiments.inside import on_pixels


def test_what_was_recorded_is_whole_and_read_as_the_lecture_says():
    found = record_inside.recorded()
    names, network = zoo.imagenet_classes(), on_pixels(zoo.squeezenet())
    for pictures in (found["classes"], found["inversions"]):
        assert pictures.dtype == np.float32
        assert pictures.min() >= 0
        assert pictures.max() <= 1
    read = [names[k] for k in network(found["classes"]).argmax(axis=1)]
    right = [made == seen for made, seen in zip(record_inside.CLASSES, read, strict=True)]
    assert right == [False] + [True] * 7  # the tarantula is taken for a crayfish
    cats = [names[k] for k in nn.softmax(network(found["inversions"])).argmax(axis=1)]
    assert set(cats) <= {"Egyptian cat", "tabby", "tiger cat"}


def test_the_command_writes_what_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(record_inside, "FILE", tmp_path / "inside.npz")
    record_inside.main(steps=1)
    found = record_inside.recorded()
    assert found["classes"].shape == (8, 3, 127, 127)
    assert found["errors"].shape == (6,)
    assert np.all(found["errors"] > 0.1)  # one step from noise


def test_it_comes_with_the_second_wheel_and_is_small():
    assert record_inside.FILE.stat().st_size < 1_000_000
