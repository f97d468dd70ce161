// A map of t-SNE that finds its shape while you watch.
import { createCanvas, createPlayer, el, panel, select, slider } from "./kit.js";
import { chart, createScale, marker, short, text } from "./drawing.js";
import { affinities, createMap, divergence, stepMap, wholeMatrix } from "./t_sne_core.js";

// config: { data, perplexity, perplexities, steps, points: [[x, y], ...],
//   sets: { name: { distances above the diagonal, labels, classes } } }
export function t_sne(stage, config) {
  const model = createMapModel(config);
  const map = createCanvas(stage, {
    label: "The map: a point for each sample, its color and shape are its group.",
    aspect: 0.9,
    draw: (context, width, height) => drawMap(context, width, height, model, stage.colors),
  });
  const losses = createCanvas(stage, {
    label: "The divergence over the steps.",
    aspect: 0.6,
    draw: (context, width, height) => drawDivergence(context, width, height, model, stage.colors),
  });
  const player = createPlayer(stage, {
    advance: (frames, single) => model.advance(frames, single),
    draw: () => {
      map.redraw();
      losses.redraw();
    },
    reset: () => model.restart(),
    describe: () =>
      `Step ${model.map.t} of ${model.map.steps}, perplexity ${model.perplexity}: divergence ${short(model.losses.at(-1))}.`,
  });
  const changed = () => {
    model.restart();
    if (!player.playing) model.finish();
    player.show();
  };
  stage.box.append(
    el(
      "div",
      { className: "controls" },
      ...player.buttons,
      select("data", {
        options: Object.keys(config.sets).map((name) => [name, name]),
        value: model.data,
        on: (name) => {
          model.data = name;
          changed();
        },
      }),
      slider("perplexity", {
        values: config.perplexities,
        value: model.perplexity,
        on: (v) => {
          model.perplexity = v;
          changed();
        },
      }),
      slider("steps a second", {
        values: [10, 30, 60, 120, 240],
        value: model.speed,
        on: (v) => {
          model.speed = v;
        },
      }),
    ),
    player.status,
    el(
      "div",
      { className: "panels large" },
      panel("The map; its axes mean nothing", map),
      panel("Divergence over steps", losses),
    ),
  );
  changed();
}

function createMapModel(config) {
  const { data, perplexity } = config;
  const model = { data, perplexity, speed: 60, set: null, map: null, losses: [] };
  const N = config.points.length;
  model.restart = () => {
    model.set = config.sets[model.data];
    const P = affinities(wholeMatrix(model.set.distances, N), N, model.perplexity);
    model.map = createMap(P, N, config.points, config.steps);
    model.losses = [divergence(model.map)];
  };
  const step = () => {
    stepMap(model.map);
    model.losses.push(divergence(model.map));
  };
  // As many steps as the time of `frames` pictures allows; false at the end.
  let due = 0;
  model.advance = (frames, single) => {
    if (model.map.t >= config.steps) {
      model.restart();
      if (single) return true;
    }
    due = single ? 1 : due + (frames * model.speed) / 60;
    for (; due >= 1 && model.map.t < config.steps; due--) step();
    return model.map.t < config.steps;
  };
  model.finish = () => {
    while (model.map.t < config.steps) step();
  };
  return model;
}

function drawMap(context, width, height, { map, set }, colors) {
  const { y, N } = map;
  let reach = 1e-3; // the map fills the picture, however small it still is
  for (const value of y) reach = Math.max(reach, Math.abs(value));
  const area = { left: 14, top: 14, width: width - 28, height: height - 50 };
  const tall = (reach * area.height) / area.width;
  const zoom = Math.max(1, reach / tall);
  const scale = createScale(
    [
      [-reach * zoom, reach * zoom],
      [-tall * zoom, tall * zoom],
    ],
    area,
  );
  for (let i = 0; i < N; i++) {
    const k = set.labels[i];
    marker(context, scale.x(y[2 * i]), scale.y(y[2 * i + 1]), k % 3, colors.series[k], colors.page);
  }
  let x = 12;
  set.classes.forEach((name, k) => {
    marker(context, x, height - 14, k % 3, colors.series[k], colors.page, false, 5);
    text(context, name, x + 9, height - 10, colors.ink);
    x += 9 + context.measureText(name).width + 16;
  });
}

function drawDivergence(context, width, height, { map, losses }, colors) {
  chart(context, width, height, {
    curves: [
      { name: "divergence", color: colors.series[0], dash: [], points: losses.map((v, t) => [t, v]) },
    ],
    colors,
    high: Math.max(...losses) * 1.05,
    steps: map.steps,
    legend: false,
  });
}
