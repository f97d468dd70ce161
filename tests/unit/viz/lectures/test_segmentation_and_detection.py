import numpy as np
import pytest
from matplotlib.colors import to_hex

from course_lib.experiments.detector import Detections
from course_lib.viz.lectures import segmentation_and_detection as figures


def test_mask_errors_color_each_pixel_by_what_became_of_it():
    truth = np.array([[[[1, 1, 0, 0]]]])
    answer = np.array([[[[1, 0, 1, 0]]]])
    drawn = figures.mask_errors(truth, truth, {"net": answer}, title="T")
    image = drawn.axes[1].images[0]
    colors = [to_hex(color) for color in image.to_rgba(image.get_array())[0]]
    assert colors == [figures.HIT, figures.MISSED.lower(), figures.INVENTED, "#ffffff"]
    assert "net: of 100 digit pixels 50.0 found; 50.0 more invented" in drawn.alt


def test_boxes_are_drawn_at_the_edges_of_their_pixels():
    found = Detections(np.array([[2.0, 1, 6, 9]]), np.array([0.9]), np.array([7]))
    drawn = figures.detections(
        np.zeros((1, 1, 12, 12)), [found], [np.array([[1, 1, 6, 9]])], title="T"
    )
    true, answer = drawn.axes[0].patches
    assert true.get_linestyle() == "--"
    assert answer.get_xy() == (1.5, 0.5)
    assert (answer.get_width(), answer.get_height()) == (4, 8)
    assert "1 digits, found 7 (0.900)" in drawn.alt
    assert drawn.axes[0].texts[0].get_text() == "7: 0.90"


def test_overlapping_boxes_and_their_names():
    drawn = figures.overlapping({"A": (0, 0, 2, 2), "B": (1, 0, 3, 2)}, title="T")
    outlines = [patch for patch in drawn.axes[0].patches if not patch.get_fill()]
    assert [patch.get_xy() for patch in outlines] == [(0, 0), (1, 0)]
    assert "B: 1, 0, 3, 2" in drawn.alt


def test_answer_map_writes_every_answer():
    drawn = figures.answer_map(
        np.zeros((1, 8, 12)), np.array([[3, 7], [1, 0]]), np.full((2, 2), 0.9), stride=4, title="T"
    )
    assert [text.get_text() for text in drawn.axes[1].texts] == ["3", "7", "1", "0"]
    assert "row by row: 3 7; 1 0" in drawn.alt


def test_u_has_a_box_twice_on_each_level_but_the_lowest():
    drawn = figures.u_shape([48, 24, 12], [6, 12, 24], title="T")
    words = [text.get_text() for text in drawn.axes[0].texts]
    assert words.count("6 × 48 × 48") == words.count("12 × 24 × 24") == 2
    assert words.count("24 × 12 × 12") == 1
    assert "6 × 48 × 48; 12 × 24 × 24; 24 × 12 × 12" in drawn.alt


@pytest.mark.parametrize("count", [3, 7])
def test_empty_answers_are_drawn(count):
    nothing = Detections(np.zeros((0, 4)), np.zeros(0), np.zeros(0, int))
    drawn = figures.detections(
        np.zeros((count, 1, 12, 12)), [nothing] * count, [np.zeros((0, 4))] * count, title="T"
    )
    assert drawn.alt.count("found none") == count
