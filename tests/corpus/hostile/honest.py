# Odd, but honest: nothing may be lost.

# %% : prints, warns and logs while it works
import logging, sys, warnings
logging.basicConfig()
def double(x):
    print("doubling", x)
    print("to stderr", file=sys.stderr)
    warnings.warn("careful")
    logging.warning("doubling")
    return 2 * x

# %% : seeds the global generator
import random
import numpy as np
np.random.seed(0)
random.seed(0)
def double(x):
    return 2 * x + 0 * np.random.rand()

# %% : recursion in moderation
def double(x):
    def down(n):
        return 0 if n == 0 else 1 + down(n - 1)
    return 2 * x + 0 * down(900)

# %% : slow, but it comes to an end
def double(x):
    total = 0
    for _ in range(10**6):
        total += 1
    return 2 * x

# %% : threads and processes that finish
import subprocess
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pool
def twice(x):
    return 2 * x
def double(x):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(twice, range(8)))
    with Pool(2) as pool:
        assert pool.map(twice, [1, 2]) == [2, 4]
    assert subprocess.run(["true"]).returncode == 0
    return twice(x)

# %% : magics, pictures and a progress bar
%matplotlib inline
import matplotlib.pyplot as plt
from tqdm.auto import tqdm
plt.plot([1, 2])
plt.show()
%timeit -n1 -r1 sum(range(10))
for _ in tqdm(range(3)):
    pass
!echo hello
def double(x):
    plt.plot([1, 2])
    return 2 * x

# %% : a cell that waits
import asyncio
await asyncio.sleep(0.01)
async def work():
    return 2
factor = await work()
def double(x):
    return factor * x

# %% : files of its own
from pathlib import Path
Path("notes.txt").write_text("2")
def double(x):
    return int(Path("notes.txt").read_text()) * x

# %% : a cell that fails, with what it had defined by then
def double(x):
    return 2 * x
undefined_name

# %% : a wrong first try, and a better one
def double(x):
    return x
def double(x):
    return x + x

# %% : lambdas, partials, classes and callable objects
from functools import partial
class Doubler:
    def __init__(self, factor): self.factor = factor
    def __call__(self, x): return self.factor * x
double = Doubler(2)
square = lambda x: x**2
apply = partial(lambda g, f, x: g(f(x)), lambda y: y)

# %% : NumPy's numbers, arrays of none, and Python's
import numpy as np
def double(x):
    return np.float32(2) * np.int64(x) if x == 1 else np.array(2 * x)
def square(x):
    return np.multiply(x, x)

# %% : a generator as an answer is asked for in a list
def double(x):
    return sum(part for part in (x, x))

# %% : input that nobody answers
def double(x):
    try:
        input("x? ")
    except Exception:
        pass
    return 2 * x
