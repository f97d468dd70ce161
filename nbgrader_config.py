"""How nbgrader finds its way here: ``nbgrader <command>`` from this folder, as in its manual."""

from course_lib.grading import configure

c = get_config()  # noqa: F821
configure(c)

c.CourseDirectory.course_id = "deep-learning-foundations"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"

c.ClearSolutions.code_stub = {"python": 'raise NotImplementedError("write your answer here")'}
c.ClearSolutions.text_stub = "*Write your answer here.*"

# Limits of time and memory: see docs/grading.md.
c.Examine.libraries = ["course_lib"]
