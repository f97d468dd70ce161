"""What passes between a student's process and the tests: plain data, never pickles.

``channel`` carries frames, ``codec`` turns values into bytes and back, ``handles`` are what stands
for objects that are no plain data.
"""
