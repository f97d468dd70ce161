"""Submissions from a learning platform's download into the course folder.

``layouts`` knows how platforms name files, ``roster`` who is meant, ``downloads`` reads folders and
archives with care; ``collect`` puts the newest attempt of each student where it is graded.
"""
