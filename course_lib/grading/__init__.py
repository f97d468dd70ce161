"""Everything between a student's notebook and a grade. Knows nothing about neural networks.

A test cell uses ``Question`` and ``when_done`` (``testing``); an ``nbgrader_config.py`` calls
``configure``. What was handed in is made safe and put in order by ``submissions``, run by
``examination``, graded as a class by ``classroom``, and comes back to the student as ``feedback``;
``proof`` asks whether the grades are right. ``self_check`` runs the visible tests at a student's
home; ``nbgrader_private`` names what we use of nbgrader that it does not promise to keep.
"""

from course_lib.grading.configuration import configure
from course_lib.grading.testing.dependent_cell import when_done
from course_lib.grading.testing.question import Question

__all__ = ["Question", "configure", "when_done"]
