# Outputs that are many, large, forged or of wrong types: they cost the cells that they stand for, and never the grader.

# %% last=0: hundreds of thousands of forged empty outputs, in a frame that answers the cell
import gc, json
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
honest_run = candidate.do_run
empty = b'{"output_type": "stream", "name": "stdout", "text": ""}'
def forged(source):
    honest_run(source)
    return b"[" + b",".join([empty] * 500_000) + b"]"
candidate.do_run = forged

# %% last=0: a million empty lists in a picture's data
import gc
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
honest_run = candidate.do_run
def forged(source):
    honest_run(source)
    lists = b"[]," * 10**6 + b"[]"
    return b'[{"output_type": "display_data", "metadata": {}, "data": {"x/json": [' + lists + b"]}}]"
candidate.do_run = forged

# %% last=0: a traceback of half a million lines
import gc, json
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
honest_run = candidate.do_run
def forged(source):
    honest_run(source)
    error = {"output_type": "error", "ename": "E", "evalue": "v", "traceback": [""] * 500_000}
    return json.dumps([error]).encode()
candidate.do_run = forged

# %% : results with counts that no notebook may have
import gc, json
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
honest_run = candidate.do_run
def forged(source):
    honest_run(source)
    result = {"output_type": "execute_result", "data": {"text/plain": "9"}, "metadata": {}}
    return json.dumps([result | {"execution_count": count} for count in (-1, 10**400, 0)]).encode()
candidate.do_run = forged

# %% : a report of points beyond all numbers, as if a test had made it
import gc, json
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
honest_run = candidate.do_run
def forged(source):
    honest_run(source)
    report = {"name": "double", "points": 10**400, "max_points": -1, "checks": [5]}
    data = {"application/vnd.course.report+json": report, "text/plain": "100.0"}
    shown = {"output_type": "display_data", "data": data, "metadata": {"nbgrader": {"points": 9}}}
    return json.dumps([shown]).encode()
candidate.do_run = forged

# %% : streams in turn, ten thousand times
import sys
for _ in range(10_000):
    print("out")
    print("err", file=sys.stderr)

# %% : pictures by the thousand
from IPython.display import display
for number in range(5000):
    display({"image/png": "AAAA", "text/plain": str(number)}, raw=True)

# %% : data of kinds and types that there are not
from IPython.display import display
display({"text/html": 5, "image/png": None, "": [1], "a\nb": {"c": b"x"}, "x/json": {1: {2: 3}}}, raw=True)

# %% : metadata of an output that is no data
from IPython.display import publish_display_data
publish_display_data({"text/plain": "x"}, metadata={"image/png": object(), 5: {"a": {1, 2}}})

# %% : a plot's worth of honest numbers
from IPython.display import display
display({"application/vnd.plotly.v1+json": {"data": [{"y": list(range(50_000))}]}}, raw=True)

# %% : control characters, escapes and half characters
print("\x1b[2J\x1b]0;title\x07\x00\r\u202e\ud800" * 1000)
