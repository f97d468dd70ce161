from tests.unit.training.networks import train


def test_progress_bar_goes_to_stderr(capfd):
    train(epochs=2, progress=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert "2/2" in err
