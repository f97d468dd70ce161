"""What a graded class found easy and hard: points by question, the checks that many failed.

``counts`` counts, ``page`` and its template show it, without the name of a student.
"""
