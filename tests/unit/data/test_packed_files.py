import hashlib
import importlib
import time
import tomllib
from pathlib import Path

import numpy as np
import pytest

from course_lib import data, zoo
from course_lib.data import packed_files, packing

SUMS = Path(packing.__file__).with_name("SHA256SUMS")
LOADERS = {  # module, and what reads its packed file
    "data.fashion": lambda: data.fashion_mnist.__wrapped__(),
    "data.photographs": lambda: data.photos.__wrapped__(),
    "data.speech": lambda: data.recorded_words.__wrapped__(),
    "zoo.imagenet": lambda: zoo.squeezenet(),
}


def listed():
    lines = [line.split() for line in SUMS.read_text().splitlines()]
    return {(SUMS.parent / path).resolve(): sha256 for sha256, path in lines}


@pytest.mark.parametrize(("path", "sha256"), listed().items(), ids=lambda item: Path(item).name)
def test_packed_files_have_the_check_sums_that_are_listed(path, sha256):
    assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def test_every_packed_file_is_listed():
    package = Path(data.__file__).parents[1]
    found = {path.resolve() for path in (*package.rglob("*.npz"), *package.rglob("*.txt"))}
    packages = "data", "experiments", "zoo"
    assert {path for path in found if path.parent.name in packages} == set(listed())


def test_what_the_wheel_leaves_out_is_what_the_other_wheel_has():
    root = Path(data.__file__).parents[2]
    left_out = wheel_settings(root)["exclude"]
    included = wheel_settings(root / "later_lectures")["force-include"]
    for source, target in included.items():
        assert source == f"../{target}" or source == "../LICENSE"
    assert sorted([*left_out, "course_lib/LICENSE"]) == sorted(included.values())
    assert all((root / path).resolve() in listed() for path in left_out)


def wheel_settings(project):
    told = tomllib.loads((project / "pyproject.toml").read_text())
    return told["tool"]["hatch"]["build"]["targets"]["wheel"]


def test_all_of_them_are_small():
    """25 MB is what the whole package may weigh; what is packed is nearly all of it."""
    assert sum(path.stat().st_size for path in listed()) < 21e6


@pytest.mark.parametrize("damage", ["missing", "cut", "flipped", "other"])
@pytest.mark.parametrize("name", LOADERS)
def test_damaged_files_are_named(name, damage, tmp_path, monkeypatch):
    module = importlib.import_module(f"course_lib.{name}")
    path = tmp_path / module.PACKED.name
    content = bytearray(module.PACKED.read_bytes())
    if damage == "cut":
        path.write_bytes(content[:-100_000])
    elif damage == "flipped":
        content[-200_000] ^= 0xFF
        path.write_bytes(content)
    elif damage == "other":
        with np.load(module.PACKED) as packed:
            np.savez(path, **{key: packed[key][:-1] for key in packed})
    monkeypatch.setattr(module, "PACKED", path)
    words = {"missing": "missing: .* the wheel course-lib-later-lectures"}
    words = words.get(damage, "damaged .*: restore it with git")
    with pytest.raises(RuntimeError, match=f"{path.name} is {words}"):
        LOADERS[name]()


@pytest.mark.parametrize("name", LOADERS)
def test_all_load_within_a_second(name):
    best = min(timed(LOADERS[name]) for _ in range(3))
    assert best < 1


def timed(function):
    start = time.process_time()
    function()
    return time.process_time() - start


def test_what_is_written_is_read_and_always_gives_the_same_bytes(tmp_path):
    a, b = np.arange(12).reshape(3, 4), np.linspace(0, 1, 7, dtype=np.float16)
    packed_files.write_packed(tmp_path / "one.npz", a=a, b=b[::-1])
    packed_files.write_packed(tmp_path / "two.npz", a=a, b=b[::-1])
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    read_b, read_a = packed_files.read_packed(tmp_path / "one.npz", b=(7,), a=(3, 4))
    np.testing.assert_array_equal(read_a, a)
    np.testing.assert_array_equal(read_b, b[::-1])
    assert read_b.dtype == np.float16
    with pytest.raises(RuntimeError, match=r"damaged .*'c is not a file"):
        packed_files.read_packed(tmp_path / "one.npz", c=(7,))
    with pytest.raises(RuntimeError, match=r"a has shape \(3, 4\), wanted \(4, 3\)"):
        packed_files.read_packed(tmp_path / "one.npz", a=(4, 3))
