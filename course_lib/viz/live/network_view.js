// The four pictures of network.js. Each takes the model as it is and draws it.
import {
  chart,
  contour,
  createScale,
  cross,
  marker,
  mix,
  paint,
  polyline,
  raster,
  rgb,
  shade,
  short,
  text,
} from "./drawing.js";
import { ACTIVATIONS, forward, softmax } from "./network_core.js";

export const LIMITS = [
  [-2.2, 2.2],
  [-2.2, 2.2],
];
const SIZE = 41; // points along each axis of the plane at which the network is asked
const HALF = (SIZE + 1) / 2; // a small tile needs no more than every second one

// The network's values at every point of a grid: at[row][column] = { a, p }, row 0 at the top.
export function gridOf(net) {
  const place = (i) => LIMITS[0][0] + ((LIMITS[0][1] - LIMITS[0][0]) * i) / (SIZE - 1);
  return Array.from({ length: SIZE }, (_, r) =>
    Array.from({ length: SIZE }, (_, c) => {
      const { a } = forward(net, [place(c), place(SIZE - 1 - r)]);
      return { a, p: softmax(a[a.length - 1]) };
    }),
  );
}

export const planeScale = (width, height) => createScale(LIMITS, { left: 0, top: 0, width, height });

// The classes' colors, mixed in the shares of their probabilities, over the page's color.
function classColor(p, colors, strength = 0.45) {
  const mixed = [0, 0, 0];
  p.forEach((share, k) =>
    rgb(colors.series[k]).forEach((v, i) => {
      mixed[i] += share * v;
    }),
  );
  return mix(rgb(colors.page), mixed, strength);
}

function planePicture(model, colors, strength) {
  return raster(SIZE, SIZE, (r, c) => classColor(model.grid[r][c].p, colors, strength));
}

function samples(context, model, colors, place) {
  const isTest = new Set(model.test);
  model.data.x.forEach((x, n) => {
    const k = model.data.y[n];
    const [px, py] = place(x, n);
    marker(context, px, py, k, colors.series[k], colors.page, isTest.has(n), 3.5);
  });
}

export function drawPlane(context, width, height, model, colors) {
  paint(context, planePicture(model, colors), 0, 0, width, height);
  boundary(context, model, planeScale(width, height), colors);
  const scale = planeScale(width, height);
  samples(context, model, colors, (x) => [scale.x(x[0]), scale.y(x[1])]);
  if (model.cursor) {
    const [x, y] = [scale.x(model.cursor[0]), scale.y(model.cursor[1])];
    cross(context, x, y, 12, colors.ink);
  }
}

// Where the answer changes: no class is ahead of its best rival.
function boundary(context, model, scale, colors) {
  const place = (r, c) => [
    scale.x(LIMITS[0][0] + ((LIMITS[0][1] - LIMITS[0][0]) * c) / (SIZE - 1)),
    scale.y(LIMITS[1][1] - ((LIMITS[1][1] - LIMITS[1][0]) * r) / (SIZE - 1)),
  ];
  for (let k = 0; k < model.classes; k++) {
    const ahead = model.grid.map((row) =>
      row.map(({ p }) => p[k] - Math.max(...p.filter((_, j) => j !== k))),
    );
    contour(context, ahead, 0, place, colors.ink, 1.2);
  }
}

// ---- the network itself ----

// Where the tile of every unit stands: columns[l][u] = [x, y], and the tile's side.
function layout(net, width, height) {
  const tallest = Math.max(...net.sizes);
  const side = Math.min((height - 20) / tallest - 6, (width / net.sizes.length) * 0.55, 64);
  const columns = net.sizes.map((size, l) => {
    const x = net.sizes.length === 1 ? 0 : (l * (width - side)) / (net.sizes.length - 1);
    const gap = Math.min(side * 0.5, (height - 20 - size * side) / Math.max(size, 1));
    const top = 18 + (height - 20 - size * side - (size - 1) * gap) / 2;
    return Array.from({ length: size }, (_, u) => [x, top + u * (side + gap)]);
  });
  return { side, columns };
}

export function drawDiagram(context, width, height, model, colors) {
  const { net, grid } = model;
  const { side, columns } = layout(net, width, height);
  const most = Math.max(3, ...net.layers.flatMap(({ W }) => W.flat().map(Math.abs)));
  net.layers.forEach(({ W }, l) =>
    W.forEach((row, i) =>
      row.forEach((w, j) => {
        const from = columns[l][i];
        const to = columns[l + 1][j];
        polyline(
          context,
          [
            [from[0] + side, from[1] + side / 2],
            [to[0], to[1] + side / 2],
          ],
          colors.series[w > 0 ? 0 : 1],
          0.4 + (5 * Math.abs(w)) / most,
          w > 0 ? [] : [5, 3],
        );
      }),
    ),
  );
  columns.forEach((column, l) =>
    column.forEach(([x, y], u) => {
      paint(context, tile(grid, net, l, u, colors), x, y, side, side);
      context.strokeStyle = colors.muted;
      context.lineWidth = 1;
      context.strokeRect(x, y, side, side);
    }),
  );
  const last = columns.length - 1;
  columns.forEach(([[x]], l) => {
    const name = l === 0 ? "inputs" : l === last ? "classes" : `hidden ${l}`;
    const align = l === 0 ? "left" : l === last ? "right" : "center";
    text(context, name, l === 0 ? x : l === last ? x + side : x + side / 2, 12, colors.muted, align);
  });
}

// One unit's value over the plane: blue above 0, orange below; a class: its probability.
function tile(grid, net, l, u, colors) {
  const last = l === net.layers.length;
  if (last) {
    const end = rgb(colors.series[u]);
    return raster(HALF, HALF, (r, c) => mix(rgb(colors.page), end, grid[2 * r][2 * c].p[u]));
  }
  let most = 1e-9;
  if (l > 0 && ACTIVATIONS[net.activation].bounded) most = 1;
  else for (const row of grid) for (const { a } of row) most = Math.max(most, Math.abs(a[l][u]));
  return raster(HALF, HALF, (r, c) => shade(grid[2 * r][2 * c].a[l][u] / most, colors));
}

// ---- the plane after the last hidden layer ----

export function drawHidden(context, width, height, model, colors) {
  const { grid, net, settings } = model;
  const layer = net.layers.length - 1; // the inputs themselves without a hidden layer
  const [u, v] = settings.pair;
  const flat = grid.flat().map(({ a }) => a[layer]);
  const range = (i) => {
    const values = flat.map((a) => a[i]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const air = 0.06 * (high - low || 1);
    return [low - air, high + air];
  };
  const limits = [range(u), range(v)];
  const scale = createScale(limits, { left: 0, top: 0, width, height });
  const at = (a) => [scale.x(a[u]), scale.y(a[v])];
  for (let i = 0; i < SIZE; i += 2) {
    // grid lines, each piece in the color of its answer
    for (let j = 0; j + 1 < SIZE; j++) {
      for (const [one, two] of [
        [grid[i][j], grid[i][j + 1]],
        [grid[j][i], grid[j + 1][i]],
      ]) {
        const [r, g, b] = classColor(one.p, colors, 0.6);
        polyline(context, [at(one.a[layer]), at(two.a[layer])], `rgb(${r},${g},${b})`, 1);
      }
    }
  }
  samples(context, model, colors, (x) => at(forward(net, x).a[layer]));
  context.strokeStyle = colors.faint;
  context.strokeRect(0.5, 0.5, width - 1, height - 1);
}

export function drawLoss(context, width, height, model, colors) {
  const { history } = model;
  const finite = history.flatMap(([, a, b]) => [a, b]).filter(Number.isFinite);
  const steps = Math.max(100, model.steps);
  const high = Math.max(0.1, Math.ceil(10 * Math.max(...finite.slice(0, 2), ...finite.slice(-400))) / 10);
  const curve = (name, i, color, dash) => ({ name, color, dash, points: history.map((h) => [h[0], h[i]]) });
  chart(context, width, height, {
    colors,
    high: Number.isFinite(high) ? high : 1,
    steps,
    curves: [curve("training", 1, colors.series[0], []), curve("test", 2, colors.series[1], [6, 4])],
  });
  const { train, test } = model.now;
  text(context, `${short(train.loss)} / ${short(test.loss)}`, width - 10, 20, colors.ink, "right");
}
