import pytest

from course_lib.data.packing import originals


def test_originals_are_found_below_a_folder_and_checked(tmp_path):
    (tmp_path / "deep" / "down").mkdir(parents=True)
    (tmp_path / "deep" / "down" / "file").write_bytes(b"abc")
    sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert originals.read_original(tmp_path, "file", sha256) == b"abc"
    with pytest.raises(ValueError, match="file is not the original file: its SHA-256 differs"):
        originals.read_original(tmp_path, "file", sha256[::-1])
    with pytest.raises(FileNotFoundError, match="other is not in"):
        originals.read_original(tmp_path, "other", sha256)
