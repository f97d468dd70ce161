"""A class: hand out an assignment, grade what comes back, record it, hand out the points.

``course`` is the folder with all of it. ``release`` hands out. ``grading`` grades a class in three
steps: ``prepare``, then ``examination.exams.examine`` in a ``pool`` of threads or on a ``cluster``,
then ``record``. ``fingerprints`` remembers what need not be graded again; ``unchanged``
brings its pages up to date with ``marks`` given by hand and ``penalties``. ``students_work`` is
what a new release must not take away. ``solutions`` writes pages to hand out, ``similarity``
finds answers that are alike, ``statistics`` what a class found hard. ``log`` writes grading.log;
``tables`` and ``exports`` show a ``result``, the latter also in a ``canvas_template``;
``whole_file`` is how a file is written. How one notebook is examined is not here.
"""
