"""Are the grades right? Proofs that an author runs, not what grades a class.

Two of them. The *corpus*: ``answer_files`` reads answers whose points are known, ``graded_corpus``
grades them as if they were handed in and compares. The *mutants*: ``mutation_operators`` knows the
slips, ``mutants`` makes programs of a solution with them, ``mutant_runs`` runs these on the tests,
``survivors`` says which got past them and whether the corpus explains it. ``tables`` shows both.
The answers and explanations themselves are data in the course's folder ``tests/corpus``.
"""
