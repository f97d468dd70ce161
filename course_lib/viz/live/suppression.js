// Non-maximum suppression on what a detector really answered, a box at a time.
import { createCanvas, createPlayer, el, panel, select, slider } from "./kit.js";
import { mix, paint, raster, rgb, text } from "./drawing.js";
import { hits, suppressionSteps } from "./suppression_core.js";

const SCENE = 48; // pixels
const SUPPRESSION_STYLE = `
  .overlaps { max-height: 22rem; overflow-y: auto; }
  .word, th.word { text-align: left; padding-left: 0.8rem; }
`;

// config: { least, limit, scenes: [{ name, pixels: base64, boxes, scores, labels, truth, truthLabels }] }
export function suppression(stage, config) {
  const model = createSuppression(config);
  const view = createCanvas(stage, {
    label: "",
    aspect: 1,
    draw: (context, width) => drawScene(context, width, model, stage.colors),
  });
  view.style.maxWidth = "26rem";
  const table = el("div", {
    className: "overlaps",
    tabIndex: 0,
    role: "region",
    "aria-label": "overlaps with the box that stays",
  });
  let wait = 0;
  const player = createPlayer(stage, {
    advance: (frames, single) => {
      wait += single ? 90 : frames;
      if (wait < 90) return true;
      wait = 0;
      model.at = (model.at + 1) % (model.steps.length + 1);
      return single || model.at < model.steps.length;
    },
    draw: () => {
      view.setAttribute("aria-label", `The scene and its boxes. ${model.describe()}`);
      view.redraw();
      table.replaceChildren(tableOf(model));
    },
    reset: () => {
      model.at = 0;
    },
    describe: () => model.describe(),
  });
  const change = (name) => (value) => {
    model[name] = value;
    model.compute();
    player.show();
  };
  stage.box.append(
    el("style", { textContent: SUPPRESSION_STYLE }),
    el(
      "div",
      { className: "controls" },
      ...player.buttons,
      select("scene", {
        options: config.scenes.map(({ name }, n) => [n, name]),
        value: 0,
        on: (n) => {
          model.choose(Number(n));
          player.show();
        },
      }),
      slider("least score", {
        values: [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
        value: config.least,
        on: change("least"),
      }),
      slider("IoU limit", {
        values: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
        value: config.limit,
        on: change("limit"),
      }),
    ),
    player.status,
    el(
      "div",
      { className: "panels" },
      panel("Thick: stays. Dashed: goes now. Thin: not decided", view),
      panel("Overlap with the box that stays", table),
    ),
  );
  player.show();
}

function createSuppression(config) {
  const model = { least: config.least, limit: config.limit, at: 0 };
  model.choose = (n) => {
    model.scene = config.scenes[n];
    model.pixels = Array.from(atob(model.scene.pixels), (byte) => byte.charCodeAt(0) / 255);
    model.compute();
  };
  // All is worked out at once; `at` says how many steps of it are shown.
  model.compute = () => {
    const { boxes, scores } = model.scene;
    model.steps = suppressionSteps(boxes, scores, model.least, model.limit);
    model.at = model.steps.length;
  };
  model.describe = () => spokenStep(model);
  model.choose(0);
  return model;
}

const named = ({ labels, scores }, n) =>
  `${labels[n] === 8 ? "an" : "a"} ${labels[n]} (${scores[n].toFixed(2)})`;
const counted = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;

function spokenStep({ scene, steps, at, limit }) {
  const all = steps.length ? steps[0].overlaps.length + 1 : 0;
  if (all === 0) return "No box has so high a score.";
  if (at === 0) return `${all === 1 ? "1 box" : `${all} boxes`}, and nothing decided.`;
  const { best, gone, overlaps } = steps[at - 1];
  const left = overlaps.length - gone.length;
  const step = `Step ${at} of ${steps.length}: ${named(scene, best)} stays, ${gone.length} with an IoU above ${limit} go, ${left} left.`;
  if (left) return step;
  const kept = steps.map((one) => one.best);
  const found = hits(kept, scene.boxes, scene.labels, scene.truth, scene.truthLabels).filter(Boolean).length;
  return `${step} Of ${all} boxes ${kept.length} stay: ${found} of ${counted(scene.truth.length, "digit")} found, ${counted(kept.length - found, "false alarm")}.`;
}

function drawScene(context, width, { scene, pixels, steps, at }, colors) {
  const [page, ink] = [rgb(colors.page), rgb(colors.ink)];
  const pixel = (r, c) => mix(page, ink, 0.55 * pixels[r * SCENE + c]);
  paint(context, raster(SCENE, SCENE, pixel), 0, 0, width, width, false);
  const unit = width / SCENE;
  const draw = (n, color, line, dash = []) => {
    const [left, top, right, bottom] = scene.boxes[n].map((v) => v * unit);
    context.strokeStyle = color;
    context.lineWidth = line;
    context.setLineDash(dash);
    context.strokeRect(left, top, right - left, bottom - top);
    context.setLineDash([]);
  };
  const done = steps.slice(0, at);
  const rest = at < steps.length ? [steps[at].best, ...steps[at].overlaps.map(([n]) => n)] : [];
  for (const n of rest) draw(n, colors.muted, 1);
  if (at > 0) for (const n of done[at - 1].gone) draw(n, colors.series[1], 1.5, [5, 4]);
  for (const { best } of done) {
    draw(best, colors.series[0], 3);
    const [left, top] = scene.boxes[best];
    const words = `${scene.labels[best]}: ${scene.scores[best].toFixed(2)}`;
    context.font = "bold 13px system-ui, sans-serif";
    const wide = context.measureText(words).width;
    const x = Math.max(2, Math.min(left * unit, width - wide - 4));
    const y = Math.max(15, top * unit - 5);
    context.fillStyle = colors.page;
    context.fillRect(x - 2, y - 13, wide + 4, 17);
    text(context, words, x, y, colors.series[0]);
  }
}

// The boxes that were left in this step, by falling overlap.
function tableOf({ scene, steps, at }) {
  if (at === 0) return el("p", { textContent: "Press Step: the box with the highest score stays first." });
  const { overlaps, gone } = steps[at - 1];
  if (!overlaps.length) return el("p", { textContent: "No other box is left." });
  const head = ["box", "IoU", ""].map((word) => el("th", { textContent: word, scope: "col" }));
  const rows = overlaps
    .slice()
    .sort((a, b) => b[1] - a[1])
    .map(([n, iou]) =>
      el(
        "tr",
        {},
        el("th", { textContent: named(scene, n), scope: "row" }),
        el("td", { textContent: iou.toFixed(2) }),
        el("td", { textContent: gone.includes(n) ? "goes" : "is left", className: "word" }),
      ),
    );
  Object.assign(head[2], { textContent: "then", className: "word" });
  return el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows));
}
