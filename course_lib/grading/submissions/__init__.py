"""What a student handed in, made safe and put in order.

``reading`` reads the file with care, and its ``cells``; ``timestamps`` when it came;
``attachments`` keeps pictures of model answers out of a release; ``released`` knows what was
handed out; ``finding`` looks for the notebook, ``matching`` finds out which cell of the one is
which of the other, ``elsewhere`` which answers stand in other cells; ``restoring`` is the whole,
also as a preprocessor of nbgrader's. Nothing here runs anybody's code: that is ``examination``.
"""
