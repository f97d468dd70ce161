"""The tests' process: runs test cells, in which the student's names are proxies.

What a locked cell defines is here too, because locked cells run on both sides. A name that the
tests' side has is never taken from the student.
"""

from __future__ import annotations

import builtins
import contextlib
import importlib
import types
from collections.abc import Iterator
from typing import Any, NoReturn

from course_lib.grading.examination import proxies
from course_lib.grading.examination.endings import NO_ANSWER
from course_lib.grading.examination.protocol.channel import (
    FAILURE,
    LOST,
    REPLY,
    Channel,
    Frame,
    Link,
)
from course_lib.grading.examination.protocol.codec import PLAIN, Codec
from course_lib.grading.examination.protocol.handles import (
    CantCross,
    Garbage,
    Handle,
    by_name,
    merge,
    taken_apart,
    words,
)
from course_lib.grading.examination.raised import exception
from course_lib.grading.examination.shell import Shell
from course_lib.grading.syntax import names_of
from course_lib.grading.testing.call import Stopped

PRINTED = 10_000  # characters kept of what the calls of one test printed
PLAIN_MODULES = ("builtins", "numpy")  # what is an instance of theirs comes as itself
FUNCTIONS = (
    types.FunctionType,
    types.MethodType,
    types.BuiltinMethodType,
    types.BuiltinFunctionType,
)


GONE = object()  # in place of what the test deleted


class TestSide:
    """Runs cells in ``shell`` and asks the student side, over ``channel``, for what they use."""

    def __init__(self, channel: Channel, shell: Shell) -> None:
        self.channel, self.shell = channel, shell
        self.link = Link(channel, self._answer_callback)
        self.codec = Codec(self._send, self._admit)
        self.inert = Codec(self._send, self._admit_changed)
        self.callbacks: list[Any] = []
        self.raised: Exception | None = None
        self.stopped, self.garbage = "", False
        self.printed: list[str] = []
        self.followed: dict[str, Any] = {}  # plain values of the student's that the test uses
        self.taken: dict[str, Any] = {}  # names of the student's objects: the object, or GONE
        self.took_away = False  # whether the student's code misses one of them

    def serve(self) -> None:
        """Run the cells that are sent until the other end is gone."""
        Link(self.channel, self._answer_grader).serve_forever()

    def _answer_grader(self, frame: Frame) -> tuple[int, int, bytes]:
        what, source = PLAIN.unpack(frame.body)
        answer = getattr(self, f"do_{what}")(source)
        return REPLY, frame.number, PLAIN.pack(answer)

    def do_locked(self, source: str) -> None:
        """Run a locked cell if it gets by without the student."""
        needed, defined = names_of(self.shell.transform_cell(source))
        if not needed - defined - self._known():
            self.shell.run(source)

    def do_test(self, source: str) -> dict[str, Any]:
        """Run a test cell: its outputs, and why it was stopped, if it was: for garbage or else.

        Where a ``Question`` was stopped, the outputs have its report all the same.
        """
        self.stopped, self.garbage, self.printed, self.raised = "", False, [], None
        self.taken, self.took_away = {}, False
        bound: dict[str, Any] = {}
        try:
            needed, defined = names_of(self.shell.transform_cell(source))
            wanted = sorted(needed - self._known())
            bound = self._bind(wanted, defined)
            with self._their_precision(source):
                outputs = self.shell.run(source)
            if self.took_away and not self.stopped:
                self.ask("give_back")
        except Stopped:
            outputs = []
        finally:
            for name in bound:
                self.shell.user_ns.pop(name, None)
        said = {"stopped": self.stopped, "garbage": self.garbage}
        return {"outputs": outputs, "printed": "".join(self.printed), **said}

    @contextlib.contextmanager
    def _their_precision(self, source: str) -> Iterator[None]:
        """Float64 by default for a test whose student chose that, as it would be at home.

        Never less than the usual, which would make a test blind.
        """
        if "torch" not in source or self.ask("precision") != "torch.float64":
            yield
            return
        torch = importlib.import_module("torch")
        before = torch.get_default_dtype()
        torch.set_default_dtype(torch.float64)
        try:
            yield
        finally:
            torch.set_default_dtype(before)

    def ask(self, what: str, *details: Any) -> Any:
        """Have the student side do something; returns or raises what came of it."""
        if self.stopped:
            raise Stopped(self.stopped)
        if what == "act":
            self._take_away()
        frame = self.link.ask(self.codec.pack([what, *details]))
        if frame.kind == LOST:
            self._stop(frame.body.decode(errors="replace"))
        try:
            answer, error = self.codec.unpack(frame.body), None
            if frame.kind == FAILURE:
                own = self.raised if answer["ours"] else None
                error = own or exception(answer, what == "act" and details[1] == "__next__")
            elif what == "act":
                inputs = [*details[2], *details[3].values()]
                for index, data in answer["changed"].items():
                    merge(inputs[index], self.inert.unpack(data))
                for name, data in answer["names"].items():
                    self._renew(name, self.codec.unpack(data))
                self._keep(answer["printed"])
                answer = answer["result"]
        except Exception as garbage:  # it can be wrong in any way
            self.garbage = True
            self._stop(f"{NO_ANSWER} ({type(garbage).__name__})")
        if error is not None:
            raise error
        return answer

    def _bind(self, wanted: list[str], own: set[str]) -> dict[str, Any]:
        """Give the test those of these names that the student defined; returns them.

        own: names that the test gives a value itself, which no call of the student's may change.
        """
        try:
            there = self.ask("have", wanted) if wanted else []
            if type(there) is not list:
                raise Garbage("no list of names")
            bound = {name: self._get(name) for name in wanted if name in there}
        except Exception as error:  # it is not the test that failed
            self._stop(f"what it defined can't be read ({type(error).__name__})")
        self.shell.user_ns.update(bound)
        self.followed = {
            name: value
            for name, value in bound.items()
            if name not in own and not proxies.is_proxy(value)
        }
        if bound:
            self.ask("follow", list(self.followed))
        self.taken = {name: value for name, value in bound.items() if proxies.is_proxy(value)}
        return bound

    def _take_away(self) -> None:
        """Let the student's code miss what the test deleted, and find it again.

        A test asks in this way whether one function calls another. Whatever else a test gives a
        name to is its own: the student's code never sees it.
        """
        for name, known in self.taken.items():
            now = self.shell.user_ns.get(name, GONE)
            if now is not known and (now is GONE or proxies.is_proxy(now)):
                self.taken[name], self.took_away = now, True
                self.ask("bind", {name: now} if now is not GONE else {}, [name])

    def _renew(self, name: str, value: Any) -> None:
        """A call changed a plain value of the student's: the test sees it, as it would at home."""
        if name not in self.followed:
            raise Garbage("a value of a name that was not asked for")
        if self.shell.user_ns.get(name) is self.followed[name]:  # not the test's own by now
            self.shell.user_ns[name] = self.followed[name] = value

    def _get(self, name: str) -> Any:
        value = self.ask("get", name)
        if proxies.is_proxy(value):
            about = proxies.handle_of(value).about
            about["maker"] = about["kind"] == "class" and name[:1].isupper()
        return value

    def _keep(self, printed: Any) -> None:
        """Keep what a call printed, up to a limit: the instructor sees it."""
        left = PRINTED - sum(map(len, self.printed))
        self.printed.append(str(printed)[: max(left, 0)])

    def _stop(self, reason: str) -> NoReturn:
        self.stopped = reason
        raise Stopped(reason)

    def _known(self) -> set[str]:
        return self.shell.user_ns.keys() | vars(builtins).keys()

    def _send(self, value: Any) -> Any:
        """What to send for a value that is no plain data."""
        if proxies.is_proxy(value):
            return Handle(proxies.handle_of(value).number, {"kind": "yours"})
        named = by_name(value)
        if named:
            return named
        if not isinstance(value, FUNCTIONS):
            try:
                return taken_apart(value)
            except CantCross:
                if not callable(value) or isinstance(value, type):
                    raise
        self.callbacks.append(value)
        name = getattr(value, "__name__", type(value).__name__)
        return Handle(len(self.callbacks) - 1, {"kind": "callback", "name": name})

    def _admit(self, sent: Any) -> Any:
        if not isinstance(sent, Handle):
            raise Garbage("an object, where only data may come")
        if sent.about["kind"] == "callback":
            return self.callbacks[sent.number]
        return proxies.make(self.ask, Handle(int(sent.number), _checked(sent.about)))

    def _admit_changed(self, sent: Any) -> Any:
        """What changed arguments are made of: names and parts stay what they are, see ``merge``."""
        return self._admit(sent) if isinstance(sent, Handle) else sent

    def _answer_callback(self, frame: Frame) -> tuple[int, int, bytes]:
        """The student's code calls a function that the test gave it."""
        try:
            number, args, kwargs = self.codec.unpack(frame.body)
            return REPLY, frame.number, self.codec.pack(self.callbacks[number](*args, **kwargs))
        except Stopped:
            raise
        except BaseException as error:  # whatever gets past here would leave the call open
            self.raised = error if isinstance(error, Exception) else None
            text = f"{type(error).__name__}: {words(error)}"
            return FAILURE, frame.number, self.codec.pack(text)


def _checked(about: Any) -> dict[str, Any]:
    """What the student's process says of an object, without what only the tests' side may say."""
    mro = [(str(module), str(name)) for module, name in about["mro"]]
    return {
        "kind": str(about["kind"]),
        "name": str(about["name"])[:100],
        "can": [str(name) for name in about["can"]],
        "mro": [pair for pair in mro[:50] if pair[0].partition(".")[0] not in PLAIN_MODULES],
        "maker": False,
    }
