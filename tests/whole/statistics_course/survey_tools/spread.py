"""Measures of spread."""


def quartiles(values):
    """The three quartiles; between two values they are interpolated."""
    ordered = sorted(values)
    return [_at(ordered, share) for share in (0.25, 0.5, 0.75)]


def _at(ordered, share):
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
