"""Figures of the lectures: they draw what they are given and train nothing.

``picture`` is the kit (a figure with its text alternative, the style), ``controls`` makes a figure
move. ``charts``, ``boundaries``, ``images``, ``diagrams`` and ``tangents`` hold the figures that
several lectures share, ``lectures`` the others, one file a lecture. ``source_code`` shows the
library's source. Nothing here imports another part of ``course_lib``: numbers, and functions that
a control calls again, are handed in by the notebook. What is trained and measured is made in
``experiments``; formulas are those of ``nn``.
"""
