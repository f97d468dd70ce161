// A network that learns while you watch: settings and training. The pictures are in network_view.js.
import { button, createCanvas, createPlayer, el, panel, select, slider } from "./kit.js";
import { createBatches, createNetwork, evaluate, noisy, trainStep } from "./network_core.js";
import { drawDiagram, drawHidden, drawLoss, drawPlane, gridOf, LIMITS, planeScale } from "./network_view.js";

const RATES = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];
const DECAYS = [0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1];
const SHARES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const upTo = (n) => Array.from({ length: n }, (_, i) => i + 1);

// config: { sets: { name: { x, e, y, classes, noise, noises } }, start: { the settings } }
export function network(stage, config) {
  const model = createModel(config);
  const canvases = createCanvases(stage, model);
  const draw = () => {
    model.grid = gridOf(model.net);
    for (const canvas of canvases) canvas.redraw();
  };
  stage.redraws.unshift(() => {
    model.grid = gridOf(model.net);
  });
  const player = createPlayer(stage, {
    advance: (frames, single) => model.advance(single ? 1 : frames * model.settings.speed),
    draw,
    reset: () => model.restart(),
    describe: () => model.describe(),
  });
  model.changed = player.show;
  stage.box.append(
    el("div", { className: "controls" }, ...player.buttons, ...runControls(model)),
    player.status,
    el("div", { className: "controls" }, ...dataControls(model), ...netControls(model)),
    layOut(canvases, model),
  );
  draw();
  player.show();
}

// What is trained, and everything that a control can change.
function createModel(config) {
  const model = {
    config,
    settings: { ...config.start, speed: 5 },
    added: { x: [], y: [] },
    changed: () => {},
  };
  const { settings } = model;

  // Data anew: the first share of the samples is for training, the rest for the test.
  model.reload = () => {
    const set = config.sets[settings.data];
    const data = noisy(set, settings.noise);
    const cut = Math.round(settings.split * data.y.length);
    model.classes = set.classes;
    model.data = { x: [...data.x, ...model.added.x], y: [...data.y, ...model.added.y] };
    const all = model.data.y.map((_, n) => n);
    model.test = all.filter((n) => n >= cut && n < data.y.length);
    model.train = all.filter((n) => n < cut || n >= data.y.length);
    model.batches = createBatches(model.train, settings.batch, settings.seed);
  };
  model.restart = () => {
    const hidden = new Array(settings.depth).fill(settings.width);
    model.net = createNetwork([2, ...hidden, model.classes], settings.activation, settings.seed);
    model.batches = createBatches(model.train, settings.batch, settings.seed);
    Object.assign(model, { steps: 0, history: [] });
    settings.pair = [0, Math.min(1, settings.width - 1)];
    model.refill?.();
    model.measure();
  };
  model.measure = () => {
    model.now = {
      train: evaluate(model.net, model.data, model.train),
      test: evaluate(model.net, model.data, model.test),
    };
    model.history.push([model.steps, model.now.train.loss, model.now.test.loss]);
    if (model.history.length > 600) model.history = model.history.filter((_, i) => i % 2 === 0);
  };
  model.advance = (count) => {
    for (let i = 0; i < count; i++)
      trainStep(model.net, model.data, model.batches(), settings.rate, settings.decay);
    model.steps += count;
    model.measure();
    return Number.isFinite(model.now.train.loss); // a rate too large: stop
  };
  model.add = (point, label) => {
    model.added.x.push(point);
    model.added.y.push(label);
    model.reload();
    model.measure();
    model.changed();
  };
  model.describe = () => {
    const { train, test } = model.now;
    if (!Number.isFinite(train.loss))
      return `Step ${model.steps}: the loss has left the numbers. Take a smaller rate, then reset.`;
    const part = (name, { loss, wrong }, n) => `${name} loss ${loss.toFixed(3)}, ${wrong} of ${n} wrong`;
    return `Step ${model.steps}: ${part("training", train, model.train.length)}; ${part("test", test, model.test.length)}.`;
  };
  model.reload();
  model.restart();
  return model;
}

function createCanvases(stage, model) {
  const canvas = (label, aspect, drawing) =>
    createCanvas(stage, { label, aspect, draw: (c, w, h) => drawing(c, w, h, model, stage.colors) });
  const diagram = canvas(
    "The network: every unit as a tile that shows its value over the plane; lines are weights.",
    (width) => (width < 500 ? 0.72 : 0.4),
    drawDiagram,
  );
  const plane = canvas(
    "The plane of the two inputs with the samples and the answer at every point. Arrow keys move a cursor, Enter adds a sample.",
    1,
    drawPlane,
  );
  const hidden = canvas("The same plane as two hidden units see it.", 1, drawHidden);
  const loss = canvas("Loss over steps, training and test.", 0.8, drawLoss);
  makeClickable(plane, model);
  return [diagram, plane, hidden, loss];
}

// Samples are added with the mouse, a finger, or arrow keys and Enter.
function makeClickable(plane, model) {
  plane.style.cursor = "crosshair";
  plane.tabIndex = 0;
  plane.setAttribute("role", "application");
  plane.addEventListener("click", (event) => {
    const box = plane.getBoundingClientRect();
    const scale = planeScale(box.width, box.height);
    model.add(scale.back(event.clientX - box.left, event.clientY - box.top), model.settings.label);
  });
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
  plane.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    if (move) {
      const size = (LIMITS[0][1] - LIMITS[0][0]) / 40;
      model.cursor = (model.cursor ?? [0, 0]).map((v, i) =>
        Math.max(LIMITS[i][0], Math.min(LIMITS[i][1], v + size * move[i])),
      );
      plane.redraw();
    } else if (event.key === "Enter" || event.key === " ") {
      model.add([...(model.cursor ?? [0, 0])], model.settings.label);
    } else return;
    event.preventDefault();
  });
  plane.addEventListener("blur", () => {
    model.cursor = null;
    plane.redraw();
  });
}

// ---- controls ----

function runControls(model) {
  const { settings } = model;
  const set = (name) => (value) => {
    settings[name] = value;
  };
  return [
    slider("steps a picture", { values: [1, 2, 5, 10, 20, 50], value: settings.speed, on: set("speed") }),
    slider("rate", { values: RATES, value: settings.rate, on: set("rate") }),
    slider("L2", { values: DECAYS, value: settings.decay, on: set("decay") }),
  ];
}

function dataControls(model) {
  const { settings, config } = model;
  const noises = () => config.sets[settings.data].noises;
  const noise = slider("noise", {
    values: upTo(11).map((i) => i - 1), // in tenths of the largest noise of the set
    value: Math.round(settings.noise / noises()[1]),
    format: (i) => String(noises()[i]),
    on: (i) => {
      settings.noise = noises()[i];
      again();
    },
  });
  const again = () => {
    model.reload();
    model.restart();
    model.changed();
  };
  const data = select("data", {
    options: Object.keys(config.sets).map((name) => [name, name]),
    value: settings.data,
    on: (name) => {
      settings.data = name;
      settings.noise = config.sets[name].noise;
      settings.label = 0;
      model.added = { x: [], y: [] };
      noise.set(Math.round(settings.noise / noises()[1]));
      again();
    },
  });
  const split = slider("for training", {
    values: SHARES,
    value: settings.split,
    format: (v) => `${Math.round(100 * v)} %`,
    on: (v) => {
      settings.split = v;
      again();
    },
  });
  const batch = slider("batch", {
    values: [1, 2, 5, 10, 20, 50, 1000],
    value: settings.batch,
    format: (v) => (v === 1000 ? "all" : String(v)),
    on: (v) => {
      settings.batch = v;
      model.reload();
    },
  });
  return [data, noise, split, batch];
}

function netControls(model) {
  const { settings } = model;
  const again = (name) => (value) => {
    settings[name] = value;
    model.restart();
    model.changed();
  };
  return [
    slider("hidden layers", { values: [0, 1, 2, 3, 4], value: settings.depth, on: again("depth") }),
    slider("units in each", { values: upTo(8), value: settings.width, on: again("width") }),
    select("activation", {
      options: ["tanh", "sigmoid", "relu", "linear"].map((n) => [n, n]),
      value: settings.activation,
      on: again("activation"),
    }),
    slider("start", { values: upTo(20), value: settings.seed, format: (v) => `no. ${v}`, on: again("seed") }),
  ];
}

// Which class a click adds, and which two hidden units span the warped plane.
function layOut([diagram, plane, hidden, loss], model) {
  const { settings } = model;
  const names = ["blue circles", "orange squares", "green triangles"];
  const label = select("a click adds to the", {
    options: [],
    value: 0,
    on: (k) => {
      settings.label = Number(k);
    },
  });
  const axes = ["across", "up"].map((name, i) =>
    select(name, {
      options: [],
      value: 0,
      on: (u) => {
        settings.pair[i] = Number(u);
        hidden.redraw();
      },
    }),
  );
  model.refill = () => {
    label.fill(
      names.slice(0, model.classes).map((name, k) => [k, name]),
      settings.label,
    );
    const units = settings.depth
      ? upTo(settings.width).map((u) => [u - 1, `unit ${u}`])
      : [
          [0, "x1"],
          [1, "x2"],
        ];
    if (!settings.depth) settings.pair = [0, 1];
    axes.forEach((axis, i) => axis.fill(units, settings.pair[i]));
  };
  model.refill();
  const clear = button("remove them", () => {
    model.added = { x: [], y: [] };
    model.reload();
    model.measure();
    model.changed();
  });
  const wide = panel("Units and weights: blue positive, orange and dashed negative", diagram);
  wide.classList.add("wide");
  return el(
    "div",
    { className: "panels" },
    wide,
    panel(
      "The answer; hollow samples are the test",
      plane,
      el("div", { className: "controls" }, label, clear),
    ),
    panel(
      "The plane as the last hidden layer bends it",
      hidden,
      el("div", { className: "controls" }, ...axes),
    ),
    panel("Loss", loss),
  );
}
