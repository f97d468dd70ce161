"""A student's notebook and the tests of it, in two processes that exchange plain data only.

``preprocessor`` is nbgrader's way in, ``exams`` keeps what an assignment needs and examines a
notebook with it, in a ``session``. That asks a ``student_process``, which it starts, watches and
replaces; inside of it ``student_side`` runs the student's cells (``shell``), in the ``sandbox``,
each ``going_on`` without what is not here.
``test_side`` runs the test cells in a process of its own, where a name that the student defined is
a proxy (``proxies``). Both are forked by a ``fork_server`` that has imported what they need.
``protocol`` is what passes between them, ``outputs`` what a cell shows; ``withholding`` empties
what the student must not find in the library.
"""
