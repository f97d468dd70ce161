"""One file a lecture: the figures that it alone shows."""
