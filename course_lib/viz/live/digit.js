// A digit drawn with the mouse, a finger or the keys, and read by two models in the page itself.
import { button, checkbox, createCanvas, el, panel, select } from "./kit.js";
import { mix, paint, raster, rgb, text } from "./drawing.js";
import { normalize, probabilities, read, stroke, unpack } from "./digit_core.js";

const SIZE = 112; // the drawing's own pixels, four for each of MNIST's
const PEN = 5;

// config: { readers: { name: { accuracy, layers } }, examples: [{ label, pixels: base64 }] }
export function digit(stage, config) {
  const readers = Object.entries(config.readers).map(([name, { accuracy, layers }]) => ({
    name,
    accuracy,
    layers: unpack(layers),
  }));
  const model = {
    ink: new Array(SIZE * SIZE).fill(0),
    pixels: new Array(784).fill(0),
    centered: true,
    pen: null,
    answers: [],
  };
  const status = el("p", { className: "status", role: "status" });
  const paper = createCanvas(stage, {
    label:
      "Paper. Draw with the mouse or a finger; or move the pen with the arrow keys, Space lowers and lifts it, Delete wipes all.",
    aspect: 1,
    draw: (context, width) => drawPaper(context, width, model, stage.colors),
  });
  const seen = createCanvas(stage, {
    label: "What the models see: 28 by 28 pixels.",
    aspect: 1,
    draw: (context, width) => drawPixels(context, width, model, stage.colors),
  });
  const bars = readers.map((reader, i) =>
    createCanvas(stage, {
      label: "",
      aspect: 0.62,
      draw: (context, width, height) => drawBars(context, width, height, model.answers[i], stage.colors),
    }),
  );
  const update = (finished = true) => {
    model.pixels = model.exact ?? (model.centered ? normalize(model.ink, SIZE) : shrink(model.ink));
    model.blank = !model.ink.some((v) => v > 0);
    model.answers = readers.map(({ layers }) =>
      model.blank ? null : probabilities(read(layers, model.pixels)),
    );
    for (const canvas of [paper, seen, ...bars]) canvas.redraw();
    if (!finished) return;
    status.textContent = model.blank
      ? "Draw a digit."
      : readers.map(({ name }, i) => say(name, model.answers[i])).join(" ");
    bars.forEach((canvas, i) =>
      canvas.setAttribute(
        "aria-label",
        model.blank ? "no answer yet" : say(readers[i].name, model.answers[i]),
      ),
    );
  };
  const wipe = () => {
    model.ink.fill(0);
    model.exact = null;
    update();
  };
  const first = config.examples.findIndex(({ label }) => label.length > 1); // one that is misread
  const show = (n) => {
    // a test digit is centered already: it is read as it is
    model.exact = Array.from(atob(config.examples[n].pixels), (byte) => byte.charCodeAt(0) / 255);
    model.ink = enlarge(model.exact);
    update();
  };
  seen.style.maxWidth = "15rem";
  makeDrawable(paper, model, update, wipe);
  const titles = { softmax: "Softmax of lecture 06", network: "Network of lecture 11" };
  stage.box.append(
    el(
      "div",
      { className: "controls" },
      button("Wipe", wipe, "main"),
      select("a test digit", {
        options: config.examples.map(({ label }, n) => [n, `a ${label}`]),
        value: first,
        on: (n) => show(Number(n)),
      }),
      checkbox("center and scale as MNIST does", {
        value: true,
        on: (on) => {
          model.centered = on;
          model.exact = null;
          update();
        },
      }),
    ),
    status,
    el(
      "div",
      { className: "panels" },
      panel("Draw here", paper),
      panel("What the models see", seen),
      el(
        "div",
        {},
        ...readers.map(({ name, accuracy }, i) =>
          panel(`${titles[name]}, test ${(100 * accuracy).toFixed(2)} %`, bars[i]),
        ),
      ),
    ),
  );
  show(first);
}

function say(name, p) {
  const best = p.indexOf(Math.max(...p));
  return `The ${name} reads a ${best} (${Math.round(100 * p[best])} %).`;
}

// The drawing as it stands, four pixels by four made one.
function shrink(ink) {
  const step = SIZE / 28;
  return Array.from({ length: 784 }, (_, i) => {
    let sum = 0;
    for (let u = 0; u < step; u++) {
      for (let v = 0; v < step; v++) sum += ink[(Math.floor(i / 28) * step + u) * SIZE + (i % 28) * step + v];
    }
    return sum / step ** 2;
  });
}

// A test digit on the paper: each of its pixels becomes a square.
function enlarge(pixels) {
  const step = SIZE / 28;
  return Array.from(
    { length: SIZE * SIZE },
    (_, i) => pixels[28 * Math.floor(Math.floor(i / SIZE) / step) + Math.floor((i % SIZE) / step)],
  );
}

function draw(model, from, to) {
  model.exact = null;
  stroke(model.ink, SIZE, from, to, PEN);
}

function makeDrawable(paper, model, update, wipe) {
  paper.className = "draws";
  paper.tabIndex = 0;
  paper.setAttribute("role", "application");
  let last = null;
  let frame = 0;
  const place = (event) => {
    const { left, top, width } = paper.getBoundingClientRect();
    return [((event.clientX - left) / width) * SIZE, ((event.clientY - top) / width) * SIZE];
  };
  const later = () => {
    // at most one reading a picture, however fast the mouse reports
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      update(false);
    });
  };
  paper.addEventListener("pointerdown", (event) => {
    paper.setPointerCapture(event.pointerId);
    last = place(event);
    draw(model, last, last);
    later();
  });
  paper.addEventListener("pointermove", (event) => {
    if (!last) return;
    const next = place(event);
    draw(model, last, next);
    last = next;
    later();
  });
  const lift = () => {
    if (last) {
      last = null;
      update();
    }
  };
  paper.addEventListener("pointerup", lift);
  paper.addEventListener("pointercancel", lift);
  paper.addEventListener("focus", () => {
    if (paper.matches(":focus-visible")) takePen(model); // by keyboard: a mouse needs no other pen
    paper.redraw();
  });
  paper.addEventListener("blur", () => {
    model.pen = null;
    paper.redraw();
  });
  paper.addEventListener("keydown", (event) => {
    if (pressed(event.key, model, wipe)) {
      event.preventDefault();
      update();
    }
  });
}

function takePen(model) {
  model.pen ??= { at: [SIZE / 2, SIZE / 2], down: false };
}

// Arrow keys move the pen, Space lowers or lifts it, Delete wipes. Whether the key was for us.
function pressed(key, model, wipe) {
  const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (move || key === " ") takePen(model);
  const { pen } = model;
  if (move) {
    const next = pen.at.map((v, i) => Math.max(6, Math.min(SIZE - 6, v + 4 * move[i])));
    if (pen.down) draw(model, pen.at, next);
    pen.at = next;
  } else if (key === " ") {
    pen.down = !pen.down;
    if (pen.down) draw(model, pen.at, pen.at);
  } else if (key === "Delete" || key === "Backspace") wipe();
  else return false;
  return true;
}

// ---- drawing ----

function shades(values, size, colors) {
  const [page, ink] = [rgb(colors.page), rgb(colors.ink)];
  return raster(size, size, (r, c) => mix(page, ink, values[r * size + c]));
}

function drawPaper(context, width, model, colors) {
  paint(context, shades(model.ink, SIZE, colors), 0, 0, width, width);
  context.strokeStyle = colors.muted;
  context.strokeRect(0.5, 0.5, width - 1, width - 1);
  if (!model.pen) return;
  const [x, y] = model.pen.at.map((v) => (v / SIZE) * width);
  context.beginPath();
  context.arc(x, y, (PEN / SIZE) * width, 0, 2 * Math.PI);
  context.strokeStyle = colors.series[1];
  context.lineWidth = 2;
  context.stroke();
  if (model.pen.down) {
    // a lowered pen is filled
    context.fillStyle = colors.series[1];
    context.fill();
  }
}

function drawPixels(context, width, model, colors) {
  paint(context, shades(model.pixels, 28, colors), 0, 0, width, width, false);
  context.strokeStyle = colors.muted;
  context.strokeRect(0.5, 0.5, width - 1, width - 1);
}

function drawBars(context, width, height, p, colors) {
  const step = width / 10;
  const room = height - 34;
  const best = p ? p.indexOf(Math.max(...p)) : -1;
  for (let k = 0; k < 10; k++) {
    const tall = p ? Math.max(1, p[k] * room) : 1;
    context.fillStyle = k === best ? colors.series[0] : colors.muted;
    context.fillRect(k * step + 3, 16 + room - tall, step - 6, tall);
    text(context, String(k), (k + 0.5) * step, height - 4, colors.ink, "center");
    if (p && p[k] >= 0.005)
      text(context, String(Math.round(100 * p[k])), (k + 0.5) * step, 12 + room - tall, colors.ink, "center");
  }
}
