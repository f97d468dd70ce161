"""Which answers of a class are alike in more than the question makes likely: a reason to talk.

``tokens`` turns an answer into tokens and runs of them, ``answers`` gathers what a class wrote and
what everybody has, ``pairs`` compares, ``page`` and its template show two answers side by side.
Nothing here judges anybody, and nothing goes into the gradebook.
"""
