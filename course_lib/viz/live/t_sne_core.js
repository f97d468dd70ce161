// t-SNE in plain numbers, as in course_lib.experiments.t_sne. A test compares both, step by step.
// N points: matrices are flat, N * N numbers in rows; a map is 2 * N numbers x, y, x, y, ...

export const EXAGGERATION = 4;
export const MOMENTUM = 0.8;

// The whole matrix of squared distances from the part above its diagonal.
export function wholeMatrix(above, N) {
  const distances = new Float64Array(N * N);
  let next = 0;
  for (let i = 0; i < N; i++)
    for (let j = i + 1; j < N; j++) distances[i * N + j] = distances[j * N + i] = above[next++];
  return distances;
}

// Whom point i would choose as its neighbor, and for how many neighbors these probabilities stand.
function neighborRow(distances, N, i, beta, row) {
  let nearest = Infinity;
  for (let j = 0; j < N; j++) if (j !== i) nearest = Math.min(nearest, distances[i * N + j]);
  let sum = 0;
  for (let j = 0; j < N; j++) {
    row[j] = j === i ? 0 : Math.exp(-beta * (distances[i * N + j] - nearest));
    sum += row[j];
  }
  let entropy = 0;
  for (let j = 0; j < N; j++) {
    row[j] /= sum;
    if (row[j] > 0) entropy -= row[j] * Math.log2(row[j]);
  }
  return 2 ** entropy;
}

// The probability of each pair to be neighbors. Bisection finds the width of each point's bell.
export function affinities(distances, N, perplexity) {
  const mean = distances.reduce((a, b) => a + b, 0) / (N * N);
  const P = new Float64Array(N * N);
  const row = new Float64Array(N);
  for (let i = 0; i < N; i++) {
    let [low, high] = [0, Infinity];
    let beta = 1 / Math.max(mean, 1e-12);
    for (let k = 0; k < 60; k++) {
      if (neighborRow(distances, N, i, beta, row) > perplexity) low = beta;
      else high = beta;
      beta = high === Infinity ? 2 * beta : (low + high) / 2;
    }
    neighborRow(distances, N, i, beta, row);
    for (let j = 0; j < N; j++) {
      P[i * N + j] += row[j] / (2 * N);
      P[j * N + i] += row[j] / (2 * N);
    }
  }
  return P;
}

// 1 / (1 + squared distance) of all pairs on the plane, and the sum of all.
function kernel(y, N, w) {
  let sum = 0;
  for (let i = 0; i < N; i++)
    for (let j = i + 1; j < N; j++) {
      const [dx, dy] = [y[2 * i] - y[2 * j], y[2 * i + 1] - y[2 * j + 1]];
      w[i * N + j] = w[j * N + i] = 1 / (1 + dx * dx + dy * dy);
      sum += 2 * w[i * N + j];
    }
  return sum;
}

export function createMap(P, N, start, steps) {
  const y = Float64Array.from(start.flat());
  return { P, N, steps, y, v: new Float64Array(2 * N), w: new Float64Array(N * N), t: 0 };
}

// The sum of P log(P / Q), with P as it is.
export function divergence({ P, N, y, w }) {
  const sum = kernel(y, N, w);
  let loss = 0;
  for (let k = 0; k < N * N; k++) if (P[k] > 0) loss += P[k] * Math.log((P[k] * sum) / w[k]);
  return loss;
}

// One step of gradient descent with momentum; P is exaggerated in the first quarter of the steps.
export function stepMap(map) {
  const { P, N, y, v, w } = map;
  const factor = map.t < Math.floor(map.steps / 4) ? EXAGGERATION : 1;
  const sum = kernel(y, N, w);
  const g = new Float64Array(2 * N);
  for (let i = 0; i < N; i++)
    for (let j = 0; j < N; j++) {
      const force = 4 * (factor * P[i * N + j] - w[i * N + j] / sum) * w[i * N + j];
      g[2 * i] += force * (y[2 * i] - y[2 * j]);
      g[2 * i + 1] += force * (y[2 * i + 1] - y[2 * j + 1]);
    }
  for (let k = 0; k < 2 * N; k++) {
    v[k] = MOMENTUM * v[k] + g[k];
    y[k] -= (N / 4) * v[k];
  }
  map.t += 1;
}
