"""``unit`` has the folders of ``course_lib``, ``whole`` runs what people run."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
