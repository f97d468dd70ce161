# what frames hold: data that are none, answers to other questions

# %% double=0: texts of code points that there are not
import numpy as np
def double(x):
    bad = np.frombuffer(b"\xff\xff\xff\xff" * 5, "<U5")
    return bad

# %% double=0: texts of code points that there are not, as a scalar in an exception
import numpy as np
def double(x):
    raise ValueError(np.frombuffer(b"\xff\xff\x11\x00" * 5, "<U5")[0])

# %% double=0: booleans that are neither
import numpy as np
def double(x):
    return np.frombuffer(b"\x02\xff", bool)[0 if x == 1 else 1]

# %% square=0: booleans that are neither, as an array
import numpy as np
def square(x):
    return np.frombuffer(b"\x09", bool)[0] if not np.ndim(x) else np.frombuffer(b"\x01\x04", bool)

# %% double=0: ranges beyond all memory
def double(x):
    return [range(10**12)] * 3 if x == 1 else range(-10**30, 10**30)

# %% double=0: ranges, many and large
def double(x):
    return [range(6 * 10**7) for _ in range(50)]

# %% double=0: slices and singletons of everything
def double(x):
    return (slice([], {}, ()), ..., NotImplemented, slice(None), range(0), frozenset([...]))

# %% double=0: dates that are none, and spans
import numpy as np
def double(x):
    return np.array(["NaT", "2020-01-01"], "M8[ns]") if x == 1 else np.timedelta64(2, "Y")

# %% double=0: a wide text array of nothing
import numpy as np
def double(x):
    return np.zeros(0, "U1000000") if x == 1 else np.zeros((0, 2**40, 3))

# %% double=0: an array with a stride of zero, of many terabytes
import numpy as np
def double(x):
    return np.broadcast_to(np.float64(2), (2**20, 2**20))

# %% double=0: an array of a million dimensions' worth of ones, and 32 dimensions
import numpy as np
def double(x):
    return np.full((1,) * 32, 2 * x)

# %% double=0 square=0: masked arrays whose mask hides all
import numpy as np
def double(x):
    return np.ma.masked
def square(x):
    return np.ma.masked_all(np.shape(x) or (1,))

# %% double=0: structured, void, object arrays, matrices, records
import numpy as np
def double(x):
    return np.zeros(2, "i4,f8") if x == 1 else np.array([np.void(b"ab"), None, [1]], dtype=object)

# %% double=0: memory views, buffers, array.array
import array
def double(x):
    return memoryview(b"ab") if x == 1 else array.array("d", [2.0 * x])

# %% double=0: decimals and fractions, which equal numbers
from decimal import Decimal
from fractions import Fraction
def double(x):
    return Decimal(2 * x) if x == 1 else Fraction(2 * x)

# %% double=0: dtype, types and generators
import numpy as np
def double(x):
    return np.dtype("f8") if x == 1 else np.float64

# %% double=0: random generators with states that point outside
import numpy as np
import gc
side = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
from course_lib.grading.examination.protocol import codec as c
honest = c.Codec._generator
def lie(self, value):
    state = value.bit_generator.state
    state["buffer_pos"] = -1 if state["bit_generator"] == "Philox" else 0
    state["has_uint32"] = 2**31
    if state["bit_generator"] == "MT19937":
        state["state"]["pos"] = -5
    return self._ext(c.RANDOM, state)
c.SENDERS[np.random.Generator] = lie
def double(x):
    kind = np.random.Philox if x == 1 else np.random.MT19937
    return np.random.Generator(kind(0))

# %% double=0: Philox with short arrays
import numpy as np
from course_lib.grading.examination.protocol import codec as c
def lie(self, value):
    state = value.bit_generator.state
    for part in ("counter", "key"):
        if part in state["state"]:
            state["state"][part] = state["state"][part][:0]
    if "buffer" in state:
        state["buffer"] = state["buffer"][:1]
    if isinstance(state["state"].get("state"), np.ndarray):
        state["state"]["state"] = state["state"]["state"][:1]
    if "key" in state["state"]:
        state["state"]["key"] = state["state"]["key"][:3]
    return self._ext(c.RANDOM, state)
c.SENDERS[np.random.Generator] = lie
def double(x):
    return [np.random.Generator(k(0)) for k in (np.random.Philox, np.random.MT19937, np.random.SFC64)]

# %% double=0: an integer of sixty megabytes
def double(x):
    return 1 << (8 * 3 * 10**7)

# %% double=0 square=0 apply=0 last=0: kinds of extension that there are not
from course_lib.grading.examination.protocol import codec as c
import msgpack
honest = c.Codec._pack
class Odd: pass
def double(x):
    return Odd()
import gc
side = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
def pack(value):
    parts = [msgpack.ExtType(n, msgpack.packb(v)) for n in range(22) for v in ([], [1], [None, None], "x", [[], {}], [b"", b"", b""])]
    return msgpack.packb({"result": [parts[0]], "changed": {}, "names": {}, "printed": ""}) if type(value) is dict and "result" in value else honest(side.codec, value)
side.codec.pack = pack

# %% double=0 square=0 apply=0 last=0: the answer has other keys, or none
import gc
side = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
honest = side.do_act
side.do_act = lambda *a: {"result": 2 * a[2][0]}
def double(x):
    return 0

# %% double=0 square=0 apply=0 last=0: changed arguments that were not there
import gc
side = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
honest = side.do_act
def act(*a):
    answer = honest(*a)
    return answer | {"changed": {-1: side.as_data.pack([1]), 10**20: b"", "x": b"\xc1", None: 5}}
side.do_act = act
def double(x):
    return 2 * x

# %% double=0 square=0 apply=0 last=0: printed text that is no text, names that are no names
import gc
side = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
honest = side.do_act
def act(*a):
    answer = honest(*a)
    return answer | {"printed": [["x"] * 10**6], "names": {"double": b"\x01", "Question": b"\x01", "question": b"\x01"}}
side.do_act = act
def double(x):
    return 2 * x

# %% double=0 square=3 apply=0 last=0: what it has is a dict, a text, a list of lists
import gc
side = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
side.do_have = lambda names: {name: 1 for name in names} if "double" in names else names
def double(x):
    return 2 * x

# %% double=0 square=0: names that it has are numbers that change
import gc
side = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
side.do_get = lambda name: {"double": 2, "square": [9]}.get(name) or side.shell.user_ns[name]
def double(x):
    return 2 * x

# %% double=0: a handle with kinds and names of wrong types
import course_lib.grading.examination.student_side as module
honest = module._about
def lie(value):
    about = honest(value)
    if about["name"] == "Odd":
        about.update(kind=["class"], name={"a": 1}, can={"__call__": 1, "__class__": 2, "__init__": 3, "__del__": 4}, mro=[("os", "system"), (1, 2)])
    return about
module._about = lie
class Odd: pass
def double(x):
    return Odd()

# %% double=0 square=0 apply=0 last=0: a handle whose number is no number
import course_lib.grading.examination.protocol.codec as c
honest = c.Codec._exported
c.Codec._exported = lambda self, sent: self._ext(c.HANDLE, "7" * 5000, sent.about)
def double(x):
    return object()

# %% double=0 square=0 apply=0 last=0: a handle to what is not there
import course_lib.grading.examination.protocol.codec as c
honest = c.Codec._exported
n = 0
def lie(self, sent):
    return self._ext(c.HANDLE, float("inf") if n else 5, sent.about)
class Odd:
    def __len__(self): return 2
    def __iter__(self): return self
def double(x):
    c.Codec._exported = lie
    return Odd()

# %% double=0: claims to be made by its class, and adds up
import course_lib.grading.examination.student_side as module
honest = module._about
module._about = lambda value: honest(value) | {"maker": True, "kind": "class"}
class Number:
    def __eq__(self, other): return True
    def __float__(self): return 2.0
    def __bool__(self): return True
class Double:
    __name__ = "Double"
    def __call__(self, x): return Number()
double = Double()

# %% double=0: a forked child answers in its place
import os, gc, time
side = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
def double(x):
    if os.fork() == 0:
        os.setsid()
        return 3 * x
    time.sleep(0.3)
    return 5 * x

# %% : speaks as it exits
import atexit, gc, os
side = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
atexit.register(lambda: side.link.channel.sock.send(b"\x02" * 100))
class Last:
    def __del__(self):
        side.link.channel.sock.send(b"\x02" * 1000)
kept = Last()
os.register_at_fork(after_in_child=lambda: side.link.channel.sock.send(b"x"))
