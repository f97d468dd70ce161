"""Everything between a student's notebook and a grade. Knows nothing about neural networks."""

from course_lib.grading.testing.dependent_cell import when_done
from course_lib.grading.testing.question import Question
