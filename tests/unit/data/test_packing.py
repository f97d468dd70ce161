import gzip
import io

import numpy as np
import pytest
from PIL import Image

from course_lib.data.packing import (
    originals,
    pack_fashion_mnist,
    pack_photos,
    pack_spoken_words,
)
from course_lib.data.speech import PARTS, SPEAKERS, WORDS


def test_originals_are_found_below_a_folder_and_checked(tmp_path):
    (tmp_path / "deep" / "down").mkdir(parents=True)
    (tmp_path / "deep" / "down" / "file").write_bytes(b"abc")
    sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert originals.read_original(tmp_path, "file", sha256) == b"abc"
    with pytest.raises(ValueError, match="file is not the original file: its SHA-256 differs"):
        originals.read_original(tmp_path, "file", sha256[::-1])
    with pytest.raises(FileNotFoundError, match="other is not in"):
        originals.read_original(tmp_path, "other", sha256)


@pytest.mark.parametrize(
    ("module", "names"),
    [
        (pack_fashion_mnist, ["train-images-idx3-ubyte.gz"]),
        (pack_photos, ["chelsea.png"]),
    ],
    ids=["fashion", "photos"],
)
def test_only_original_files_are_packed(module, names, tmp_path):
    for name in names:
        (tmp_path / name).write_bytes(b"something else")
    with pytest.raises(ValueError, match=f"{names[0]} is not the original file"):
        module.pack(tmp_path, to=tmp_path / "packed.npz")
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


def test_steps_of_a_photograph_add_up_to_it():
    pixels = np.random.default_rng(0).integers(0, 256, (256, 385, 3), np.uint8)
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "png")
    steps = pack_photos.steps("cat", content.getvalue())
    assert steps.dtype == np.uint8
    np.testing.assert_array_equal(
        np.cumsum(steps, axis=-1, dtype=np.uint8), pixels.transpose(2, 0, 1)
    )


def test_no_voice_is_in_two_parts_nor_are_variants_of_one():
    parts = {part: names.split() for part, names in pack_spoken_words.VOICES.items()}
    numbered = {"f", "m"}  # these are different people: f1, f2, ...
    bases = {
        part: {name.rstrip("0123456789") for name in names} - numbered
        for part, names in parts.items()
    }
    assert not bases["train"] & bases["val"]
    assert not bases["voices"] & (bases["train"] | bases["val"])
    names = [name for part in parts.values() for name in part]
    assert len(set(names)) == len(names) == 77
    for part, voices in parts.items():
        assert len(voices) * pack_spoken_words.ROUNDS * len(WORDS) == PARTS[part]
    assert len(SPEAKERS) * len(pack_spoken_words.STRETCHES) * len(WORDS) == PARTS["speakers"]


def test_a_tone_stays_the_same_tone_at_another_rate():
    times = np.arange(22_050) / 22_050
    tone = pack_spoken_words.resample(np.sin(2 * np.pi * 440 * times), 22_050, 8_000)
    np.testing.assert_allclose(tone, np.sin(2 * np.pi * 440 * np.arange(8_000) / 8_000), atol=1e-9)
    high = pack_spoken_words.resample(np.sin(2 * np.pi * 6_000 * times), 22_050, 8_000)
    np.testing.assert_allclose(high, 0, atol=1e-9)  # above half the new rate


@pytest.mark.parametrize("length", [100, 4_001, 9_000])
def test_a_word_comes_into_the_middle_of_its_second(length):
    samples = np.concatenate([np.zeros(700), np.full(length, 0.2), np.zeros(50)])
    second = pack_spoken_words.one_second(samples)
    assert second.shape == (8_000,)
    assert second.max() == pytest.approx(0.9)
    heard = np.flatnonzero(second)
    assert len(heard) == min(length, 8_000)
    assert abs(heard[0] - (7_999 - heard[-1])) <= 1


def test_another_version_of_a_program_is_refused(tmp_path, monkeypatch):
    for name, words in (("espeak-ng", "eSpeak NG 1.51"), ("flite", "version: flite-9.9")):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {words}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(RuntimeError, match=r"flite is version: flite-9.9, wanted 2.2"):
        pack_spoken_words.check_versions()
