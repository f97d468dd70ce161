"""What lectures build, train and measure, so that a notebook's cells can be short.

Networks of a few units, loss surfaces of two weights, computation graphs, filters, a biased
collection of pictures, timing; in ``live`` what the figures that move in the page begin with. All
of it is made of ``nn``, ``optim``, ``data``, ``metrics`` and ``training``; nothing here draws
(``viz`` does) or is part of the library that the lectures explain.
"""
