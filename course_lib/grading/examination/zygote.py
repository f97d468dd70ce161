"""A process that imports what both sides of an examination need, and then becomes both of them.

``python zygote.py SETTINGS FD FD`` is the process. It is run as a file, because it must not import
the package that it is in: the student's side finds another copy of that, without the answers. What
concerns one side alone comes to that side alone, over its socket. So libraries such as PyTorch are
imported once for both, and lie in memory once.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import socket
import sys
import warnings
from collections.abc import Collection, Iterable
from typing import NoReturn

ALWAYS = ("IPython.core.interactiveshell", "numpy")
SHARED = ("numpy", "matplotlib", "scipy", "pandas", "sklearn", "torch")  # if both require them
FIRST_USE = {  # what a library imports only when it is used
    "torch": ("torch._dynamo",),
    "matplotlib": ("matplotlib.pyplot", "matplotlib_inline.backend_inline"),
}
MAX_SETTINGS = 2**20  # bytes of what one side is told


def shared_modules(
    first: Iterable[str], second: Iterable[str], separate: Collection[str]
) -> list[str]:
    """What can be imported for both sides: nothing from packages that are not the same for both."""
    both = {*first} & {*second}
    if any(_top(name) in separate for name in both):
        both.add("matplotlib")  # a course's own library draws
    names = (*ALWAYS, *sorted(name for name in both if _top(name) in SHARED))
    return [name for name in names if _top(name) not in separate]


def import_all(modules: Iterable[str]) -> None:
    """Import modules, as far as they are there, and what is imported at the first use of them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for module in modules:
            _import(module)
        for library in [library for library in FIRST_USE if library in sys.modules]:
            for module in FIRST_USE[library]:
                _import(module)
    gc.collect()
    gc.freeze()  # to look through these objects would copy their pages for each fork


def _import(module: str) -> None:
    with contextlib.suppress(Exception):
        importlib.import_module(module)


def _top(module: str) -> str:
    return module.partition(".")[0]


def main(settings: str, *descriptors: str) -> NoReturn:
    """Import, fork once for each side, and wait for both to end.

    settings: JSON. "modules": to import. "separate": packages that must not be among what they
    import. "run": the module whose ``main`` serves a side. descriptors: the side's sockets.
    """
    told = json.loads(settings)
    import_all(told["modules"])
    if both := {*map(_top, sys.modules)} & {*told["separate"]}:
        raise ImportError(f"imported before the sides parted: {', '.join(sorted(both))}")
    for descriptor in descriptors:
        if os.fork() == 0:
            for other in {*descriptors} - {descriptor}:
                os.close(int(other))
            _become(told["run"], int(descriptor))
    for descriptor in descriptors:
        os.close(int(descriptor))
    for _ in descriptors:
        os.wait()
    os._exit(0)  # with PyTorch, Python would clear up for a second


def _become(run: str, descriptor: int) -> NoReturn:
    try:
        orders = socket.socket(fileno=descriptor)
        if not (packet := orders.recv(MAX_SETTINGS)):
            os._exit(0)  # nobody wants it any more
        told = json.loads(packet)
        os.environ["PYTHONPATH"] = os.pathsep.join(told["paths"])
        sys.path[:0] = told["paths"]
        importlib.import_module(run).main(orders, told["modules"])
    except BaseException:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    finally:
        os._exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
