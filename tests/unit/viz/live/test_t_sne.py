"""The map in the page is the map of course_lib.experiments.t_sne."""

import numpy as np
import pytest

from course_lib.experiments import live as runs
from course_lib.experiments import t_sne
from course_lib.experiments.live import t_sne as maps
from tests.unit.viz.live.node import needs_node, run


@pytest.fixture(scope="module")
def moving():
    return runs.moving_map()


@pytest.fixture(scope="module")
def sets():
    return maps.data_sets()


def test_the_page_gets_all_distances(moving, sets):
    for name, (distances, labels, names) in sets.items():
        given = moving.start["sets"][name]
        whole = np.zeros((maps.POINTS, maps.POINTS))
        whole[np.triu_indices(maps.POINTS, 1)] = given["distances"]
        np.testing.assert_array_equal(whole + whole.T, distances)
        assert given["labels"] == labels.tolist()
        assert given["classes"] == names


@needs_node
@pytest.mark.parametrize("perplexity", [2, 12, 50])
@pytest.mark.parametrize("name", maps.NAMES)
def test_affinities_and_steps_agree(moving, sets, name, perplexity):
    """Eight steps, two of them exaggerated, from the start and from a map half made.

    Not four hundred: points that are about to part choose sides by the last digit.
    """
    distances, _, _ = sets[name]
    P = t_sne.affinities(distances, perplexity)
    *_, half_made = t_sne.descend(P, maps.beginning(), 100)
    for start in (maps.beginning(), half_made):
        found = run(
            "t_sne_core",
            """
            const { distances, points, perplexity } = given;
            const N = points.length;
            const P = affinities(wholeMatrix(distances, N), N, perplexity);
            const map = createMap(P, N, points, 8);
            const path = [], losses = [];
            while (map.t < 8) {
                stepMap(map);
                path.push(Array.from(map.y));
                losses.push(divergence(map));
            }
            return { P: Array.from(P), path, losses };
            """,
            distances=moving.start["sets"][name]["distances"], points=start.tolist(),
            perplexity=perplexity,
        )  # fmt: skip
        np.testing.assert_allclose(np.reshape(found["P"], P.shape), P, rtol=1e-9, atol=1e-15)
        path = np.stack(list(t_sne.descend(P, start, 8)))
        np.testing.assert_allclose(np.reshape(found["path"], path.shape), path, rtol=1e-6)
        losses = [t_sne.divergence(P, y) for y in path]
        np.testing.assert_allclose(found["losses"], losses, rtol=1e-9)


def test_the_picture_shows_the_maps_of_the_library(moving):
    from course_lib.viz.live.t_sne_figure import draw_maps

    drawn = draw_maps(**moving.shown)
    for axes, (y, _) in zip(drawn.axes, moving.shown["maps"].values(), strict=True):
        points = np.concatenate([np.stack(line.get_data(), axis=1) for line in axes.lines])
        np.testing.assert_array_equal(points, y[np.argsort(moving.shown["labels"], kind="stable")])
    assert "codes of cutouts" in drawn.alt
