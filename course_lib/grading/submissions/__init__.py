"""What a student handed in, made safe and put in order.

``reading`` reads the file with care, ``timestamps`` when it came; ``attachments`` keeps pictures of
model answers out of a release; ``released`` knows what was handed out; ``matching`` finds out
which cell of the one is which of the other; ``restoring`` is the whole, also as a preprocessor of
nbgrader's. Nothing here runs anybody's code: that is ``examination``.
"""
