from tests.unit.training.networks import train


def test_progress_bar_goes_to_stderr(capfd):
    train(epochs=2, progress=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert "2/2" in err


def test_without_times_where_the_notebook_is_saved(capfd, monkeypatch):
    monkeypatch.setenv("COURSE_STATIC", "1")
    train(epochs=2, progress=True)
    _, err = capfd.readouterr()
    assert "2/2" in err
    assert "/s]" not in err
    assert "s/it]" not in err
