"""The one exception that the ``course`` command shows as a sentence instead of a traceback."""


class CourseProblem(Exception):
    """Something that the person at the keyboard can mend; the message says what."""
