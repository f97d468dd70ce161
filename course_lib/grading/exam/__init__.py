"""A student's notebook and the tests of it, in two processes that exchange plain data only.

``Sitting`` examines one notebook. ``candidate`` runs the student's cells, in the ``jail``;
``examiner`` runs the test cells, where a name that the student defined is a ``standin``. Both are
forked by a ``nursery`` that has imported what they need. ``values`` and ``wire`` are what passes
between them, ``objects`` what stays where it is or is taken apart, ``withhold`` what the candidate
must not find in the library.
"""
