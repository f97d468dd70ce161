"""For every test, and for the lectures, which nbval runs as tests."""

pytest_plugins = ["tests.units_of_work", "tests.whole.notebooks.comparison"]

# Its notebooks are handed out and graded, not lectures that nbval could run.
collect_ignore = ["tests/whole/statistics_course"]
