"""The picture at the end of an assignment, which needs what the student writes."""

import contextlib
from collections.abc import Iterator


@contextlib.contextmanager
def when_done(name: str) -> Iterator[None]:
    """Run the block if ``name`` works; else say in one line what it waits for, no traceback.

    name: what the student writes and the block uses, one name or several, for the message.
    """
    try:
        yield
    except (NotImplementedError, NameError):
        print(f"This comes once you have done {name}.")
    except Exception as error:
        print(f"This waits for {name}. So far it ends with {type(error).__name__}: {error}")
