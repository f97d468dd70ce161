"""Keep the queries that SQLAlchemy has compiled from one opening of the gradebook to the next.

nbgrader opens the gradebook a dozen times for each submission, with a new engine each time, which
compiles all its queries anew: a third of the time that recording takes. SQLAlchemy lets a plugin
that is named in the URL look after each new engine; this one gives them one cache.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Dialect, Engine, make_url
from sqlalchemy.dialects import plugins
from sqlalchemy.engine import CreateEnginePlugin

PLUGIN, CACHE = "course_compiled_queries", "course_cache"
_caches: dict[str, _Cache] = {}


class _Cache:
    """What the engines of one run share. Compiled queries belong to a dialect."""

    def __init__(self) -> None:
        self.queries: dict[Any, Any] = {}
        self.dialect: Dialect | None = None


class SharedQueries(CreateEnginePlugin):
    """Gives a new engine the cache that its URL names."""

    def __init__(self, url: URL, kwargs: dict[str, Any]) -> None:
        self.cache = _caches.get(str(url.query.get(CACHE)))

    def update_url(self, url: URL) -> URL:
        return url.difference_update_query([CACHE])

    def engine_created(self, engine: Engine) -> None:
        if self.cache is None:
            return
        self.cache.dialect = self.cache.dialect or engine.dialect
        engine.dialect = self.cache.dialect
        engine.update_execution_options(compiled_cache=self.cache.queries)


plugins.register(PLUGIN, __name__, SharedQueries.__name__)


@contextmanager
def shared_queries(db_url: str) -> Iterator[str]:
    """The URL under which the gradebook's queries are compiled once; use it in one thread."""
    name = secrets.token_hex(8)
    _caches[name] = _Cache()
    url = make_url(db_url).update_query_dict({"plugin": PLUGIN, CACHE: name}, append=True)
    try:
        yield url.render_as_string(hide_password=False)
    finally:
        del _caches[name]
