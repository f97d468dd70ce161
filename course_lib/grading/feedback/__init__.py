"""What a student gets back: the graded notebook without the hidden tests, as one page.

``redaction`` takes out what students must not see, ``hidden_code`` tells whether a text quotes a
hidden test, ``pictures`` makes pictures safe, ``page`` makes HTML of the rest. Points and comments
come from the gradebook; nothing here gives any.
"""
