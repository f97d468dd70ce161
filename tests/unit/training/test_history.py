from course_lib.training.history import History


def test_an_epoch_adds_its_steps_and_their_mean():
    history = History()
    history.end_epoch([1.0, 3.0], 0.5, (4.0, 0.25))
    history.end_epoch([2.0], 1.0, (1.0, 0.75))
    assert history.loss == [1.0, 3.0, 2.0]
    assert history.train_loss == [2.0, 2.0]
    assert history.train_accuracy == [0.5, 1.0]
    assert history.val_loss == [4.0, 1.0]
    assert history.val_accuracy == [0.25, 0.75]


def test_what_was_not_measured_leaves_its_list_empty():
    history = History()
    history.end_epoch([1.0], None, None)
    assert history.train_loss == [1.0]
    assert history.train_accuracy == history.val_loss == history.val_accuracy == []
    history.end_epoch([1.0], None, (2.0, None))
    assert (history.val_loss, history.val_accuracy) == ([2.0], [])
