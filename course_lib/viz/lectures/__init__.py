"""Figures that one lecture alone shows: a file for each lecture, named as the lecture is.

A figure that a second lecture wants moves up, to ``charts``, ``boundaries``, ``images``,
``diagrams`` or ``tangents``.
"""
