# Answers to "choose_device": visible 1.25 (auto without 0.25, auto with 0.5, CPU 0.25, cuda 0.25),
# hidden: several GPUs, torch.device, another name, 0.25 each.

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
        raise ValueError(name)
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

# %% wrong 1.25: asks PyTorch instead of gpus
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError(name)
    there = torch.cuda.is_available() and False  # as on a machine without a GPU
    if name == "cuda" and not there:
        raise RuntimeError("no GPU")
    return torch.device("cuda" if there and name != "cpu" else "cpu")

# %% wrong 1.75: strings come back
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError(name)
    if name == "cuda" and gpus == 0:
        raise RuntimeError("no GPU")
    return "cuda" if gpus > 0 and name != "cpu" else "cpu"

# %% wrong 1.75: falls back to the CPU without a word
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError(name)
    return torch.device("cuda" if gpus > 0 and name != "cpu" else "cpu")

# %% wrong 1.75: takes the GPU whenever there is one
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError(name)
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
        raise ValueError(name)
    if name == "cuda" and gpus == 0:
        raise RuntimeError("no GPU")
    return torch.device("cuda" if gpus == 1 and name != "cpu" else "cpu")

# %% wrong 1.5: more than one GPU is needed
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError(name)
    if name == "cuda" and gpus <= 1:
        raise RuntimeError("no GPU")
    return torch.device("cuda" if gpus > 1 and name != "cpu" else "cpu")

# %% wrong 1.75: prints the error instead of raising it
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError(name)
    if name == "cuda" and gpus == 0:
        print("RuntimeError: no GPU")
        return torch.device("cpu")
    return torch.device("cuda" if gpus > 0 and name != "cpu" else "cpu")

# %% wrong 1.75: one kind of error for both
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda") or (name == "cuda" and gpus == 0):
        raise RuntimeError("this device is not there")
    return torch.device("cuda" if gpus > 0 and name != "cpu" else "cpu")

# %% wrong 0.5: hands the name to torch.device, which does not know "auto"
def choose_device(name, gpus):
    if name == "cuda" and gpus == 0:
        raise RuntimeError("no GPU")
    return torch.device(name)

# %% wrong 0.75: the two names swapped
def choose_device(name, gpus):
    if name not in ("auto", "cpu", "cuda"):
        raise ValueError(name)
    if name == "cuda" and gpus == 0:
        raise RuntimeError("no GPU")
    return torch.device("cpu" if gpus > 0 and name != "cpu" else "cuda")
