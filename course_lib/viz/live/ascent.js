// A picture that climbs: step by step it becomes what a network reads as the digit of your choice.
import { createCanvas, createPlayer, el, panel, select, slider } from "./kit.js";
import { chart, mix, paint, raster, rgb, shade, text } from "./drawing.js";
import { createAscent, createReader, readAscent, stepAscent } from "./ascent_core.js";

const DIGITS = Array.from({ length: 10 }, (_, k) => k);

// config: { layers, starts: [{ name, pixels: base64 }], start, target, rate, decay, spread, limit }
export function ascent(stage, config) {
  const model = createModel(config);
  const pixels = createCanvas(stage, {
    label: "The picture, 28 by 28 pixels.",
    aspect: 1,
    draw: (context, width) => drawPixels(context, width, model.climb.x, inkOn(stage)),
  });
  const change = createCanvas(stage, {
    label: "What has changed since the start: blue is more ink, orange is less.",
    aspect: 1,
    draw: (context, width) =>
      drawPixels(
        context,
        width,
        model.climb.x.map((v, i) => v - model.climb.start[i]),
        (v) => shade(v, stage.colors),
      ),
  });
  const bars = createCanvas(stage, {
    label: "The probabilities of the ten digits.",
    aspect: 0.62,
    draw: (context, width, height) => drawBars(context, width, height, model, stage.colors),
  });
  const course = createCanvas(stage, {
    label: "Score of the digit wanted, over the steps.",
    aspect: 0.52,
    draw: (context, width, height) => drawCourse(context, width, height, model, stage.colors),
  });
  for (const canvas of [pixels, change]) canvas.style.maxWidth = "15rem";
  const draw = () => [pixels, change, bars, course].forEach((canvas) => canvas.redraw());
  const player = createPlayer(stage, {
    advance: model.advance,
    draw,
    reset: model.restart,
    describe: model.describe,
  });
  model.changed = () => {
    model.restart();
    player.show();
  };
  stage.box.append(
    el("div", { className: "controls" }, ...player.buttons, ...controls(model, config)),
    player.status,
    el(
      "div",
      { className: "panels" },
      panel("The picture", pixels),
      panel("Changed since the start", change),
      el("div", {}, panel("What the network reads", bars), panel("Score of the digit wanted", course)),
    ),
  );
  player.show();
}

function createModel(config) {
  const { layers, starts, ...settings } = config;
  const reader = createReader(layers);
  const pictures = Object.fromEntries(
    starts.map(({ name, pixels }) => [name, Array.from(atob(pixels), (byte) => byte.charCodeAt(0) / 255)]),
  );
  const model = { ...settings, speed: 10, changed: () => {} };
  model.read = () => {
    const { scores, p } = readAscent(model.climb);
    model.p = p;
    model.course.push([model.climb.t, scores[model.target]]);
  };
  model.restart = () => {
    model.climb = createAscent(reader, pictures[model.start]);
    model.course = [];
    model.read();
  };
  let due = 0;
  model.advance = (frames, single) => {
    due = single ? 1 : Math.min(10, due + (frames * model.speed) / 60);
    for (; due >= 1; due--) stepAscent(model.climb, model);
    model.read();
    return true;
  };
  model.describe = () => {
    const best = model.p.indexOf(Math.max(...model.p));
    const most = Math.max(...model.climb.x.map((v, i) => Math.abs(v - model.climb.start[i])));
    return `Step ${model.climb.t}: read as a ${best} (${Math.round(100 * model.p[best])} %); as a ${model.target} ${(100 * model.p[model.target]).toFixed(1)} %. Largest change of a pixel: ${most.toFixed(2)}.`;
  };
  model.restart();
  return model;
}

// What begins anew when it changes, and what may change on the way.
function controls(model, config) {
  const anew = (key, convert) => (value) => {
    model[key] = convert(value);
    model.changed();
  };
  const onTheWay = (key) => (value) => {
    model[key] = value;
  };
  return [
    select("begin with", {
      options: config.starts.map(({ name }) => [name, name]),
      value: model.start,
      on: anew("start", String),
    }),
    select("make it a", { options: DIGITS.map((k) => [k, k]), value: model.target, on: anew("target", Number) }),
    slider("step", { values: [0.005, 0.01, 0.02, 0.05, 0.1, 0.2], value: model.rate, on: onTheWay("rate") }),
    slider("pull to paper", { values: [0, 0.02, 0.05, 0.1, 0.2], value: model.decay, on: onTheWay("decay") }),
    slider("blur", { values: [0, 0.5, 0.7, 1], value: model.spread, on: onTheWay("spread") }),
    slider("most a pixel may change", {
      values: [0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1],
      value: model.limit,
      on: onTheWay("limit"),
    }),
    slider("steps a second", { values: [1, 3, 10, 30, 60], value: model.speed, on: onTheWay("speed") }),
  ];
}

// ---- drawing ----

function inkOn(stage) {
  const [page, ink] = [rgb(stage.colors.page), rgb(stage.colors.ink)];
  return (v) => mix(page, ink, v);
}

function drawPixels(context, width, values, color) {
  paint(context, raster(28, 28, (r, c) => color(values[28 * r + c])), 0, 0, width, width, false);
  context.strokeStyle = "#888888";
  context.strokeRect(0.5, 0.5, width - 1, width - 1);
}

function drawBars(context, width, height, { p, target }, colors) {
  const step = width / 10;
  const room = height - 34;
  for (const k of DIGITS) {
    const tall = Math.max(1, p[k] * room);
    context.fillStyle = k === target ? colors.series[0] : colors.muted;
    context.fillRect(k * step + 3, 16 + room - tall, step - 6, tall);
    text(context, String(k), (k + 0.5) * step, height - 4, colors.ink, "center");
    if (p[k] >= 0.005)
      text(context, String(Math.round(100 * p[k])), (k + 0.5) * step, 12 + room - tall, colors.ink, "center");
  }
}

function drawCourse(context, width, height, { course, target }, colors) {
  const steps = Math.max(50, course.at(-1)[0]);
  const values = course.map(([, score]) => score);
  const [low, high] = [Math.min(0, ...values), Math.max(10, ...values)];
  const curves = [{ name: `score of ${target}`, color: colors.series[0], dash: [], points: course }];
  chart(context, width, height, { curves, colors, low, high, steps });
}
