import gzip

import numpy as np
import pytest

from course_lib.data.packing import pack_fashion_mnist


def test_only_the_original_files_are_packed(tmp_path):
    (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(b"something else")
    with pytest.raises(ValueError, match=r"train-images-idx3-ubyte\.gz is not the original file"):
        pack_fashion_mnist.pack(tmp_path, to=tmp_path / "packed.npz")
    assert not (tmp_path / "packed.npz").exists()


def test_fashion_parts_take_as_many_of_each_class_in_order(tmp_path, monkeypatch):
    assert pack_fashion_mnist.each_class(np.array([1, 0, 1, 1, 0, 0]), 1, 3).tolist() == [
        2,
        3,
        4,
        5,
    ]
    rng = np.random.default_rng(0)
    for name, count in (("train", 20_000), ("t10k", 4_000)):
        labels = np.arange(count) % 10
        images = np.repeat(labels.astype(np.uint8) * 17, 784)
        for kind, header, values in (("images-idx3", 16, images), ("labels-idx1", 8, labels)):
            content = rng.bytes(header) + values.astype(np.uint8).tobytes()
            (tmp_path / f"{name}-{kind}-ubyte.gz").write_bytes(gzip.compress(content, 1))
    monkeypatch.setattr(
        pack_fashion_mnist, "read_original", lambda folder, name, _: (folder / name).read_bytes()
    )
    pack_fashion_mnist.pack(tmp_path, to=tmp_path / "packed.npz")
    with np.load(tmp_path / "packed.npz") as packed:
        assert packed["labels"].shape == (24_000,)
        np.testing.assert_array_equal(packed["pixels"][:, 0], packed["labels"] * 17)


def test_two_pixels_of_sixteen_levels_share_a_byte():
    packed = pack_fashion_mnist.two_pixels_a_byte(np.array([[0, 255, 8, 9, 17, 246]], np.uint8))
    assert packed.tolist() == [[0x0F, 0x01, 0x1E]]
