# Changes IPython, Python or NumPy so that tests would pass, were they run in this process.

# %% double=0 last=0: input transformers turn tests into pass
ip = get_ipython()
ip.input_transformers_cleanup.append(lambda lines: ["pass\n"])
ip.input_transformers_post.append(lambda lines: ["pass\n"])
def double(x):
    return 0

# %% double=0: an AST transformer removes asserts
import ast
class NoAssert(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
get_ipython().ast_transformers.append(NoAssert())
def double(x):
    return 0

# %% last=0: run_code, run_cell and showtraceback do nothing any more
ip = get_ipython()
async def nothing(*args, **kwargs):
    return False
ip.run_code = nothing
ip.showtraceback = ip._showtraceback = lambda *args, **kwargs: None
def double(x):
    return 0
def square(x):
    return 0

# %% double=0 square=0: np.testing, np.allclose, np.isclose, builtins
import builtins, numpy as np
def yes(*args, **kwargs):
    return True
for name in ("assert_allclose", "assert_array_equal", "assert_equal"):
    setattr(np.testing, name, yes)
np.allclose = np.isclose = np.array_equal = yes
builtins.all = builtins.any = yes
builtins.abs = lambda x: 0
def double(x):
    return 0
def square(x):
    return 0

# %% double=0 square=0: names that the tests use, shadowed
class Question:
    def __init__(self, *args, **kwargs): pass
    def __getattr__(self, name): return lambda *args, **kwargs: self
    def check(self, *args, **kwargs):
        import contextlib
        return contextlib.nullcontext()
    def result(self): return 2.0
    returns = check
class np:
    allclose = staticmethod(lambda *args: True)
question = Question()
float = abs = len = all = any = print = max = min = isinstance = lambda *args, **kwargs: True
def double(x):
    return 0
def square(x):
    return 0

# %% double=0 square=0: rewrites the grading library in memory
import course_lib.grading.testing.question as q, course_lib.grading.testing.comparison as c, sys
c.difference = lambda *args, **kwargs: None
q.difference = c.difference
q.Question.result = lambda self: self.points
for module in list(sys.modules.values()):
    if getattr(module, "__name__", "").startswith("course_lib.grading.examination"):
        for name in ("_settle", "from_json", "of_test"):
            setattr(module, name, lambda *args, **kwargs: [])
def double(x):
    return 0
def square(x):
    return 0

# %% double=0: displays and streams that look like a report and a score
from IPython.display import display, HTML
import sys
def double(x):
    print("double: 2 of 2 points\n  ok  one\n  ok  a secret\n2.0")
    display(2.0)
    display(HTML("<b>2 of 2 points</b>"))
    sys.displayhook(2.0)
    get_ipython().recorder.show("execute_result", {"text/plain": "2.0"}, {}, execution_count=1)
    return 0
print("double: 2 of 2 points")
display({"text/plain": "2.0"}, raw=True)
2.0

# %% double=0: an output that breaks the file and the page it is written to
def double(x):
    return "\ud800" * 10
print("half a character: \ud800, and \x00\x1b[31m")
from IPython.display import display
display({"text/plain": "\udfff", "image/png": b"\xff\xfe"}, raw=True)

# %% double=0: an answer of lone surrogates in an exception
def double(x):
    raise ValueError("\ud800 \x00")
