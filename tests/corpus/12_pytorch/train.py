# Answers to "train": visible 2.5 (losses 1.5, weights 0.5, steps 0.5), hidden: each once,
# random order, one mean, labels, device, mode, inputs, 0.5 each.

# %% right: randperm and split
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for chosen in torch.randperm(len(X)).to(device).split(batch_size):
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(sum(losses) / len(losses))
    return means

# %% right: NumPy's permutation, slices of it, the step written by hand
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net = net.to(device)
    net.train()
    rng, history = np.random.default_rng(), []
    for epoch in range(epochs):
        order, total, count = rng.permutation(len(X)), 0.0, 0
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            x = torch.from_numpy(X[rows]).to(device)
            t = torch.from_numpy(y[rows].astype(np.int64)).to(device)
            loss = torch.nn.CrossEntropyLoss()(net(x), t)
            net.zero_grad()
            loss.backward()
            with torch.no_grad():
                for parameter in net.parameters():
                    parameter -= lr * parameter.grad
            total, count = total + float(loss), count + 1
        history.append(total / count)
    return history

# %% right: a DataLoader, zero_grad at the end of the step, the mean over samples
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    pairs = torch.utils.data.TensorDataset(torch.tensor(X), torch.tensor(y).long())
    loader = torch.utils.data.DataLoader(pairs, batch_size=batch_size, shuffle=True)
    net.to(device)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    result = np.zeros(epochs)
    for epoch in range(epochs):
        net.train()
        for x, t in loader:
            logits = net(x.to(device))
            loss = torch.nn.functional.cross_entropy(logits, t.to(device))
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            result[epoch] += loss.item() * len(x) / len(X)
    return result

# %% right: cross-entropy by hand from log_softmax, an argsort of random numbers
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    device = torch.device(device)
    net.to(device).train(True)
    X = torch.as_tensor(np.array(X), dtype=torch.float32).to(device)
    labels = torch.as_tensor(np.array(y, dtype=np.int64)).to(device)
    sgd, out = torch.optim.SGD(net.parameters(), lr), []
    while len(out) < epochs:
        losses = []
        order = torch.argsort(torch.rand(X.shape[0])).to(device)
        while len(order):
            now, order = order[:batch_size], order[batch_size:]
            log_p = torch.log_softmax(net(X[now]), dim=1)
            loss = -log_p.gather(1, labels[now][:, None]).mean()
            sgd.zero_grad(set_to_none=False)
            loss.backward()
            sgd.step()
            losses += [loss.detach().cpu().numpy()]
        out += [float(np.mean(losses))]
    return out

# %% wrong 4: zero_grad forgotten
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for chosen in torch.randperm(len(X)).to(device).split(batch_size):
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(sum(losses) / len(losses))
    return means

# %% wrong 3: softmax before the loss
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for chosen in torch.randperm(len(X)).to(device).split(batch_size):
            loss = torch.nn.functional.cross_entropy(torch.softmax(net(X[chosen]), dim=1), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(sum(losses) / len(losses))
    return means

# %% wrong 3.5: Adam instead of plain gradient descent
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for chosen in torch.randperm(len(X)).to(device).split(batch_size):
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(sum(losses) / len(losses))
    return means

# %% wrong 2.5: the loss after the step
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for chosen in torch.randperm(len(X)).to(device).split(batch_size):
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            after = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            losses.append(after.item())
        means.append(sum(losses) / len(losses))
    return means

# %% wrong 2.5: the last, smaller mini-batch is left out
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for chosen in torch.randperm(len(X)).to(device).split(batch_size):
            if len(chosen) < batch_size:
                break
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(sum(losses) / len(losses))
    return means

# %% wrong 5: draws each mini-batch anew from all samples
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for _ in range(0, len(X), batch_size):
            chosen = torch.randperm(len(X)).to(device)[:batch_size]
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(sum(losses) / len(losses))
    return means

# %% wrong 5: mini-batches that overlap by one sample
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        order = torch.randperm(len(X)).to(device)
        for start in range(0, len(X), batch_size):
            chosen = order[start : start + batch_size + 1]
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(sum(losses) / len(losses))
    return means

# %% wrong 5.5: no random order
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for chosen in torch.arange(len(X)).to(device).split(batch_size):
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(sum(losses) / len(losses))
    return means

# %% wrong 5.5: mini-batches in random order, their samples not
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for chosen in [
            (batch_size * k + torch.arange(min(batch_size, len(X) - batch_size * k))).to(device)
            for k in torch.randperm(-(-len(X) // batch_size)).tolist()
        ]:
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(sum(losses) / len(losses))
    return means

# %% wrong 5.5: the last loss of each epoch
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for chosen in torch.randperm(len(X)).to(device).split(batch_size):
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(losses[-1])
    return means

# %% wrong 5.5: the sum of the losses
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for chosen in torch.randperm(len(X)).to(device).split(batch_size):
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(sum(losses))
    return means

# %% wrong 5.5: labels of other dtypes
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, device=device)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for chosen in torch.randperm(len(X)).to(device).split(batch_size):
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(sum(losses) / len(losses))
    return means

# %% wrong 5.5: evaluation mode stays on
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device)
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for chosen in torch.randperm(len(X)).to(device).split(batch_size):
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(sum(losses) / len(losses))
    return means

# %% wrong 3: trains a copy
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    import copy

    net = copy.deepcopy(net).to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for chosen in torch.randperm(len(X)).to(device).split(batch_size):
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(sum(losses) / len(losses))
    return means

# %% wrong 5.5: shuffles the caller's arrays
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    order = np.random.permutation(len(X))
    X[:], y[:] = X[order], y[order]
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for chosen in torch.randperm(len(X)).to(device).split(batch_size):
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(sum(losses) / len(losses))
    return means

# %% wrong 5: batches of 100, whatever was asked for
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for chosen in torch.randperm(len(X)).to(device).split(100):
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(sum(losses) / len(losses))
    return means

# %% wrong 5.5: ignores the device
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.train()
    X, y = torch.tensor(X), torch.tensor(y, dtype=torch.int64)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for chosen in torch.randperm(len(X)).split(batch_size):
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(sum(losses) / len(losses))
    return means

# %% wrong 5.5: leaves the data where they are
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X), torch.tensor(y, dtype=torch.int64)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for chosen in torch.randperm(len(X)).split(batch_size):
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(sum(losses) / len(losses))
    return means

# %% wrong 5.5: tensors come back
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for chosen in torch.randperm(len(X)).to(device).split(batch_size):
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.detach())
        means.append(sum(losses) / len(losses))
    return means

# %% wrong 5.5: tensors come back, each with the graph of all its steps
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, device=device).long()
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        total, parts = 0, torch.randperm(len(X)).split(batch_size)
        for part in parts:
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(net(X[part]), y[part])
            loss.backward()
            optimizer.step()
            total += loss
        means.append(total / len(parts))
    return means
