"""Everything between a student's notebook and a grade. Knows nothing about neural networks."""

from course_lib.grading.question import Question
from course_lib.grading.reward import when_done
