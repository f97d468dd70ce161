// The pictures of optimizers.js: the surface with the paths, and the losses.
import { el } from "./kit.js";
import { chart, contour, createScale, cross, marker, mix, paint, polyline, raster, rgb } from "./drawing.js";
import { isGone } from "./optimizers_core.js";

// Lines differ in more than color.
export const DASHES = [[], [7, 3], [2, 3], [10, 3, 2, 3], [5, 5], [12, 4]];
const ROWS = 81; // points along each axis at which the surface is measured
const FLOOR = 1e-12; // losses below it are drawn there

// Heights as shades and contours, kept until the surface, the size or the theme changes.
function background(model, stage, width, height) {
  const key = [model.name, width, height, stage.dark].join();
  if (model.picture?.key === key) return model.picture.canvas;
  const {
    limits: [[a, b], [c, d]],
    loss,
  } = model.surface;
  const values = Array.from({ length: ROWS }, (_, r) =>
    Array.from({ length: ROWS }, (_, col) =>
      Math.log10(0.003 + loss(a + ((b - a) * col) / (ROWS - 1), d - ((d - c) * r) / (ROWS - 1))),
    ),
  );
  const [low, high] = [Math.min(...values.flat()), Math.max(...values.flat())];
  const dense = window.devicePixelRatio || 1;
  const canvas = el("canvas", { width: width * dense, height: height * dense });
  const context = canvas.getContext("2d");
  context.scale(dense, dense);
  const { colors } = stage;
  const [page, far] = [rgb(colors.page), rgb(stage.dark ? "#6a6a6a" : "#a0a0a0")];
  paint(
    context,
    raster(ROWS, ROWS, (r, col) => mix(page, far, (values[r][col] - low) / (high - low))),
    0,
    0,
    width,
    height,
  );
  const place = (r, col) => [(col / (ROWS - 1)) * width, (r / (ROWS - 1)) * height];
  for (let i = 1; i < 12; i++)
    contour(context, values, low + ((high - low) * i) / 12, place, stage.dark ? "#8a8a8a" : "#8c8c8c", 0.7);
  model.picture = { key, canvas };
  return canvas;
}

export function drawSurface(context, width, height, model, stage) {
  const { colors } = stage;
  paint(context, background(model, stage, width, height), 0, 0, width, height);
  const scale = createScale(model.surface.limits, { left: 0, top: 0, width, height });
  const at = ([x, y]) => [scale.x(x), scale.y(y)];
  for (const low of model.surface.lowest) {
    const [x, y] = at(low);
    cross(context, x, y, 7, colors.ink);
  }
  model.racers.forEach((racer, k) => {
    if (!model.shown.has(racer.name)) return;
    polyline(context, racer.path.map(at), colors.series[k], 2, DASHES[k]);
  });
  model.racers.forEach((racer, k) => {
    // the heads last: no path may hide them
    if (model.shown.has(racer.name) && !isGone(racer))
      marker(context, ...at(racer.w), k % 3, colors.series[k], colors.page, false, 6);
  });
  marker(context, ...at(model.start), 0, colors.ink, colors.page, true, 5);
}

export function drawLosses(context, width, height, model, colors) {
  const curves = model.racers.flatMap((racer, k) =>
    model.shown.has(racer.name)
      ? [
          {
            name: racer.name,
            color: colors.series[k],
            dash: DASHES[k],
            points: racer.losses.map((v, t) => [t, Math.max(v, FLOOR)]),
          },
        ]
      : [],
  );
  const values = curves.flatMap(({ points }) => points.map(([, v]) => v)).filter((v) => v < 1e6);
  const [low, high] = values.length ? [Math.min(...values), Math.max(...values)] : [0.1, 1];
  chart(context, width, height, {
    curves,
    colors,
    log: true,
    low: low / 1.5,
    high: Math.max(high * 1.5, low * 10),
    steps: model.steps,
    legend: false,
  });
}
