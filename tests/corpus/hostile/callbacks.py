# Uses a function of the test's, lent to "apply", to get at the tests' process.

# %% apply=0: looks into the function
def apply(f, x):
    f = [value for value in vars(f).values()][0]
    return f.__globals__["wanted"]

# %% apply=0: calls it without an end
def apply(f, x):
    while True:
        x = f(x)

# %% apply=0: calls it with a huge argument, and one within itself
def apply(f, x):
    loop = []
    loop.append(loop)
    for argument in (loop, "x" * 10**8, [[]] * 10**7):
        try:
            f(argument)
        except Exception:
            pass
    return f(loop)

# %% apply=0: calls numbers that it was not given
def apply(f, x):
    for number in (-1, 10**6, "name", None):
        try:
            f._side.call_back(number, [], {})
        except BaseException:
            pass
    return 0

# %% apply=0: keeps it for later, on another thread
import threading, time
kept = []
def later():
    while True:
        time.sleep(0.01)
        for f in kept:
            f(1)
threading.Thread(target=later, daemon=True).start()
def apply(f, x):
    kept.append(f)
    time.sleep(0.1)
    return -1

# %% : uses a function that it was lent after the call
kept = []
def apply(f, x):
    kept.append(f)
    return f(x)

# %% apply=0: calls itself through it
def apply(f, x):
    f(apply)
    return f(f)

# %% apply=0: raises through it
def apply(f, x):
    try:
        f()
    except Exception as error:
        raise error.__class__(*error.args, "3 of 3 points") from error
