"""A class: hand out an assignment, grade what comes back, record it, hand out the points.

``course`` is the folder with all of it. ``release`` hands out. ``grading`` grades a class in three
steps: ``prepare``, then ``examination.exams.examine`` in a ``pool`` of threads or on a ``cluster``,
then ``record``. ``fingerprints`` remembers what need not be graded again, ``log`` writes
grading.log, ``tables`` and ``exports`` show a ``result``. How one notebook is examined is not here.
"""
