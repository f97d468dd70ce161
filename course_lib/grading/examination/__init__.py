"""A student's notebook and the tests of it, in two processes that exchange plain data only.

``session`` examines one notebook. ``student_side`` runs the student's cells, in the ``sandbox``;
``test_side`` runs the test cells, where a name that the student defined is a proxy (``proxies``).
Both are forked by a ``fork_server`` that has imported what they need. ``protocol`` is what passes
between them; ``withholding`` empties what the student must not find in the library.
"""
