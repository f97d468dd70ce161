# Property -> check
# cross-entropy, plain SGD, loss before the step -> the losses of the worked example
# the given network, zero_grad -> the weights that it learns (mini-batches that are full)
# mini-batches of batch_size, a smaller last one -> the number of steps
# each sample once -> each sample once an epoch
# random order -> in random order
# another order in each epoch -> a new order in each epoch (5 samples by 4: the mean tells the last one)
# mean of mini-batch losses, numbers -> one mean loss per epoch
# any integer labels -> labels of any integer dtype
# network and data on device -> on the device that is named
# training mode -> in training mode
# X, y left as they are -> samples and labels are left as they were (nothing else)

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

# %% right: a DataLoader, zero_grad at the end of the step
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
            result[epoch] += loss.item() / len(loader)
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

# %% wrong 3.5: zero_grad forgotten
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

# %% wrong 2.75: softmax before the loss
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

# %% wrong 3.25: Adam instead of plain gradient descent
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

# %% wrong 4.25: the loss after the step
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

# %% wrong 2.75: the last, smaller mini-batch is left out
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

# %% wrong 3.9: draws each mini-batch anew from all samples
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

# %% wrong 3.9: mini-batches that overlap by one sample
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

# %% wrong 4.5: no random order
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

# %% wrong 4.5: mini-batches in random order, their samples not
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

# %% wrong 5.75: labels of other dtypes
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

# %% wrong 4.8: evaluation mode stays on
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

# %% wrong 2.75: trains a copy
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

# %% wrong 5.75: shuffles the caller's arrays
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

# %% wrong 4.25: batches of 100, whatever was asked for
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

# %% wrong 5.75: ignores the device
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

# %% wrong 5.75: leaves the data where they are
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

# %% right: a TensorDataset and a DataLoader, losses as floats
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device)
    net.train()
    pairs = torch.utils.data.TensorDataset(
        torch.tensor(X, device=device), torch.tensor(np.asarray(y).astype(np.int64), device=device)
    )
    loader = torch.utils.data.DataLoader(pairs, batch_size=batch_size, shuffle=True)
    criterion, sgd = torch.nn.CrossEntropyLoss(), torch.optim.SGD(net.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        losses = []
        for inputs, labels in loader:
            sgd.zero_grad()
            loss = criterion(net(inputs), labels)
            loss.backward()
            sgd.step()
            losses.append(loss.item())
        means.append(sum(losses) / len(losses))
    return means

# %% wrong 5.5: the mean over the samples
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer, means = torch.optim.SGD(net.parameters(), lr=lr), []
    for _ in range(epochs):
        total = 0.0
        for chosen in torch.randperm(len(X), device=device).split(batch_size):
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(chosen)
        means.append(total / len(X))
    return means

# %% wrong 4.8: one order for all epochs
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer, means = torch.optim.SGD(net.parameters(), lr=lr), []
    order = torch.randperm(len(X), device=device)
    for _ in range(epochs):
        losses = []
        for chosen in order.split(batch_size):
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(float(np.mean(losses)))
    return means

# %% wrong 4.8: the same seed in each epoch
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer, means = torch.optim.SGD(net.parameters(), lr=lr), []
    for _ in range(epochs):
        losses = []
        order = torch.tensor(np.random.default_rng(0).permutation(len(X)), device=device)
        for chosen in order.split(batch_size):
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        means.append(float(np.mean(losses)))
    return means

# %% wrong 4.25: all samples in one mini-batch
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    optimizer, means = torch.optim.SGD(net.parameters(), lr=lr), []
    for _ in range(epochs):
        loss = torch.nn.functional.cross_entropy(net(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        means.append(loss.item())
    return means

# %% wrong 3.25: no step
def train(net, X, y, epochs, lr, batch_size=100, device="cpu"):
    net.to(device).train()
    X, y = torch.tensor(X, device=device), torch.tensor(y, dtype=torch.int64, device=device)
    means = []
    for _ in range(epochs):
        losses = []
        for chosen in torch.randperm(len(X), device=device).split(batch_size):
            loss = torch.nn.functional.cross_entropy(net(X[chosen]), y[chosen])
            loss.backward()
            losses.append(loss.item())
        means.append(float(np.mean(losses)))
    return means
