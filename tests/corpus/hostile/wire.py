# Speaks on the wire itself: it can find its end, as it can everything in its own process.

# %% double=0: bytes that mean nothing
import os
def double(x):
    os.write(3, b"\x00\xff" * 1000)
    return 2 * x

# %% double=0: a frame of 4 GB is announced
import os, struct
def double(x):
    os.write(3, struct.pack("<BQI", 2, 1, 2**32 - 1))
    return 2 * x

# %% double=0: an answer that never ends, a byte now and then
import os, struct, time
def double(x):
    os.write(3, struct.pack("<BQI", 2, 1, 2**20))
    while True:
        os.write(3, b"x")
        time.sleep(0.02)

# %% double=0: an answer that comes before, and the right one behind it
import gc
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
honest = candidate.answer
def twice(frame):
    from course_lib.grading.examination.protocol.channel import Frame
    kind, number, body = honest(frame)
    candidate.link.channel.send(Frame(kind, number, body))
    return kind, number, body
def double(x):
    candidate.link.answer = twice
    return 2 * x

# %% double=0: answers to what was not asked, in every kind
import gc, os, struct
def double(x):
    for kind in range(6):
        os.write(3, struct.pack("<BQI", kind, 7, 1) + b"\x02")
    return 2 * x

# %% double=0: that the other side is gone, with a text of its own
import gc
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
def double(x):
    candidate.link.answer = lambda frame: (4, frame.number, b"\xff\xfe full marks")
    return 2 * x

# %% double=1: no answer at all, but to the first question
import gc, time
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
def double(x):
    candidate.link.answer = lambda frame: time.sleep(10**6)
    return 2 * x

# %% double=0: closes the connection and lives on
import os, time
def double(x):
    os.close(3)
    time.sleep(10**6)

# %% double=0 apply=0: says that it has names that the test uses, and what they are
import gc
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
class Question:
    def __init__(self, *args, **kwargs): pass
    def check(self, *args, **kwargs): return self
    def call(self, *args, **kwargs): return self
    def returns(self, *args, **kwargs): return self
    def result(self): return 2.0
    def __enter__(self): return self
    def __exit__(self, *details): return True
honest_have, honest_get = candidate.do_have, candidate.do_get
names = ["Question", "question", "print", "np", "isinstance", "__builtins__", "get_ipython"]
candidate.do_have = lambda wanted: [*wanted, *names]
candidate.do_get = lambda name: Question if name in names else honest_get(name)
def double(x):
    return 0

# %% double=0: a pickle in place of data
import gc, os, pickle
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
class Bomb:
    def __reduce__(self):
        return os.system, ("touch CANARY/pickled",)
def double(x):
    candidate.link.answer = lambda frame: (2, frame.number, pickle.dumps(Bomb()))
    return 2 * x

# %% double=0: an object to be built over there
import gc, msgpack
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
pack = msgpack.packb
name = msgpack.ExtType(17, pack(["os", "system"]))
built = msgpack.ExtType(18, pack([name, ["call", "touch CANARY/built"], None, [], []]))
def double(x):
    body = pack({"result": built, "changed": {0: pack(built)}, "printed": "", "names": {}})
    candidate.link.answer = lambda frame: (2, frame.number, body)
    return 2 * x

# %% double=0: names of functions and classes in place of data
import gc, msgpack
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
pack = msgpack.packb
def double(x):
    for parts in (16, ["os", "system"]), (15, ["builtins", "eval"]), (15, ["numpy", "memmap"]):
        result = msgpack.ExtType(parts[0], pack(parts[1]))
        body = pack({"result": result, "changed": {}, "printed": "", "names": {}})
        candidate.link.answer = lambda frame: (2, frame.number, body)
    return 2 * x

# %% double=0: extensions within each other, to crash the reader
import gc, msgpack
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
def double(x):
    body = msgpack.packb([])
    for _ in range(3000):
        body = msgpack.packb([msgpack.ExtType(0, body)])
    candidate.link.answer = lambda frame: (2, frame.number, body)
    return 2 * x

# %% double=0: small messages that are large in memory
import gc
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
def double(x):
    size = 6 * 10**7
    body = b"\xdd" + size.to_bytes(4, "big") + b"\x90" * size
    candidate.link.answer = lambda frame: (2, frame.number, body)
    return 2 * x

# %% : the same as the output of a cell
import gc
from course_lib.grading.examination.protocol.channel import Frame
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
candidate.link.channel.send(Frame(2, 2, b"[" + b"[]," * 10**7 + b"[]]"))

# %% : outputs of a cell that are none
import gc, json
from course_lib.grading.examination.protocol.channel import Frame
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
output = {"output_type": "display_data", "data": {"text/plain": {"a": 1}}, "metadata": {}}
candidate.link.channel.send(Frame(2, 2, json.dumps([output]).encode()))

# %% : outputs of a cell that are nested deeper than Python goes
import gc
from course_lib.grading.examination.protocol.channel import Frame
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
candidate.link.channel.send(Frame(2, 2, b"[" * 10**5 + b"]" * 10**5))

# %% double=1 square=0: numbers that collide in every set, after a right answer
import gc, msgpack
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
numbers = [float(2**61 - 1) * 2.0**i for i in range(900)] * 100
def double(x):
    if x != 1:
        body = {"result": msgpack.ExtType(1, msgpack.packb(numbers)), "changed": {}, "printed": ""}
        candidate.codec.pack = lambda value: msgpack.packb(body | {"names": {}})
    return 2 * x

# %% double=0: arrays whose sizes are lies
import gc, msgpack
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
pack = msgpack.packb
def double(x):
    shapes = [[-1], [2**62, 0], [2**32, 2**32], "ab", None, [0.5], [-2, -4]]
    arrays = [msgpack.ExtType(5, pack(["<f8", shape, "C", b"\0" * 8])) for shape in shapes]
    arrays += [msgpack.ExtType(5, pack([kind, [1], "C", b"\0" * 8])) for kind in ("O", "V8", "f8,O", "U0")]
    pick = arrays[x % len(arrays)]
    body = pack({"result": pick, "changed": {}, "printed": "", "names": {}})
    candidate.link.answer = lambda frame: (2, frame.number, body)
    return 2 * x
