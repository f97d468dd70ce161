"""What runs inside the student's process: cells, and what the tests ask for, one by one.

It knows nothing of the tests but the calls that it gets. Whatever a student's code does to it, the
worst that can come out is wrong data.
"""

from __future__ import annotations

import copy
import importlib
import json
import os
import secrets
import signal
import sys
import threading
import traceback
import types
import warnings
from collections.abc import Callable
from typing import Any

from course_lib.grading.examination.objects import ACTS, changeable
from course_lib.grading.examination.protocol.channel import FAILURE, REPLY, Channel, Frame, Link
from course_lib.grading.examination.protocol.codec import PLAIN, Codec
from course_lib.grading.examination.protocol.handles import (
    CantCross,
    Garbage,
    Handle,
    Name,
    arrays_in,
    build,
    by_name,
    look_up,
    taken_apart,
    words,
)
from course_lib.grading.examination.proxies import ACTIONS, OPERATORS
from course_lib.grading.examination.shell import Shell

PRINTED = 2000  # characters kept of what a call printed
MESSAGE = 2000  # and of what an exception says
KINDS: dict[str, tuple[type, ...]] = {  # of objects; all others are instances
    "class": (type,),
    "module": (types.ModuleType,),
    "function": (types.FunctionType, types.BuiltinFunctionType, types.MethodType),
}


class Callback:
    """A function of the test's, in the hands of the student's code."""

    def __init__(self, side: StudentSide, handle: Handle) -> None:
        self._side, self._handle = side, handle
        self.__name__ = handle.about["name"]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._side.call_back(self._handle.number, args, kwargs)

    def __deepcopy__(self, memo: Any) -> Callback:
        return self


class CallbackFailed(Exception):
    """Raised in the student's code when the test's function raised."""


class StudentSide:
    """Answers the requests that come over ``channel`` with what is in ``shell``."""

    def __init__(self, channel: Channel, shell: Shell) -> None:
        self.shell = shell
        self.link = Link(channel, self.answer)
        self.codec = Codec(self._hand_out, self._admit)
        self.as_data = Codec(self._take_apart, self._admit)
        self.objects: dict[int, Any] = {}  # what was handed out, by number
        self.numbers: dict[int, int] = {}  # id of it -> its number
        self.followed: dict[
            str, bytes
        ] = {}  # names of plain values that a test uses, and what they were
        self.taken_away: dict[str, Any] = {}  # what a test deleted, as it was before
        self.in_student_code, self.open_requests, self.lock = False, 0, threading.RLock()

    def serve(self) -> None:
        """Do what is asked until the other end is gone."""
        signal.signal(signal.SIGINT, self._interrupted)
        self.shell.make_home()
        self.link.serve_forever()

    def answer(self, frame: Frame) -> tuple[int, int, bytes]:
        """Do what a request asks for; the answer as kind, number and body."""
        with self.lock:
            self.open_requests += 1
        try:
            what, *details = self.codec.unpack(frame.body)
            if what == "run":
                return REPLY, frame.number, self.do_run(*details)
            with warnings.catch_warnings():  # as a check has it at home, also where they are errors
                warnings.simplefilter("ignore")
                answer = getattr(self, f"do_{what}")(*details)
                return REPLY, frame.number, self.codec.pack(answer)
        except BaseException as error:  # also SystemExit and the interrupt of a time limit
            return FAILURE, frame.number, self._failure(error)
        finally:
            with self.lock:
                self.open_requests -= 1

    def do_run(self, source: str) -> bytes:
        """Run a cell: its outputs as JSON, which is all that the grader reads of it."""
        outputs = self._in_student_code(self.shell.run, source)
        return json.dumps(outputs, default=str, skipkeys=True).encode()

    def do_put(self, name: str, data: bytes) -> None:
        """Write a file that was handed in beside the notebook."""
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        with open(name, "wb") as file:
            file.write(data)

    def do_have(self, names: list[str]) -> list[str]:
        """Those of ``names`` that are defined."""
        return [name for name in names if name in self.shell.user_ns]

    def do_precision(self) -> str:
        """The dtype that PyTorch gives to what has none."""
        torch = sys.modules.get("torch")
        return str(torch.get_default_dtype()) if torch is not None else ""

    def do_get(self, name: str) -> Any:
        return self.shell.user_ns[name]

    def do_bind(self, new: dict[str, Any], old: list[str]) -> None:
        """Take the names ``old`` away for the time of a test, and define those in ``new``."""
        for name in old:
            self.taken_away.setdefault(name, self.shell.user_ns.pop(name, None))
        self.shell.user_ns.update(new)

    def do_give_back(self) -> None:
        """Undo what a test did with ``do_bind``."""
        self.shell.user_ns.update(self.taken_away)
        self.taken_away.clear()

    def do_follow(self, names: list[str]) -> None:
        """From now on say after each action which of these plain values changed."""
        self.followed = {name: self.codec.pack(self.shell.user_ns[name]) for name in names}

    def _changed_names(self) -> dict[str, bytes]:
        now = {name: self.codec.pack(self.shell.user_ns.get(name)) for name in self.followed}
        changed = {name: data for name, data in now.items() if data != self.followed[name]}
        self.followed = now
        return changed

    def do_getattr(self, number: int, name: str) -> Any:
        return self._in_student_code(getattr, self._object(number), name)

    def do_setattr(self, number: int, name: str, value: Any) -> None:
        self._in_student_code(setattr, self._object(number), name, value)

    def do_delattr(self, number: int, name: str) -> None:
        self._in_student_code(delattr, self._object(number), name)

    def do_dir(self, number: int) -> Any:
        return self._in_student_code(dir, self._object(number))

    def do_copy(self, number: int) -> Any:
        return self._in_student_code(copy.deepcopy, self._object(number))

    def do_isinstance(self, value: Any, number: int) -> Any:
        return self._in_student_code(isinstance, value, self._object(number))

    def do_act(
        self, number: int, name: str, args: list[Any], kwargs: dict[str, Any]
    ) -> dict[str, Any]:
        """An action or operator: its result, what it printed, what became of its arguments."""
        inputs = [*args, *kwargs.values()]
        may_change = {
            index: value
            for index, value in enumerate(inputs)
            if type(value) is not Callback and changeable(value)
        }
        lent = arrays_in(list(may_change.values()))  # kept, or another could get the id of one
        before = self._as_data(may_change, lent)
        printed = self.shell.record()
        result = self._in_student_code(ACTS[name], self._object(number), *args, **kwargs)
        after = self._as_data(may_change, lent)
        changed = {index: data for index, data in after.items() if data != before[index]}
        text = "".join(output.get("text", "") for output in printed.finished())
        answer = {"result": result, "changed": changed, "printed": text[:PRINTED]}
        return answer | {"names": self._changed_names()}

    def _as_data(self, values: dict[int, Any], lent: list[Any]) -> dict[int, bytes]:
        self.as_data.lent = set(map(id, lent))
        return {index: self.as_data.pack(value) for index, value in values.items()}

    def call_back(self, number: int, args: Any, kwargs: Any) -> Any:
        """Run a function of the test's; for the student's code, on any thread."""
        with self.lock:
            if not self.open_requests:
                raise CallbackFailed("the call of the test that lent this function is over")
            before, self.in_student_code = self.in_student_code, False
            frame = self.link.ask(self.codec.pack([number, list(args), kwargs]))
            self.in_student_code = before
        answer = self.codec.unpack(frame.body)
        if frame.kind == FAILURE:
            raise CallbackFailed(answer)
        return answer

    def _in_student_code(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self.in_student_code = True
        try:
            return function(*args, **kwargs)
        finally:
            self.in_student_code = False

    def _interrupted(self, *_: Any) -> None:
        if self.in_student_code:
            raise KeyboardInterrupt

    def _object(self, number: int) -> Any:
        if number not in self.objects:
            raise ReferenceError("this object went when its process ended")
        return self.objects[number]

    def _hand_out(self, value: Any) -> Handle:
        """Keep an object and send its handle."""
        if type(value) is Callback:
            return value._handle
        number = self.numbers.get(id(value))
        if number is None:
            number = self.numbers[id(value)] = secrets.randbits(62)
            self.objects[number] = value  # also keeps its id from being given to another
        return Handle(number, _about(value))

    def _take_apart(self, value: Any) -> Any:
        """What an object that the test lent has become; the student's own go as handles."""
        if type(value) is Callback or id(value) in self.numbers:
            return self._hand_out(value)
        try:
            return by_name(value) or taken_apart(value)
        except CantCross:
            return self._hand_out(value)

    def _admit(self, sent: Any) -> Any:
        if isinstance(sent, Handle):
            own = sent.about["kind"] == "yours"
            return self._object(sent.number) if own else Callback(self, sent)
        if isinstance(sent, Name):
            importlib.import_module(sent.module)
            found = look_up(sent.module, sent.qualname)
            if found is None:
                raise Garbage(f"there is no {sent.module}.{sent.qualname}")
            return found
        return build(sent)

    def _failure(self, error: BaseException) -> bytes:
        kinds = [(kind.__module__, kind.__qualname__) for kind in type(error).__mro__]
        where = ""
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename.startswith("<ipython-input") or "ipykernel" in frame.filename:
                where = f"{frame.name}: {frame.line}"
        message = words(error)[:MESSAGE]
        failure: dict[str, Any] = {"mro": kinds, "message": message, "args": []}
        failure |= {"where": where[:MESSAGE], "ours": isinstance(error, CallbackFailed)}
        try:
            return PLAIN.pack(failure | {"args": list(error.args)})
        except CantCross:
            return self.codec.pack(failure)


def _about(value: Any) -> dict[str, Any]:
    """What a handle says of an object: its name, its classes, and what can be done with it."""
    kind = next((kind for kind, types_ in KINDS.items() if isinstance(value, types_)), "instance")
    name = getattr(value, "__name__", None) if kind != "instance" else type(value).__name__
    classes = [] if kind == "class" else type(value).__mro__
    return {
        "kind": kind,
        "name": name if isinstance(name, str) else type(value).__name__,
        "can": [name for name in (*ACTIONS, *OPERATORS) if _defines(value, name)],
        "mro": [
            (one.__module__, one.__qualname__)
            for one in classes
            if one.__module__ not in ("builtins", "numpy", "__main__")
        ],
    }


def _defines(value: Any, name: str) -> bool:
    found = getattr(type(value), name, None)
    return found is not None and found is not getattr(object, name, None)
