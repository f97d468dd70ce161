"""What a test cell is written with, and what comes of it.

``question`` holds ``Question`` and its checks, ``comparison`` decides whether two values are equal
and says how they differ, ``report`` is the outcome as data and as text, ``dependent_cell`` is for
cells that need an answer without testing it. ``contract`` says what an assignment's notebook looks
like, for all that read one. But for ``contract``, which knows nbgrader, NumPy is all that it needs,
because students import it. Who runs the cells, and where, is ``examination``'s business.
"""
