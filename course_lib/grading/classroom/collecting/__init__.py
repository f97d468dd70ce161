"""Submissions from a learning platform's download into the course folder, and pages back to it.

``layouts`` knows how platforms name files, ``roster`` who is meant, ``downloads`` reads folders and
archives with care; ``collect`` puts the newest attempt of each student where it is graded, and
``hand_back`` names the feedback pages as the platform wants them.
"""
