"""What a student's process is kept in.

``bubblewrap`` makes the sandbox, ``seccomp`` refuses system calls, ``limits`` are what it may use.
"""
