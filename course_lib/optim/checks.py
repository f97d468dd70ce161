"""Refuse settings out of range, naming them."""


def check(name, value, fits, wanted):
    """The value, if it fits."""
    if not fits:
        raise ValueError(f"{name} is {value}, wanted {wanted}")
    return value


def positive(name, value):
    """The value, if it is more than zero."""
    return check(name, value, value > 0, "a number greater than 0")


def share(name, value):
    """The value, if it lies in [0, 1)."""
    return check(name, value, 0 <= value < 1, "at least 0 and less than 1")
