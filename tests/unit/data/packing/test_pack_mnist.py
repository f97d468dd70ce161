import hashlib

import numpy as np
import pytest

from course_lib.data.packing import pack_mnist


def test_only_the_original_files_are_packed(tmp_path):
    (tmp_path / "train-images-idx3-ubyte").write_bytes(b"something else")
    with pytest.raises(ValueError, match="train-images-idx3-ubyte is not the original file"):
        pack_mnist.pack(tmp_path, to=tmp_path / "packed.npz")
    assert not (tmp_path / "packed.npz").exists()


def test_pixels_and_labels_are_packed_in_the_order_of_the_files(tmp_path, monkeypatch):
    rng = np.random.default_rng(0)
    images = {
        "train": rng.integers(0, 2, (3, 784), np.uint8) * 200,
        "t10k": np.eye(2, 784, dtype=np.uint8),
    }
    labels = {"train": np.array([5, 0, 4], np.uint8), "t10k": np.array([7, 2], np.uint8)}
    originals = {}
    for name in pack_mnist.ORIGINALS:
        part = name.partition("-")[0]
        header, values = (16, images) if "images" in name else (8, labels)
        content = rng.bytes(header) + values[part].tobytes()
        (tmp_path / name).write_bytes(content)
        originals[name] = hashlib.sha256(content).hexdigest()
    monkeypatch.setattr(pack_mnist, "ORIGINALS", originals)
    pack_mnist.pack(tmp_path, to=tmp_path / "packed.npz")
    with np.load(tmp_path / "packed.npz") as packed:
        pixels = np.zeros(5 * 784, np.uint8)
        pixels[np.unpackbits(packed["inked"]).astype(bool)] = packed["values"]
        wanted = np.concatenate([images["train"], images["t10k"]])
        np.testing.assert_array_equal(pixels.reshape(5, 784), wanted)
        assert packed["labels"].tolist() == [5, 0, 4, 7, 2]
