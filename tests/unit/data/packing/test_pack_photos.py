import io

import numpy as np
import pytest
from PIL import Image

from course_lib.data.packing import pack_photos


def test_only_the_original_files_are_packed(tmp_path):
    (tmp_path / "chelsea.png").write_bytes(b"something else")
    with pytest.raises(ValueError, match=r"chelsea\.png is not the original file"):
        pack_photos.pack(tmp_path, to=tmp_path / "packed.npz")
    assert not (tmp_path / "packed.npz").exists()


def test_steps_of_a_photograph_add_up_to_it():
    pixels = np.random.default_rng(0).integers(0, 256, (256, 385, 3), np.uint8)
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "png")
    steps = pack_photos.steps("cat", content.getvalue())
    assert steps.dtype == np.uint8
    np.testing.assert_array_equal(
        np.cumsum(steps, axis=-1, dtype=np.uint8), pixels.transpose(2, 0, 1)
    )
