// Reading a digit: the softmax and the convolutional network of course_lib, with shipped weights.
// A test reads all 10,000 test digits of MNIST with this file and compares with the library.
import { outputSize, pad } from "./convolution_core.js";

// The weights come as bytes from -127 to 127, written in base64, with a scale for each output unit.
function bytes(base64) {
  return Int8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function unpackLayer({ kind, shape, q, scale, b, stride, padding }) {
  const numbers = bytes(q);
  const unit = kind === "linear" ? (i) => i % shape[1] : (i) => Math.floor(i / (numbers.length / shape[0]));
  const W = Float64Array.from(numbers, (v, i) => v * scale[unit(i)]);
  return { kind, shape, W, b, stride, padding };
}

export const unpack = (layers) => layers.map(unpackLayer);

// z = x @ W + b for one row x; W: (D, K), row after row.
function linear(x, { W, b }) {
  const z = b.slice();
  const K = b.length;
  x.forEach((value, i) => {
    if (value === 0) return; // four of five pixels are blank
    for (let k = 0; k < K; k++) z[k] += value * W[i * K + k];
  });
  return z;
}

// x[c][row][column] -> z[k][row][column]
function conv(x, { W, b, shape: [K, C, kH, kW], stride, padding }) {
  const padded = pad(x, padding);
  const rows = outputSize(x[0].length, kH, stride, padding);
  const columns = outputSize(x[0][0].length, kW, stride, padding);
  return Array.from({ length: K }, (_, k) =>
    Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => {
        let sum = b[k];
        for (let c = 0; c < C; c++) {
          for (let u = 0; u < kH; u++) {
            const line = padded[c][i * stride + u];
            const at = ((k * C + c) * kH + u) * kW;
            for (let v = 0; v < kW; v++) sum += line[j * stride + v] * W[at + v];
          }
        }
        return sum;
      }),
    ),
  );
}

// The scores of the ten digits for a picture of 28 x 28 numbers, 0 paper and 1 ink, in one row.
// A ReLU follows every layer but the last.
export function read(layers, pixels) {
  let x = pixels;
  if (layers[0].kind === "conv") {
    x = [Array.from({ length: 28 }, (_, r) => pixels.slice(28 * r, 28 * r + 28))];
  }
  layers.forEach((layer, l) => {
    if (layer.kind === "conv") x = conv(x, layer);
    else x = linear(x.flat(Infinity), layer);
    if (l + 1 < layers.length) x = relu(x);
  });
  return x;
}

function relu(x) {
  return Array.isArray(x) ? x.map(relu) : Math.max(0, x);
}

export function probabilities(scores) {
  const top = Math.max(...scores);
  const e = scores.map((v) => Math.exp(v - top));
  const sum = e.reduce((s, v) => s + v, 0);
  return e.map((v) => v / sum);
}

// A drawing of size x size numbers as MNIST has its digits: scaled, keeping its shape, to fit into
// 20 x 20 pixels, then moved so that its center of mass lies in pixel 14 of 28, down and across.
export function normalize(drawing, size) {
  const inked = drawing.flatMap((v, i) => (v > 0 ? [i] : []));
  if (!inked.length) return new Array(784).fill(0);
  const [rows, columns] = [inked.map((i) => Math.floor(i / size)), inked.map((i) => i % size)];
  const [top, left] = [Math.min(...rows), Math.min(...columns)];
  const extent = Math.max(Math.max(...rows) - top, Math.max(...columns) - left) + 1;
  const zoom = extent / 20; // pixels of the drawing in one of the result
  const mass = inked.reduce((s, i) => s + drawing[i], 0);
  const middle = (places) => inked.reduce((s, i, n) => s + drawing[i] * (places[n] + 0.5), 0) / mass;
  const [row0, column0] = [middle(rows) - 14.5 * zoom, middle(columns) - 14.5 * zoom];
  return Array.from({ length: 784 }, (_, i) =>
    meanOver(drawing, size, row0 + Math.floor(i / 28) * zoom, column0 + (i % 28) * zoom, zoom),
  );
}

// Mean of the drawing over a square that begins at (row, column); outside there is no ink.
function meanOver(drawing, size, row, column, side) {
  const parts = Math.max(2, Math.ceil(side));
  let sum = 0;
  for (let u = 0; u < parts; u++) {
    for (let v = 0; v < parts; v++) {
      const r = Math.floor(row + ((u + 0.5) * side) / parts);
      const c = Math.floor(column + ((v + 0.5) * side) / parts);
      if (r >= 0 && r < size && c >= 0 && c < size) sum += drawing[r * size + c];
    }
  }
  return sum / parts ** 2;
}

// Ink along a straight stroke, a round pen of this radius; drawing is changed in place.
export function stroke(drawing, size, [x0, y0], [x1, y1], radius) {
  const reach = radius + 1;
  const clip = (v) => Math.max(0, Math.min(size - 1, Math.round(v)));
  for (let r = clip(Math.min(y0, y1) - reach); r <= clip(Math.max(y0, y1) + reach); r++) {
    for (let c = clip(Math.min(x0, x1) - reach); c <= clip(Math.max(x0, x1) + reach); c++) {
      const length = (x1 - x0) ** 2 + (y1 - y0) ** 2;
      const along = length
        ? Math.max(0, Math.min(1, ((c - x0) * (x1 - x0) + (r - y0) * (y1 - y0)) / length))
        : 0;
      const distance = Math.hypot(c - x0 - along * (x1 - x0), r - y0 - along * (y1 - y0));
      const ink = Math.max(0, Math.min(1, radius + 0.5 - distance)); // soft at the rim
      drawing[r * size + c] = Math.max(drawing[r * size + c], ink);
    }
  }
}
