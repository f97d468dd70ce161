// The arithmetic of the network that learns: the same as course_lib.nn and optim.SGD, sample by
// sample instead of in matrices, so that every line is a sum that can be followed.
// A test runs both side by side for 100 steps.
import { randomSource } from "./random.js";

function sigmoid(z) {
  const e = Math.exp(-Math.abs(z)); // never positive, so it can't overflow
  return (z >= 0 ? 1 : e) / (1 + e);
}

// f(z), its slope df/dz, and the range in which to show a unit: [lowest, highest] or free.
export const ACTIVATIONS = {
  tanh: { f: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2, bounded: true, kind: "xavier" },
  sigmoid: { f: sigmoid, slope: (z) => sigmoid(z) * sigmoid(-z), bounded: true, kind: "xavier" },
  relu: { f: (z) => Math.max(z, 0), slope: (z) => (z > 0 ? 1 : 0), bounded: false, kind: "he" },
  linear: { f: (z) => z, slope: () => 1, bounded: false, kind: "xavier" },
};

// A network of sizes [2, ..., classes]; each layer holds W[i][j] (in, out) and b[j].
export function createNetwork(sizes, activation, seed) {
  const random = randomSource(seed);
  const layers = [];
  for (let l = 0; l + 1 < sizes.length; l++) {
    const [fanIn, fanOut] = [sizes[l], sizes[l + 1]];
    const he = ACTIVATIONS[activation].kind === "he";
    const deviation = Math.sqrt(2 / (he ? fanIn : fanIn + fanOut));
    const W = Array.from({ length: fanIn }, () =>
      Array.from({ length: fanOut }, () => deviation * random.normal()),
    );
    layers.push({ W, b: new Array(fanOut).fill(0) });
  }
  return { sizes, activation, layers };
}

// All activations for one sample: a[0] is the sample, the last are the logits. z: before f.
export function forward(network, x) {
  const { f } = ACTIVATIONS[network.activation];
  const a = [x];
  const z = [];
  network.layers.forEach(({ W, b }, l) => {
    const sums = b.slice();
    a[l].forEach((value, i) => {
      for (let j = 0; j < sums.length; j++) sums[j] += value * W[i][j];
    });
    z.push(sums);
    a.push(l + 1 < network.layers.length ? sums.map(f) : sums);
  });
  return { a, z };
}

export function softmax(logits) {
  const top = Math.max(...logits); // changes nothing in the quotient, keeps exp from overflowing
  const e = logits.map((v) => Math.exp(v - top));
  const sum = e.reduce((s, v) => s + v, 0);
  return e.map((v) => v / sum);
}

function crossEntropy(logits, label) {
  const top = Math.max(...logits);
  return Math.log(logits.reduce((s, v) => s + Math.exp(v - top), 0)) - (logits[label] - top);
}

function zeroGradients(network) {
  return network.layers.map(({ W, b }) => ({ W: W.map((row) => row.map(() => 0)), b: b.map(() => 0) }));
}

// Backpropagation for one sample: adds its gradients, times `weight`, to those gathered so far.
export function backward(network, { a, z }, label, gradients, weight = 1) {
  const { slope } = ACTIVATIONS[network.activation];
  // softmax and cross-entropy together: probability minus truth
  let delta = softmax(a[a.length - 1]).map((p, k) => weight * (p - (k === label ? 1 : 0)));
  for (let l = network.layers.length - 1; l >= 0; l--) {
    const gradient = gradients[l];
    delta.forEach((d, j) => {
      gradient.b[j] += d;
      a[l].forEach((value, i) => {
        gradient.W[i][j] += value * d;
      });
    });
    if (l === 0) return;
    delta = network.layers[l].W.map(
      (row, i) =>
        // dL/da, then through the activation
        slope(z[l - 1][i]) * row.reduce((s, w, j) => s + w * delta[j], 0),
    );
  }
}

// w -= rate * (gradient + decay * w), for weights and biases: optim.SGD with weight_decay.
function sgdStep(network, gradients, rate, decay) {
  const update = (w, g) => {
    w.forEach((v, j) => {
      w[j] = v - rate * (g[j] + decay * v);
    });
  };
  network.layers.forEach(({ W, b }, l) => {
    W.forEach((row, i) => update(row, gradients[l].W[i]));
    update(b, gradients[l].b);
  });
}

// One step on the samples at `indices`; returns their mean loss before it.
export function trainStep(network, { x, y }, indices, rate, decay) {
  const gradients = zeroGradients(network);
  let loss = 0;
  for (const n of indices) {
    const memory = forward(network, x[n]);
    loss += crossEntropy(memory.a[memory.a.length - 1], y[n]) / indices.length;
    backward(network, memory, y[n], gradients, 1 / indices.length);
  }
  sgdStep(network, gradients, rate, decay);
  return loss;
}

// Mean loss and the number of wrong answers on the samples at `indices`.
export function evaluate(network, { x, y }, indices) {
  let loss = 0;
  let wrong = 0;
  for (const n of indices) {
    const { a } = forward(network, x[n]);
    const logits = a[a.length - 1];
    loss += crossEntropy(logits, y[n]) / indices.length;
    if (logits.indexOf(Math.max(...logits)) !== y[n]) wrong += 1;
  }
  return { loss: indices.length ? loss : NaN, wrong };
}

// Mini-batches without end: every epoch all indices once, in a new order.
export function createBatches(indices, size, seed) {
  const random = randomSource(seed);
  let rest = [];
  return function next() {
    if (!rest.length) rest = random.permutation(indices.length).map((i) => indices[i]);
    return rest.splice(0, size);
  };
}

// The samples of a set at a level of noise: what course_lib.data draws, centered and scaled.
export function noisy(set, noise) {
  const x = set.x.map(([x1, x2], n) => [x1 + noise * set.e[n][0], x2 + noise * set.e[n][1]]);
  return { x, y: set.y.slice() };
}
