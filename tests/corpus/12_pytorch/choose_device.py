# Property -> check
# auto, cpu, cuda -> auto without ...; auto with ...; the CPU, if asked for; cuda with several GPUs
# gpus, not this machine -> auto with a GPU
# RuntimeError, ValueError -> cuda without a GPU is an error; another name is an error
# errors say what is wrong -> both errors say what is wrong (those that are raised)
# a torch.device -> a torch.device comes back

# %% right: errors first
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError(f"unknown device {name!r}")
    if name == "cuda" and gpus == 0:
        raise RuntimeError("there is no GPU on this machine")
    return torch.device("cuda" if gpus > 0 and name != "cpu" else "cpu")

# %% right: case by case, the first GPU by its number
def choose_device(name, gpus):
    if name == "cpu":
        return torch.device("cpu")
    elif name == "auto":
        if gpus >= 1:
            return torch.device("cuda:0")
        else:
            return torch.device("cpu")
    elif name == "cuda":
        if gpus >= 1:
            return torch.device("cuda:0")
        raise RuntimeError("cuda was asked for, but gpus is 0")
    raise ValueError("the name must be auto, cpu or cuda")

# %% right: a table
def choose_device(name, gpus):
    there = "cuda" if gpus else None
    table = {"auto": there or "cpu", "cpu": "cpu", "cuda": there}
    if name not in table:
        raise ValueError("no such device here")
    if table[name] is None:
        raise RuntimeError("no GPU")
    return torch.device(table[name])

# %% right: match, and errors of its own kinds
class NoGPU(RuntimeError):
    pass

def choose_device(name, gpus):
    match name, bool(gpus):
        case ("cpu", _) | ("auto", False):
            return torch.device(type="cpu")
        case ("auto" | "cuda", True):
            return torch.device(type="cuda", index=0)
        case ("cuda", False):
            raise NoGPU("no GPU here")
        case _:
            raise ValueError(f"{name} is no device")

# %% wrong 1.3: asks PyTorch instead of gpus
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError("no such device here")
    there = torch.cuda.is_available() and False  # as on a machine without a GPU
    if name == "cuda" and not there:
        raise RuntimeError("no GPU")
    return torch.device("cuda" if there and name != "cpu" else "cpu")

# %% wrong 1.75: strings come back
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError("no such device here")
    if name == "cuda" and gpus == 0:
        raise RuntimeError("no GPU")
    return "cuda" if gpus > 0 and name != "cpu" else "cpu"

# %% wrong 1.75: falls back to the CPU without a word
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError("no such device here")
    return torch.device("cuda" if gpus > 0 and name != "cpu" else "cpu")

# %% wrong 1.75: takes the GPU whenever there is one
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError("no such device here")
    if name == "cuda" and gpus == 0:
        raise RuntimeError("no GPU")
    return torch.device("cuda" if gpus > 0 else "cpu")

# %% wrong 1.75: any other name counts as auto
def choose_device(name, gpus):
    if name == "cuda" and gpus == 0:
        raise RuntimeError("no GPU")
    return torch.device("cpu" if name == "cpu" or gpus == 0 else "cuda")

# %% wrong 1.75: only exactly one GPU counts
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError("no such device here")
    if name == "cuda" and gpus == 0:
        raise RuntimeError("no GPU")
    return torch.device("cuda" if gpus == 1 and name != "cpu" else "cpu")

# %% wrong 1.3: more than one GPU is needed
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError("no such device here")
    if name == "cuda" and gpus <= 1:
        raise RuntimeError("no GPU")
    return torch.device("cuda" if gpus > 1 and name != "cpu" else "cpu")

# %% wrong 1.75: prints the error instead of raising it
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError("no such device here")
    if name == "cuda" and gpus == 0:
        print("RuntimeError: no GPU")
        return torch.device("cpu")
    return torch.device("cuda" if gpus > 0 and name != "cpu" else "cpu")

# %% wrong 1.75: one kind of error for both
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda") or (name == "cuda" and gpus == 0):
        raise RuntimeError("this device is not there")
    return torch.device("cuda" if gpus > 0 and name != "cpu" else "cpu")

# %% wrong 0.75: hands the name to torch.device, which does not know "auto"
def choose_device(name, gpus):
    if name == "cuda" and gpus == 0:
        raise RuntimeError("no GPU")
    return torch.device(name)

# %% wrong 1: the two names swapped
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError("no such device here")
    if name == "cuda" and gpus == 0:
        raise RuntimeError("no GPU")
    return torch.device("cpu" if gpus > 0 and name != "cpu" else "cuda")

# %% right: conditions in another order, long sentences
def choose_device(name, gpus):
    have = gpus >= 1
    if name == "cuda" and not have:
        raise RuntimeError("There is no GPU on this machine.")
    if name in {"cuda", "auto"} and have:
        return torch.device("cuda")
    if name in {"cpu", "auto"}:
        return torch.device("cpu")
    raise ValueError("The device has to be one of auto, cpu and cuda.")

# %% wrong 1.75: errors without a text
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError
    if name == "cuda" and gpus == 0:
        raise RuntimeError
    return torch.device("cpu" if name == "cpu" or gpus == 0 else "cuda")

# %% wrong 1.75: the text is the name alone
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError(name)
    if name == "cuda" and gpus == 0:
        raise RuntimeError("There is no GPU here.")
    return torch.device("cpu" if name == "cpu" or gpus == 0 else "cuda")

# %% wrong 1.25: returns the errors
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        return ValueError("no such device")
    if name == "cuda" and gpus == 0:
        return RuntimeError("no GPU here")
    return torch.device("cpu" if name == "cpu" or gpus == 0 else "cuda")

# %% wrong 1.3: always the CPU
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError("no such device")
    if name == "cuda" and gpus == 0:
        raise RuntimeError("no GPU here")
    return torch.device("cpu")

# %% wrong 1.3: the name as it is
def choose_device(name, gpus):
    """The torch.device for "auto", "cpu" or "cuda" on a machine with so many GPUs."""
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError(f"the device is {name!r}, wanted 'auto', 'cpu' or 'cuda'")
    if name == "cuda" and gpus == 0:
        raise RuntimeError("the device is 'cuda', but there is no GPU here: choose 'auto' or 'cpu'")
    return torch.device("cpu" if name == "auto" else name)
