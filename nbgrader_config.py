"""How nbgrader finds its way here: ``nbgrader <command>`` from this folder, as in its manual."""

from nbgrader.preprocessors import ClearHiddenTests, GetGrades
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "deep-learning-foundations"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"

c.ClearSolutions.code_stub = {"python": 'raise NotImplementedError("write your answer here")'}
c.ClearSolutions.text_stub = "*Write your answer here.*"

# A student's cell may run this long, in seconds; then it is stopped and the next one runs.
c.ExecutePreprocessor.timeout = 60
c.ExecutePreprocessor.interrupt_on_timeout = True

# One duplicated or deleted cell is mended, not a reason to stop the class.
c.OverwriteCells.add_missing_cells = True

# Stock feedback shows the hidden tests to the student.
c.GenerateFeedback.preprocessors = [GetGrades, ClearHiddenTests, CSSHTMLHeaderPreprocessor]
