"""For every test, and for the lectures, which nbval runs as tests."""

pytest_plugins = ["tests.whole.notebooks.comparison"]
