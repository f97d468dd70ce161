"""Networks of others: plans of the published ones, and one that comes trained.

A plan is a list of tuples (``plan.py``), from which ``trace`` and ``summarize`` get shapes,
parameters, multiply-adds and receptive fields; ``architectures.py`` has those of LeNet-5 to U-Net
and ``published.py`` what was printed about them. SqueezeNet is also here as a network, built from
the layers of ``course_lib.nn`` alone, with its weights (``pack_squeezenet.py`` packed them), the
preparation of its pictures and the names of its classes. Training a network, and experiments with
one, live elsewhere.
"""

from course_lib.zoo import architectures
from course_lib.zoo.imagenet import (
    SQUEEZENET_LAYERS,
    imagenet_classes,
    squeezenet,
    squeezenet_input,
)
from course_lib.zoo.plan import Plan, Row, Summary, summarize, table, trace
from course_lib.zoo.published import PUBLISHED, Published

__all__ = [
    "PUBLISHED",
    "SQUEEZENET_LAYERS",
    "Plan",
    "Published",
    "Row",
    "Summary",
    "architectures",
    "imagenet_classes",
    "squeezenet",
    "squeezenet_input",
    "summarize",
    "table",
    "trace",
]
