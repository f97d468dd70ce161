# Property -> check
# share of right ones -> the worked example; the more are right, the larger it is
# a number -> a number comes back, no tensor
# evaluation mode, and back -> in evaluation mode; the mode of before
# largest of all logits -> three classes; one picture
# any integer labels, one picture -> one picture, uint8 labels
# under no_grad: can't be seen, said to be a habit -> not tested

# %% right: argmax, in NumPy from there on
def accuracy(net, X, y):
    was, device = net.training, next(net.parameters()).device
    net.eval()
    with torch.no_grad():
        said = net(torch.tensor(X, device=device)).argmax(dim=1).cpu().numpy()
    net.train(was)
    return float((said == y).mean())

# %% right: in parts, counted in PyTorch
@torch.no_grad()
def accuracy(net, X, y):
    mode = net.training
    net.train(False)
    device = next(net.parameters()).device
    right = 0
    for start in range(0, len(X), 3):
        x = torch.from_numpy(X[start : start + 3]).to(device)
        t = torch.from_numpy(y[start : start + 3].astype("int64")).to(device)
        right += (net(x).max(dim=1).indices == t).sum().item()
    net.train(mode)
    return right / len(X)

# %% right: sample by sample, loops over the logits
def accuracy(net, X, y):
    before = net.training
    net.eval()
    try:
        place = next(net.parameters()).device
        hits = 0
        with torch.inference_mode():
            for x, label in zip(X, y):
                logits = net(torch.tensor(x[None]).to(place))[0].tolist()
                best = max(range(len(logits)), key=lambda k: logits[k])
                hits += best == int(label)
        return hits / len(y)
    finally:
        if before:
            net.train()

# %% right: topk, a NumPy number
def accuracy(net, X, y):
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    X = torch.as_tensor(X.copy(), device=next(net.parameters()).device)
    said = net(X).detach().cpu().topk(1).indices.reshape(-1)
    for module, mode in modes:
        module.training = mode
    return np.float64(np.count_nonzero(np.equal(said.numpy(), y)) / y.size)

# %% wrong 1.5: eval() forgotten
def accuracy(net, X, y):
    was, device = net.training, next(net.parameters()).device
    with torch.no_grad():
        said = net(torch.tensor(X, device=device)).argmax(dim=1).cpu().numpy()
    net.train(was)
    return float((said == y).mean())

# %% wrong 1.75: stays in evaluation mode
def accuracy(net, X, y):
    was, device = net.training, next(net.parameters()).device
    net.eval()
    with torch.no_grad():
        said = net(torch.tensor(X, device=device)).argmax(dim=1).cpu().numpy()
    return float((said == y).mean())

# %% wrong 1.75: always back to training
def accuracy(net, X, y):
    was, device = net.training, next(net.parameters()).device
    net.eval()
    with torch.no_grad():
        said = net(torch.tensor(X, device=device)).argmax(dim=1).cpu().numpy()
    net.train()
    return float((said == y).mean())

# %% wrong 1.5: the number, not the share
def accuracy(net, X, y):
    was, device = net.training, next(net.parameters()).device
    net.eval()
    with torch.no_grad():
        said = net(torch.tensor(X, device=device)).argmax(dim=1).cpu().numpy()
    net.train(was)
    return float((said == y).sum())

# %% wrong 1.25: in per cent
def accuracy(net, X, y):
    was, device = net.training, next(net.parameters()).device
    net.eval()
    with torch.no_grad():
        said = net(torch.tensor(X, device=device)).argmax(dim=1).cpu().numpy()
    net.train(was)
    return 100 * float((said == y).mean())

# %% wrong 0: argmax over the samples
def accuracy(net, X, y):
    was, device = net.training, next(net.parameters()).device
    net.eval()
    with torch.no_grad():
        said = net(torch.tensor(X, device=device)).argmax(dim=0).cpu().numpy()
    net.train(was)
    return float((said == y).mean())

# %% wrong 0.75: argmax over everything
def accuracy(net, X, y):
    was, device = net.training, next(net.parameters()).device
    net.eval()
    with torch.no_grad():
        said = net(torch.tensor(X, device=device)).argmax().cpu().numpy()
    net.train(was)
    return float((said == y).mean())

# %% wrong 1: the share of errors
def accuracy(net, X, y):
    was, device = net.training, next(net.parameters()).device
    net.eval()
    with torch.no_grad():
        said = net(torch.tensor(X, device=device)).argmax(dim=1).cpu().numpy()
    net.train(was)
    return float((said != y).mean())

# %% wrong 1.75: a tensor comes back
def accuracy(net, X, y):
    was, device = net.training, next(net.parameters()).device
    net.eval()
    with torch.no_grad():
        said = net(torch.tensor(X, device=device)).argmax(dim=1).cpu().numpy()
    net.train(was)
    return torch.tensor((said == y).mean())

# %% wrong 1.75: squeezes, so one picture loses its axis
def accuracy(net, X, y):
    was, device = net.training, next(net.parameters()).device
    net.eval()
    with torch.no_grad():
        said = net(torch.tensor(X, device=device)).squeeze().argmax(dim=-1).cpu().numpy()
    net.train(was)
    return sum(int(a == b) for a, b in zip(said, y)) / len(y)

# %% wrong 1: the smallest logit
def accuracy(net, X, y):
    was, device = net.training, next(net.parameters()).device
    net.eval()
    with torch.no_grad():
        said = net(torch.tensor(X, device=device)).argmin(dim=1).cpu().numpy()
    net.train(was)
    return float((said == y).mean())

# %% wrong 1.5: sets only the mode of the outermost module, by its attribute
def accuracy(net, X, y):
    was, device = net.training, next(net.parameters()).device
    net.training = False
    with torch.no_grad():
        said = net(torch.tensor(X, device=device)).argmax(dim=1).cpu().numpy()
    net.training = was
    return float((said == y).mean())

# %% wrong 1.25: a logit above 0.5 is a yes for class 1
def accuracy(net, X, y):
    was, device = net.training, next(net.parameters()).device
    net.eval()
    with torch.no_grad():
        said = net(torch.tensor(X, device=device))[:, 1].cpu().numpy() > 0.5
    net.train(was)
    return float((said == y).mean())

# %% wrong 1.5: rounded to one place
def accuracy(net, X, y):
    was, device = net.training, next(net.parameters()).device
    net.eval()
    with torch.no_grad():
        said = net(torch.tensor(X, device=device)).argmax(dim=1).cpu().numpy()
    net.train(was)
    return round(float((said == y).mean()), 1)

# %% right: counts in a loop of mini-batches, mode by hand
def accuracy(net, X, y):
    mode = net.training
    net.train(False)
    device, right = next(net.parameters()).device, 0
    with torch.inference_mode():
        for start in range(0, len(X), 2):
            logits = net(torch.as_tensor(X[start : start + 2]).to(device))
            _, best = logits.max(1)
            right += int((best.cpu() == torch.as_tensor(np.asarray(y[start : start + 2]).astype(np.int64))).sum())
    net.train(mode)
    return right / len(X)

# %% wrong 1.5: two classes only
def accuracy(net, X, y):
    was, device = net.training, next(net.parameters()).device
    net.eval()
    with torch.no_grad():
        logits = net(torch.tensor(X, device=device)).cpu().numpy()
    net.train(was)
    return float(np.mean((logits[:, 1] > logits[:, 0]) == np.asarray(y)))

# %% wrong 0: the mean of the largest logits
def accuracy(net, X, y):
    was, device = net.training, next(net.parameters()).device
    net.eval()
    with torch.no_grad():
        logits = net(torch.tensor(X, device=device)).cpu().numpy()
    net.train(was)
    return float(logits.max(axis=1).mean())

# %% wrong 0: one
def accuracy(net, X, y):
    return 1.0

# %% wrong 1: smallest
def accuracy(net, X, y):
    """The share of the samples X (N, ...) to which net gives their labels y (N,)."""
    was_training, device = net.training, next(net.parameters()).device
    net.eval()
    with torch.no_grad():
        said = net(torch.tensor(X, device=device)).argmin(dim=1).cpu().numpy()
    net.train(was_training)
    return float(np.mean(said == y))
