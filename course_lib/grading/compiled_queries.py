"""Keep the queries that SQLAlchemy has compiled from one opening of a gradebook to the next.

nbgrader opens the gradebook a dozen times for each submission. For one on a server, and for each
new file, that is a new engine, which compiles all its queries anew.
"""

from typing import Any

import sqlalchemy
from sqlalchemy import URL, Dialect, Engine, event

# For each server, or SQLite: a dialect that has seen it, and what was compiled for that dialect
_known: dict[URL, tuple[Dialect, dict[Any, Any]]] = {}


def create_engine(url: str | URL, **settings: Any) -> Engine:
    """SQLAlchemy's, with the queries that earlier engines for the same server have compiled."""
    engine = sqlalchemy.create_engine(url, **settings)
    server = engine.url.set(database="")
    engine.dialect, queries = _known.get(server, (engine.dialect, {}))
    engine.update_execution_options(compiled_cache=queries)

    def connected(*connection: Any) -> None:  # only now does the dialect know its server
        _known.setdefault(server, (engine.dialect, queries))

    event.listen(engine, "connect", connected, once=True)
    return engine
