// A convolution of three channels with two filters, number by number: course_lib.nn.conv2d for one
// picture. x[c][row][column], W[k][c][u][v], b[k].

// The picture with `padding` zeros all around.
export function pad(x, padding) {
  const wide = x[0][0].length + 2 * padding;
  const blank = () => new Array(wide).fill(0);
  const side = new Array(padding).fill(0);
  return x.map((channel) => [
    ...Array.from({ length: padding }, blank),
    ...channel.map((row) => [...side, ...row, ...side]),
    ...Array.from({ length: padding }, blank),
  ]);
}

// How many windows fit side by side.
export function outputSize(size, window, stride, padding) {
  return Math.floor((size - window + 2 * padding) / stride) + 1;
}

// One output: the products in the window, channel by channel, their sums, and all of it together.
export function oneOutput(padded, filter, bias, stride, row, column) {
  const products = filter.map((weights, c) =>
    weights.map((line, u) => line.map((w, v) => padded[c][row * stride + u][column * stride + v] * w)),
  );
  const sums = products.map((channel) => channel.flat().reduce((s, p) => s + p, 0));
  return { products, sums, total: sums.reduce((s, v) => s + v, 0) + bias };
}

export function convolve(x, W, b, stride, padding) {
  const padded = pad(x, padding);
  const rows = outputSize(x[0].length, W[0][0].length, stride, padding);
  const columns = outputSize(x[0][0].length, W[0][0][0].length, stride, padding);
  return W.map((filter, k) =>
    Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => oneOutput(padded, filter, b[k], stride, i, j).total),
    ),
  );
}
