import numpy as np

from course_lib.viz.grid_worlds import grids


def test_squares_show_their_value_and_best_moves():
    Q = np.zeros((4, 4))
    Q[0] = [0.1, 0.9, 0.1, 0.9]
    drawn = grids((".#", "GP"), {"known": Q, "states": np.array([0.5, 0, 0, 0])}, title="T")
    texts = [text.get_text() for text in drawn.axes[0].texts]
    assert texts == ["0.90\n→←", "+1", "−1"]
    assert drawn.axes[1].texts[0].get_text() == "0.50"
    assert "known: 0.90 wall; goal pit." in drawn.alt
