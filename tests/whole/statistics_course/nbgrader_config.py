"""A course that has nothing to do with deep learning: its own folders, helpers and stubs."""

from course_lib.grading import configure

c = get_config()  # noqa: F821
configure(c)

c.CourseDirectory.course_id = "statistics-101"
c.CourseDirectory.source_directory = "problems"
c.CourseDirectory.release_directory = "handout"
c.CourseDirectory.submitted_directory = "inbox"
c.CourseDirectory.autograded_directory = "marked"
c.CourseDirectory.feedback_directory = "replies"

c.ClearSolutions.code_stub = {"python": "...  # your turn"}
c.Examine.libraries = ["survey_tools"]
