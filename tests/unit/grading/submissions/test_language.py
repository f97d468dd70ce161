"""Which notebooks are not Python's, whatever their metadata are."""

import pytest
from nbformat.v4 import new_notebook

from course_lib.grading.submissions.language import other_language
from course_lib.grading.submissions.reading import Unreadable
from course_lib.grading.submissions.released import ReleasedNotebook
from course_lib.grading.submissions.restoring import restore

R = {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}


@pytest.mark.parametrize(
    ("metadata", "said"),
    [
        (R, "R (kernel ir)"),
        ({"kernelspec": {"name": "ir"}}, "R (kernel ir)"),
        ({"kernelspec": {"name": "julia-1.11"}}, "Julia (kernel julia-1.11)"),
        ({"language_info": {"name": "julia"}}, "julia"),
        ({"kernelspec": {"name": "conda-env-dl-py"}}, ""),
        ({"kernelspec": {"name": "python3", "language": "Python"}}, ""),
        ({"kernelspec": {"name": "ir"}, "language_info": {"name": "ipython"}}, ""),
        ({}, ""),
        ({"kernelspec": [], "language_info": 7}, ""),
        ({"kernelspec": {"name": None, "language": ["R"]}}, ""),
        ({"kernelspec": {"language": "R\n\x1b[31m"}}, "R[31m"),
    ],
)
def test_another_language_is_named(metadata, said):
    assert other_language(metadata) == said


def test_a_submission_is_refused_where_the_release_names_no_language():
    with pytest.raises(Unreadable, match=r"written in R \(kernel ir\)"):
        restore(new_notebook(metadata=R), ReleasedNotebook((), (), {}))
    notes = restore(new_notebook(metadata=R), ReleasedNotebook((), (), {"name": "python3"}))
    assert "the notebook says that it is written in R (kernel ir); it was run as Python" in notes
