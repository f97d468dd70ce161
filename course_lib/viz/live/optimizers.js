// Optimizers racing on a surface: each rule with a rate of its own, from one starting point.
import { checkbox, createCanvas, createPlayer, el, panel, select, slider } from "./kit.js";
import { createScale, short } from "./drawing.js";
import { createRacer, isGone, RATES, RULES, stepRacer, SURFACES } from "./optimizers_core.js";
import { DASHES, drawLosses, drawSurface } from "./optimizers_view.js";

const NAMES = Object.keys(RULES);

// config: { surface, steps, momentum, rules: names,
//   surfaces: { name: { limits, start, lowest: minima, rates: { rule: rate } } } }
export function optimizers(stage, config) {
  const model = createModel(config);
  const surface = createCanvas(stage, {
    label: "The surface as contours, a path for each rule. Arrow keys move the start.",
    aspect: () => {
      const [[a, b], [c, d]] = model.surface.limits;
      return (d - c) / (b - a);
    },
    draw: (context, width, height) => drawSurface(context, width, height, model, stage),
  });
  const losses = createCanvas(stage, {
    label: "Loss over steps, on a logarithmic axis, a curve for each rule.",
    aspect: 0.52,
    draw: (context, width, height) => drawLosses(context, width, height, model, stage.colors),
  });
  const table = createTable(model, stage);
  const draw = () => {
    surface.redraw();
    losses.redraw();
    table.refresh();
  };
  const player = createPlayer(stage, {
    advance: (frames, single) => model.advance(frames, single),
    draw,
    reset: () => model.restart(),
    describe: () => model.describe(),
  });
  model.changed = () => {
    model.restart();
    model.finish();
    player.show();
  };
  makeMovable(surface, model);
  stage.redraws.push(table.refresh);
  stage.box.append(
    el("div", { className: "controls" }, ...player.buttons, ...controls(model, table)),
    player.status,
    el(
      "div",
      { className: "panels large" },
      panel("Click where the race shall start", surface),
      el(
        "div",
        {},
        panel("Loss over steps, logarithmic", losses),
        panel("Rules and their rates", table.element),
      ),
    ),
  );
  model.finish();
  player.show();
}

function createModel(config) {
  const model = { ...config, shown: new Set(config.rules), speed: 30, changed: () => {} };
  model.choose = (name) => {
    model.name = name;
    model.surface = { ...SURFACES[name], ...config.surfaces[name] };
    model.start = model.surface.start.slice();
    model.rates = { ...model.surface.rates };
    model.picture = null;
  };
  model.restart = () => {
    model.t = 0;
    model.racers = NAMES.map((name) => createRacer(name, model.surface, model.start, model.rates[name]));
  };
  model.step = () => {
    model.t += 1;
    for (const racer of model.racers) if (!isGone(racer)) stepRacer(racer, model.surface, model.momentum);
  };
  // As many steps as the time of `frames` pictures allows; false at the end of the race.
  let due = 0;
  model.advance = (frames, single) => {
    if (model.t >= model.steps) {
      model.restart();
      if (single) return true;
    }
    due = single ? 1 : due + (frames * model.speed) / 60;
    for (; due >= 1 && model.t < model.steps; due--) model.step();
    return model.t < model.steps;
  };
  model.finish = () => {
    while (model.t < model.steps) model.step();
  };
  model.running = () => model.racers.filter(({ name }) => model.shown.has(name));
  model.describe = () => {
    const order = model
      .running()
      .map((racer) => [lossOf(racer), racer.name])
      .sort((a, b) => a[0] - b[0]);
    if (!order.length) return `Step ${model.t} of ${model.steps}: choose a rule.`;
    return `Step ${model.t} of ${model.steps}: lowest loss ${order[0][1]} (${short(order[0][0])}), highest ${order.at(-1)[1]} (${short(order.at(-1)[0])}).`;
  };
  model.choose(config.surface);
  model.restart();
  return model;
}

const lossOf = (racer) => (isGone(racer) ? Infinity : racer.losses.at(-1));

function controls(model, table) {
  return [
    select("surface", {
      options: Object.keys(SURFACES).map((name) => [name, name]),
      value: model.name,
      on: (name) => {
        model.choose(name);
        table.setRates();
        model.changed();
      },
    }),
    slider("steps", {
      values: [20, 50, 100, 200, 500, 1000],
      value: model.steps,
      on: (v) => {
        model.steps = v;
        model.changed();
      },
    }),
    slider("momentum", {
      values: [0, 0.3, 0.5, 0.67, 0.8, 0.9, 0.95, 0.99],
      value: model.momentum,
      on: (v) => {
        model.momentum = v;
        model.changed();
      },
    }),
    slider("steps a second", {
      values: [5, 10, 30, 60, 240],
      value: model.speed,
      on: (v) => {
        model.speed = v;
      },
    }),
  ];
}

// A row for each rule: whether it runs, its rate, its loss.
function createTable(model, stage) {
  const rows = NAMES.map((name, k) => {
    const line = el("span");
    const rate = slider("", {
      values: RATES,
      value: model.rates[name],
      on: (v) => {
        model.rates[name] = v;
        model.changed();
      },
    });
    rate.querySelector("input").setAttribute("aria-label", `rate of ${name}`);
    const loss = el("td");
    const shown = checkbox(name, {
      value: model.shown.has(name),
      on: (v) => {
        model.shown[v ? "add" : "delete"](name);
        model.changed();
      },
    });
    shown.append(line);
    const row = el("tr", {}, el("th", { scope: "row" }, shown), el("td", {}, rate), loss);
    return { name, k, line, rate, loss, row };
  });
  const head = el(
    "tr",
    {},
    ...["rule", "rate", "loss"].map((t) => el("th", { scope: "col", textContent: t })),
  );
  return {
    element: el("table", {}, el("thead", {}, head), el("tbody", {}, ...rows.map(({ row }) => row))),
    setRates: () => rows.forEach(({ name, rate }) => rate.set(model.rates[name])),
    refresh: () =>
      rows.forEach(({ name, k, line, loss }) => {
        line.innerHTML = `<svg width="30" height="6" aria-hidden="true" style="vertical-align:middle"><path d="M0 3H30" stroke="${stage.colors.series[k]}" stroke-width="3" stroke-dasharray="${DASHES[k]}"/></svg>`;
        loss.textContent = model.shown.has(name) ? short(lossOf(model.racers[k])) : "";
      }),
  };
}

// The start moves with a click, or with arrow keys.
function makeMovable(canvas, model) {
  const { style } = canvas;
  style.cursor = "crosshair";
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.addEventListener("click", (event) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    model.start = createScale(model.surface.limits, { left: 0, top: 0, width, height }).back(
      event.clientX - left,
      event.clientY - top,
    );
    model.changed();
  });
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
  canvas.addEventListener("keydown", (event) => {
    if (!moves[event.key]) return;
    event.preventDefault();
    model.start = model.start.map((v, i) => {
      const [low, high] = model.surface.limits[i];
      return Math.min(high, Math.max(low, v + ((high - low) / 50) * moves[event.key][i]));
    });
    model.changed();
  });
}
