// Three channels, two filters, stride and padding: every output is a sum that can be read.
import { button, createPlayer, el, slider } from "./kit.js";
import { convolve, oneOutput, pad } from "./convolution_core.js";
import { randomSource } from "./random.js";

const CONVOLUTION_STYLE = `
  .figure { container-type: inline-size; }
  .flow { display: flex; flex-wrap: wrap; gap: 0.6rem 2rem; align-items: flex-start; --cell: 27px; }
  .rows { display: grid; grid-template-columns: repeat(3, max-content); gap: 0.2rem 0.5rem; align-items: start; }
  .maps { display: flex; flex-wrap: wrap; gap: 0.6rem 1rem; }
  h3 { font-size: 13px; margin: 0; align-self: end; }
  h4 { font-size: 12px; font-weight: normal; margin: 0.2rem 0 0.1rem; color: var(--muted); }
  .grid { display: grid; gap: 1px; width: max-content; }
  .grid > * { width: var(--cell); height: var(--cell); font: 13px/var(--cell) system-ui, sans-serif;
    text-align: center; padding: 0; min-height: 0; border-radius: 0; border: 0; background: var(--raised);
    color: var(--ink); font-variant-numeric: tabular-nums; }
  .grid > .padding { color: var(--muted); background: none; outline: 1px dashed var(--faint); outline-offset: -1px; }
  .grid > .window { background: var(--window); color: var(--window-ink); outline: none; }
  .grid > .gone { color: transparent; }
  .grid > .now { outline: 3px solid var(--focus); outline-offset: -1px; }
  .grid.wide > * { width: 34px; }
  @container (max-width: 480px) { .flow { --cell: 20px; } .rows { column-gap: 0.25rem; } .grid > * { font-size: 12px; } }
`;

// config: { x, W, b, stride, padding, channels: names }
export function convolution(stage, config) {
  const model = { ...config, at: [0, 0, 0], known: 0 };
  const place = el("div", { className: "flow" });
  const compute = () => {
    model.padded = pad(model.x, model.padding);
    model.output = convolve(model.x, model.W, model.b, model.stride, model.padding);
    model.places = model.output.flatMap((filter, k) =>
      filter.flatMap((row, i) => row.map((_, j) => [k, i, j])),
    );
    model.known = model.places.length;
    model.at = [0, 0, 0];
  };
  const go = (at) => {
    model.at = at;
    player.show();
  };
  const draw = () => drawAll(model, place, go);
  let wait = 0;
  const player = createPlayer(stage, {
    advance: (frames, single) => {
      // a window a second is slow enough to be read
      wait += single ? 60 : frames;
      if (wait < 60) return true;
      wait = 0;
      const n = model.places.findIndex((p) => p.join() === model.at.join()) + 1;
      model.at = model.places[n % model.places.length];
      model.known = (n % model.places.length) + 1;
      return true;
    },
    draw,
    reset: () => {
      model.at = [0, 0, 0];
      model.known = 1;
    },
    describe: () => spoken(model),
  });
  const change = (name) => (value) => {
    model[name] = value;
    compute();
    player.show();
  };
  let seed = 0;
  const renew = button("new numbers", () => {
    renumber(model, ++seed);
    compute();
    player.show();
  });
  compute();
  stage.box.append(
    el("style", { textContent: CONVOLUTION_STYLE }),
    el(
      "div",
      { className: "controls" },
      ...player.buttons,
      slider("stride", { values: [1, 2], value: model.stride, on: change("stride") }),
      slider("padding", { values: [0, 1, 2], value: model.padding, on: change("padding") }),
      renew,
    ),
    player.status,
    place,
  );
  stage.redraws.push(() => {
    stage.host.style.setProperty("--window", stage.dark ? "#1f5f8b" : "#bfe0f5");
    stage.host.style.setProperty("--window-ink", stage.dark ? "#ffffff" : "#000000");
  });
  stage.redraws.at(-1)();
  player.show();
}

// Small whole numbers: they can be added up in the head.
function renumber(model, seed) {
  const random = randomSource(seed);
  const whole = (low, high) => low + Math.floor(random.uniform() * (high - low + 1));
  model.x = model.x.map((channel) => channel.map((row) => row.map(() => whole(0, 2))));
  model.W = model.W.map((filter) =>
    filter.map((channel) => channel.map((row) => row.map(() => whole(-1, 1)))),
  );
  model.b = model.b.map(() => whole(-1, 1));
}

const signed = (v) => (v < 0 ? `−${-v}` : String(v)); // the minus sign is as wide as a digit

// The sum in words and figures; it is read out too.
function spoken({ at: [k, i, j], output, channels, padded, W, b, stride }) {
  const { sums } = oneOutput(padded, W[k], b[k], stride, i, j);
  const terms = [...sums.map((s, c) => `${signed(s)} (${channels[c]})`), `${signed(b[k])} (bias)`];
  return `Filter ${k + 1}, row ${i + 1}, column ${j + 1}: ${terms.join(" + ").replaceAll("+ −", "− ")} = ${signed(output[k][i][j])}`;
}

// A grid of numbers; look(row, column) -> class names of a cell.
function grid(values, label, look = () => "", wide = false) {
  const cells = values.flatMap((row, r) =>
    row.map((v, c) => el("span", { textContent: signed(v), className: look(r, c) })),
  );
  const made = el(
    "div",
    {
      className: wide ? "grid wide" : "grid",
      role: "img",
      "aria-label": `${label}: ${values.map((row) => row.join(" ")).join("; ")}`,
    },
    ...cells,
  );
  made.style.gridTemplateColumns = `repeat(${values[0].length}, max-content)`;
  return made;
}

function drawAll(model, place, go) {
  const {
    at: [k, i, j],
    padded,
    W,
    b,
    stride,
    padding,
    channels,
    output,
  } = model;
  const hadFocus = place.getRootNode().activeElement?.dataset?.place !== undefined;
  const window = W[0][0].length;
  const size = model.x[0].length;
  const inWindow = (r, c) =>
    r >= i * stride && r < i * stride + window && c >= j * stride && c < j * stride + window;
  const outside = (r, c) => Math.min(r, c) < padding || Math.max(r, c) >= size + padding;
  const look = (r, c) => (inWindow(r, c) ? "window" : outside(r, c) ? "padding" : "");
  const { products, sums } = oneOutput(padded, W[k], b[k], stride, i, j);
  const rows = channels.flatMap((name, c) => [
    el("h4", { textContent: name }),
    el("h4", { textContent: `for ${name}` }),
    el("h4", { textContent: `sum ${signed(sums[c])}` }),
    grid(padded[c], `channel ${name}`, look),
    grid(W[k][c], `filter ${k + 1} for ${name}`, () => "window"),
    grid(products[c], `products of ${name}`),
  ]);
  const maps = output.map((map, f) =>
    el(
      "div",
      {},
      el("h4", { textContent: `filter ${f + 1}, bias ${signed(b[f])}` }),
      outputs(map, f, model, go),
    ),
  );
  const heads = ["Picture", `Filter ${k + 1}`, "Products"].map((title) => el("h3", { textContent: title }));
  place.replaceChildren(
    el("div", { className: "rows" }, ...heads, ...rows),
    el(
      "section",
      {},
      el("h3", { textContent: "Output: a map for each filter" }),
      el("div", { className: "maps" }, ...maps),
    ),
  );
  if (hadFocus) place.querySelector(".now").focus();
}

// The outputs are buttons: one of them can be reached with Tab, the others with the arrow keys.
function outputs(map, f, model, go) {
  const [k, i, j] = model.at;
  const cells = map.flatMap((row, r) =>
    row.map((value, c) => {
      const now = f === k && r === i && c === j;
      const known = model.places.findIndex((p) => p.join() === [f, r, c].join()) < model.known;
      const cell = el("button", {
        type: "button",
        textContent: signed(value),
        tabIndex: now ? 0 : -1,
        className: `${now ? "now" : ""} ${known ? "" : "gone"}`,
        "aria-label": `filter ${f + 1}, row ${r + 1}, column ${c + 1}: ${signed(value)}`,
        "aria-pressed": String(now),
        "data-place": [f, r, c].join(),
      });
      const choose = () => {
        model.known = model.places.length;
        go([f, r, c]);
      };
      cell.addEventListener("click", choose);
      cell.addEventListener("pointerenter", (event) => {
        if (event.pointerType === "mouse" && !now) choose();
      });
      return cell;
    }),
  );
  const made = el(
    "div",
    { className: "grid wide", role: "group", "aria-label": `output of filter ${f + 1}` },
    ...cells,
  );
  made.style.gridTemplateColumns = `repeat(${map[0].length}, max-content)`;
  made.addEventListener("keydown", (event) => moveWithKeys(event, model, go));
  return made;
}

function moveWithKeys(event, model, go) {
  const move = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  if (!move) return;
  event.preventDefault();
  let [k, i, j] = model.at;
  const [rows, columns] = [model.output[0].length, model.output[0][0].length];
  i += move[0];
  j += move[1];
  if (i < 0 && k > 0) [k, i] = [k - 1, rows - 1]; // from one map to the other
  if (i >= rows && k + 1 < model.output.length) [k, i] = [k + 1, 0];
  model.known = model.places.length;
  go([k, Math.min(rows - 1, Math.max(0, i)), Math.min(columns - 1, Math.max(0, j))]);
}
