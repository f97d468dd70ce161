"""Networks that others trained, built from the layers of ``course_lib.nn`` alone.

Their weights come with the package; ``pack_squeezenet.py`` packed them. Here live the networks, the
preparation of their pictures and the names of their classes; training a network, and experiments
with one, live elsewhere.
"""

from course_lib.zoo.imagenet import (
    SQUEEZENET_LAYERS,
    imagenet_classes,
    squeezenet,
    squeezenet_input,
)

__all__ = ["SQUEEZENET_LAYERS", "imagenet_classes", "squeezenet", "squeezenet_input"]
