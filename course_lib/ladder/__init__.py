"""The ladder: recipes for full MNIST, from a softmax to what we do best, trained and reported."""

from course_lib.ladder.rungs import RUNGS, Measured, climb, curves, report, save, table

__all__ = ["RUNGS", "Measured", "climb", "curves", "report", "save", "table"]
