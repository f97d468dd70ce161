"""The course as a whole: what is in it, whether this computer is ready for it, how it grows.

``outline`` makes the map of lectures and assignments from the notebooks. ``environment`` compares
what is installed with what was tested. ``demo`` shows the course at work on a ``sample_class``.
``overview`` keeps what `course check` found, ``check_all`` checks every assignment of a student.
``skeletons`` writes the beginnings of a new lecture or assignment. Lecture 00 and the ``course``
command use it. A class and its grades are no concern of this package: see ``grading.classroom``.
"""
