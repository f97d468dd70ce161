// The gradient of a digit reader's scores with respect to its pixels, and steps along it:
// course_lib.experiments.inside.ascend in plain numbers. A test takes the same steps in both.
import { outputSize } from "./convolution_core.js";
import { probabilities, unpack } from "./digit_core.js";

const SIDE = 28;

// A network whose layers know the sides of the maps that go in and come out; all arrays are flat.
export function createReader(packed) {
  let side = SIDE;
  const layers = unpack(packed).map((layer) => {
    if (layer.kind !== "conv") return layer;
    const sized = { ...layer, side, out: outputSize(side, layer.shape[2], layer.stride, layer.padding) };
    side = sized.out;
    return sized;
  });
  return { layers };
}

// Calls visit(output, input, weight) for every product of a layer.
function products(layer, visit) {
  if (layer.kind === "linear") {
    const [D, K] = layer.shape;
    for (let i = 0; i < D; i++) for (let k = 0; k < K; k++) visit(k, i, i * K + k);
    return;
  }
  const { shape, side, out, stride, padding } = layer;
  const [K, C, kH, kW] = shape;
  for (let k = 0; k < K; k++) {
    for (let i = 0; i < out; i++) {
      for (let j = 0; j < out; j++) {
        for (let c = 0; c < C; c++) {
          for (let u = 0; u < kH; u++) {
            const row = i * stride + u - padding;
            if (row < 0 || row >= side) continue; // a zero of the padding
            for (let v = 0; v < kW; v++) {
              const column = j * stride + v - padding;
              if (column < 0 || column >= side) continue;
              visit((k * out + i) * out + j, (c * side + row) * side + column, ((k * C + c) * kH + u) * kW + v);
            }
          }
        }
      }
    }
  }
}

function forward(layer, x) {
  const places = layer.kind === "conv" ? layer.out ** 2 : 1;
  const z = Float64Array.from({ length: layer.b.length * places }, (_, n) => layer.b[Math.floor(n / places)]);
  products(layer, (n, i, w) => {
    z[n] += x[i] * layer.W[w];
  });
  return z;
}

function backward(layer, grad, size) {
  const dx = new Float64Array(size);
  products(layer, (n, i, w) => {
    dx[i] += grad[n] * layer.W[w];
  });
  return dx;
}

// The scores of the ten digits, and the gradient of one of them with respect to the pixels.
export function scoreAndGradient({ layers }, pixels, target) {
  const inputs = [];
  let z = pixels;
  layers.forEach((layer, l) => {
    const x = l ? z.map((v) => Math.max(0, v)) : z; // a ReLU before every layer but the first
    inputs.push(x);
    z = forward(layer, x);
  });
  let grad = z.map((_, k) => (k === target ? 1 : 0));
  for (let l = layers.length - 1; l >= 0; l--) {
    grad = backward(layers[l], grad, inputs[l].length);
    if (l) grad = grad.map((g, i) => (inputs[l][i] > 0 ? g : 0));
  }
  return { scores: Array.from(z), gradient: grad };
}

// Blurred by a Gaussian of standard deviation `spread`, mirrored at the rim.
export function blur(pixels, spread) {
  const reach = Math.ceil(3 * spread);
  let weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-0.5 * ((i - reach) / spread) ** 2));
  const sum = weights.reduce((s, w) => s + w, 0);
  weights = weights.map((w) => w / sum);
  const mirror = (i) => (i < 0 ? -i - 1 : i >= SIDE ? 2 * SIDE - 1 - i : i);
  const along = (x, place) =>
    x.map((_, n) => {
      const [row, column] = [Math.floor(n / SIDE), n % SIDE];
      return weights.reduce((s, w, i) => s + w * x[place(row, column, i - reach)], 0);
    });
  const down = along(pixels, (row, column, step) => mirror(row + step) * SIDE + column);
  return along(down, (row, column, step) => row * SIDE + mirror(column + step));
}

// An ascent on the score of `target`, from the pixels that it begins with.
export function createAscent(reader, start) {
  return { reader, start: Float64Array.from(start), x: Float64Array.from(start), t: 0 };
}

// One step of the picture.
export function stepAscent(ascent, { target, rate, decay, spread, limit }) {
  const { gradient } = scoreAndGradient(ascent.reader, ascent.x, target);
  const size = Math.sqrt(gradient.reduce((s, g) => s + g * g, 0) / gradient.length) + 1e-12;
  const clip = (v, low, high) => Math.min(high, Math.max(low, v));
  ascent.x = ascent.x.map((v, i) => clip(v + (rate * gradient[i]) / size - decay * v, 0, 1));
  ascent.t += 1;
  if (spread && ascent.t % 5 === 0) ascent.x = blur(ascent.x, spread);
  ascent.x = ascent.x.map((v, i) => clip(v, ascent.start[i] - limit, ascent.start[i] + limit));
}

// What the network makes of the picture now: the scores of the ten digits, and the probabilities.
export function readAscent(ascent) {
  const { scores } = scoreAndGradient(ascent.reader, ascent.x, 0);
  return { scores, p: probabilities(scores) };
}
