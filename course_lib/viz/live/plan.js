// A network that is built from a plan, layer by layer; sizes, counts and fields follow every change.
import { button, createCanvas, el, panel, select } from "./kit.js";
import { drawMaps } from "./plan_view.js";
import { KINDS, argumentNames, complete, layerName, pythonPlan, sums, tracePlan } from "./plan_core.js";

const PLAN_STYLE = `
  .figure { container-type: inline-size; }
  .number input { font: inherit; color: var(--ink); background: var(--raised); width: 5.2rem;
    border: 1px solid var(--muted); border-radius: 4px; min-height: 28px; padding: 0 0.3rem; }
  .number input[aria-invalid=true] { border: 2px dashed var(--focus); }
  fieldset { border: 1px solid var(--faint); border-radius: 4px; margin: 0.3rem 0; padding: 0.1rem 0.6rem; min-width: 0; }
  legend { font-size: 13px; font-weight: 600; }
  table.layers { max-width: none; }
  .layers th, .layers td { border-top: 1px solid var(--faint); padding: 0.1rem 0.3rem; }
  .layers thead th { border: 0; font-weight: 600; vertical-align: bottom; }
  .layers tr.chosen { background: color-mix(in srgb, var(--focus) 16%, transparent); }
  .layers label { display: flex; gap: 0.35rem; align-items: center; min-height: 26px; cursor: pointer; }
  .layers input { accent-color: var(--focus); margin: 0; width: 16px; height: 16px; flex: none; }
  .layers td.wrong { text-align: left; font-weight: 600; border-left: 4px solid var(--focus); }
  .share { height: 4px; background: var(--accent); margin-left: auto; min-width: 0; }
  .layers .brief { display: none; }
  .few { color: var(--muted); }
  pre { white-space: pre-wrap; font-size: 12px; margin: 0.3rem 0; }
  @container (max-width: 520px) {
    .layers { font-size: 12px; }
    .layers th, .layers td { padding: 0.1rem; }
    .layers .exact { display: none; } .layers .brief { display: inline; }
  }
`;
const LIMITS = {
  filters: [1, 8192],
  units: [1, 65536],
  size: [1, 99],
  stride: [1, 32],
  padding: [0, 32],
  groups: [1, 8192],
  channels: [1, 2048],
  side: [1, 1024],
};

// config: { chosen, presets: [{ name, shape: [C, H, W], plan: [[kind, ...], ...] }] }
export function plan(stage, config) {
  const model = {};
  const status = el("p", { className: "status", role: "status", "aria-live": "polite" });
  const heading = el("legend");
  const fields = el("div", { className: "controls" });
  const body = el("tbody");
  const python = el("pre", { tabIndex: 0 });
  const maps = createCanvas(stage, {
    label: "",
    aspect: (width) => (width < 420 ? 0.62 : 0.34),
    draw: (context, width, height) => drawMaps(context, width, height, model, stage.colors),
  });

  const load = (n) => {
    const preset = config.presets[n];
    Object.assign(model, { preset: n, shape: [...preset.shape], at: 0, plan: preset.plan.map(complete) });
    pictureFields();
    update(true);
  };
  // `edited`: the fields of the chosen layer must be made anew
  const update = (edited) => {
    model.found = tracePlan(model.plan, model.shape);
    if (edited) layerFields();
    showRows();
    heading.textContent = `Layer ${model.at + 1} of ${model.plan.length}: ${layerName(model.plan[model.at])}`;
    remove.disabled = model.plan.length === 1;
    up.disabled = model.at === 0;
    down.disabled = model.at === model.plan.length - 1;
    python.textContent = pythonPlan(model.plan);
    status.textContent = inWords(model);
    maps.setAttribute("aria-label", mapsInWords(model));
    maps.redraw();
  };
  const number = (label, value, on) => numberField(label, value, LIMITS[label.split(" ").at(-1)], on);
  const picture = el("span", { className: "controls" });
  const pictureFields = () =>
    picture.replaceChildren(
      number("picture's channels", model.shape[0], (value) => {
        model.shape[0] = value;
        update();
      }),
      number("picture's side", model.shape[1], (value) => {
        model.shape[1] = model.shape[2] = value;
        update();
      }),
    );
  const layerFields = () => {
    const [kind, ...values] = model.plan[model.at];
    const inputs = argumentNames(kind).map((name, i) =>
      number(name, values[i], (value) => {
        model.plan[model.at][i + 1] = value;
        update();
      }),
    );
    kinds.querySelector("select").value = kind;
    fields.replaceChildren(kinds, ...inputs);
  };
  const showRows = () => {
    const focused = body.getRootNode().activeElement?.name === "layer";
    body.replaceChildren(...rowsOf(model, choose));
    if (focused) body.querySelector("input:checked").focus();
  };
  const choose = (n) => {
    model.at = n;
    update(true);
  };
  const kinds = select("kind", {
    options: Object.entries(KINDS).map(([kind, { name }]) => [kind, name]),
    value: "conv",
    on: (kind) => {
      model.plan[model.at] = [kind, ...argumentNames(kind).map((name) => KINDS[kind][name])];
      update(true);
    },
  });
  const move = (by) => {
    const [layer] = model.plan.splice(model.at, 1);
    model.plan.splice(model.at + by, 0, layer);
    choose(model.at + by);
  };
  const copy = button("Add a copy below", () => {
    model.plan.splice(model.at + 1, 0, [...model.plan[model.at]]);
    choose(model.at + 1);
  });
  const remove = button("Remove", () => {
    model.plan.splice(model.at, 1);
    choose(Math.min(model.at, model.plan.length - 1));
  });
  const up = button("Move up", () => move(-1));
  const down = button("Move down", () => move(1));
  const head = ["layer", "comes out", "parameters", "multiply-adds", "field"];
  stage.box.append(
    el("style", { textContent: PLAN_STYLE }),
    el(
      "div",
      { className: "controls" },
      select("begin with", {
        options: config.presets.map(({ name }, n) => [n, name]),
        value: config.chosen,
        on: (n) => load(Number(n)),
      }),
      picture,
      button("Reset", () => load(model.preset)),
    ),
    status,
    el("fieldset", {}, heading, fields, el("div", { className: "controls" }, copy, remove, up, down)),
    el(
      "table",
      { className: "layers" },
      el("thead", {}, el("tr", {}, ...head.map((word) => el("th", { textContent: word, scope: "col" })))),
      body,
    ),
    panel("The picture, what one output of the chosen layer sees of it, and all maps", maps),
    el("details", {}, el("summary", { textContent: "This plan in Python" }), python),
  );
  load(config.chosen);
}

// A whole number within limits; what is not one is marked, and forgotten when the field is left.
function numberField(label, value, [low, high], on) {
  const input = el("input", { type: "number", min: low, max: high, step: 1, value });
  let last = value;
  const good = () => input.value !== "" && Number.isInteger(+input.value) && +input.value >= low && +input.value <= high;
  input.addEventListener("input", () => {
    input.setAttribute("aria-invalid", String(!good()));
    if (good()) on((last = Number(input.value)));
  });
  input.addEventListener("change", () => {
    if (!good()) input.value = last;
    input.setAttribute("aria-invalid", "false");
  });
  return el("label", { className: "control number" }, label, input);
}

const exact = (n) => n.toLocaleString("en-US");

// A count in at most five characters or so.
function brief(n) {
  const [unit, letter] = n >= 1e9 ? [1e9, " G"] : n >= 1e6 ? [1e6, " M"] : n >= 1e4 ? [1e3, " k"] : [1, ""];
  return unit === 1 ? String(n) : Number((n / unit).toPrecision(3)) + letter;
}

const percent = (part, whole) => `${whole ? Math.round((100 * part) / whole) : 0} %`;

function rowsOf({ plan, at, found }, choose) {
  const { rows, error } = found;
  const total = sums(rows);
  const counted = (n, whole) =>
    el(
      "td",
      {},
      el("span", { className: "exact", textContent: exact(n) }),
      el("span", { className: "brief", textContent: brief(n) }),
      el("div", { className: "share", style: `width: ${whole ? (100 * n) / whole : 0}%` }),
    );
  return plan.map((layer, n) => {
    const input = el("input", { type: "radio", name: "layer", checked: n === at });
    input.addEventListener("change", () => choose(n));
    const name = el("th", { scope: "row" }, el("label", {}, input, layerName(layer)));
    const row = rows[n];
    const cells = row
      ? [
          el("td", { textContent: row.shape.join(" × ") }),
          counted(row.parameters, total.parameters),
          counted(row.macs, total.macs),
          el("td", { textContent: exact(row.field) }),
        ]
      : [
          el("td", {
            colSpan: 4,
            className: n === error.index ? "wrong" : "few",
            textContent: n === error.index ? `Stops here: ${errorWords(error)}` : "not reached",
          }),
        ];
    return el("tr", { className: n === at ? "chosen" : "" }, name, ...cells);
  });
}

function errorWords({ message, padding }) {
  return `${message}.${padding === null ? "" : ` With padding ${padding} it would fit.`}`;
}

function inWords({ plan, at, found }) {
  const { rows, error } = found;
  if (error) return `Layer ${error.index + 1}, ${layerName(plan[error.index])}: ${errorWords(error)}`;
  const total = sums(rows);
  const row = rows[at];
  return (
    `${exact(total.parameters)} parameters, ${exact(total.macs)} multiply-adds, ${exact(total.activations)} ` +
    `activations, depth ${rows.at(-1).depth}. Layer ${at + 1} has ${percent(row.parameters, total.parameters)} ` +
    `of the parameters and ${percent(row.macs, total.macs)} of the multiply-adds.`
  );
}

function mapsInWords({ shape, at, found }) {
  const row = found.rows[at];
  const sizes = [shape, ...found.rows.map((one) => one.shape)].map((one) => one.join(" × ")).join(", ");
  const sees = row
    ? `One output of layer ${at + 1} sees ${row.field} × ${row.field} of ${shape[1]} × ${shape[2]} pixels.`
    : `Layer ${at + 1} is not reached.`;
  return `${sees} Sizes from the picture on: ${sizes}.`;
}
