"""Servers of students, and those that instructors have for themselves."""

c = get_config()  # noqa: F821
# The formgrader and the list of an instructor's courses belong to the grader's server.
c.ServerApp.jpserver_extensions = {
    "nbgrader.server_extensions.formgrader": False,
    "nbgrader.server_extensions.course_list": False,
}
