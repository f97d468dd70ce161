"""Reference library of the deep-learning foundations course.

Import the package you need: ``from course_lib import nn, optim, data, training``.
Nothing is imported here, so ``import course_lib`` itself costs next to nothing. In a notebook it
sets the number of threads to one, unless OMP_NUM_THREADS is set; ``threads`` says why.
"""

import sys

__version__ = "0.2.0"

if "ipykernel" in sys.modules:
    from course_lib import threads

    if not threads.chosen_elsewhere():
        threads.compute_with(1)
