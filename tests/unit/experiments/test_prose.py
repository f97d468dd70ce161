from course_lib.experiments.prose import KEPT, collect, paragraphs, prose
from course_lib.experiments.record_language_model import STEPS, text, trained


def test_sentences_are_taken_and_the_rest_is_left_out():
    markdown = (
        "# A title\n\nA **plain** sentence. One with $x$ in it. And a [link](there.md).\n\n"
        "| a | table |\n\n- A point; and then more.\n\nsource(nn.relu)\n"
    )
    assert paragraphs(markdown) == ["A plain sentence. And a link.", "A point; and then more."]


def test_the_packed_text_is_clean_and_of_the_lectures():
    packed = prose()
    assert set(packed) <= KEPT
    assert 100_000 < len(packed) < 200_000
    now = set(collect().splitlines())
    same = [line for line in packed.splitlines() if line in now]
    assert len(same) > len(now) / 4  # it may lag behind, but not lose sight of them


def test_the_recorded_model_fits_the_text_and_knows_what_it_measured():
    from course_lib.experiments.tiny_transformer import bits

    learned, rest, alphabet = text()
    assert len(learned) + len(rest) == len(prose())
    model, curve = trained()
    assert curve[-1, 0] == STEPS
    assert abs(bits(model, rest) - curve[-1, 2]) < 1e-3
    assert len(alphabet) == model.layers[-1].params["W"].shape[1]
