"""``unit`` mirrors ``course_lib`` file by file, ``whole`` runs what people run."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
