"""Reference library of the deep-learning foundations course.

Import the package you need: ``from course_lib import nn, optim, data, training``.
Nothing is imported here, so ``import course_lib`` itself costs next to nothing.
"""

__version__ = "0.2.0"
