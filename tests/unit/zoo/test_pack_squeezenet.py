import io
import pickle

import numpy as np
import pytest

from course_lib.zoo import pack_squeezenet
from course_lib.zoo.imagenet import untrained_squeezenet


def test_only_original_files_are_packed(tmp_path):
    (tmp_path / "squeezenet_weights.pkl").write_bytes(b"something else")
    with pytest.raises(ValueError, match=r"squeezenet_weights\.pkl is not the original file"):
        pack_squeezenet.pack(tmp_path, to=tmp_path / "packed.npz", names_to=tmp_path / "names.txt")
    assert not (tmp_path / "packed.npz").exists()
    assert not (tmp_path / "names.txt").exists()


def test_a_pickle_of_arrays_is_read_and_any_other_refused():
    weights = {"conv1": [np.arange(6, dtype=np.float32).reshape(2, 3), np.zeros(2)]}
    content = pickle.dumps(weights, protocol=3).replace(b"numpy._core", b"numpy.core")
    read = pack_squeezenet.ArraysOnly(io.BytesIO(content)).load()
    np.testing.assert_array_equal(read["conv1"][0], weights["conv1"][0])

    class Evil:
        def __reduce__(self):
            return print, ("this ran",)

    with pytest.raises(pickle.UnpicklingError, match=r"asks for builtins.print, wanted arrays"):
        pack_squeezenet.ArraysOnly(io.BytesIO(pickle.dumps(Evil()))).load()


def test_kernels_are_laid_out_as_ours():
    network = untrained_squeezenet()
    params = list(network.params.values())
    kernels = [params[i].transpose(2, 3, 1, 0) for i in range(0, len(params), 2)]
    weights = {
        name: [kernel, np.full(len(params[2 * i]), i, np.float32)]
        for i, (name, kernel) in enumerate(zip(pack_squeezenet.CONVOLUTIONS, kernels, strict=True))
    }
    ours = pack_squeezenet.as_ours(weights, network)
    for i, (name, array) in enumerate(network.params.items()):
        wanted = array if i % 2 == 0 else np.full(array.shape, i // 2)
        np.testing.assert_allclose(ours[name], wanted, rtol=1e-3, atol=1e-6)
        assert ours[name].dtype == np.float16


def test_class_names_are_read_from_the_source_without_running_it():
    source = "raise SystemExit\n_IMAGENET_CATEGORIES = ['tench', 'goldfish']\n"
    assert pack_squeezenet.class_names(source) == ["tench", "goldfish"]
