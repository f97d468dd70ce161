"""A diagram shows the network it was given."""

from course_lib.viz import diagrams


def test_network_draws_units_weights_and_biases():
    figure = diagrams.network(
        [["a", "b"], ["both"]],
        {("a", "both"): 1, ("b", "both"): 2.5},
        {"both": -1.5},
        title="And",
    )
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert {"a", "b", "both", "1", "2.5", "b = -1.5"} <= set(texts)
    assert texts.count("") == 2  # an arrow each
    assert "weight 2.5 from b to both" in figure.alt
    assert "bias -1.5 of both" in figure.alt
    assert figure.axes[0].get_title(loc="left") == "And"
