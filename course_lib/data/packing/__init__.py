"""The scripts that made the packed files of ``course_lib.data``.

Each reads the files of a public package, refuses those whose SHA-256 is not the one that it names,
and writes one packed file. They are run once, by whoever changes what is packed, never by the
course itself; they may use more than NumPy, and each says what. What reads the packed files does
not live here.
"""
