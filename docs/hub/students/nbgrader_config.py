"""nbgrader on students' servers."""

from course_lib.grading import configure

c = get_config()  # noqa: F821
configure(c)  # Validate then says what it says at home
c.CourseDirectory.course_id = "deep-learning-foundations"  # for `nbgrader submit` in a terminal
