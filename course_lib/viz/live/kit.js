// What all live figures share: a place in the page, controls, a player, colors.
// Everything stands in a shadow root, so the page's styles and the figure's leave each other alone.

// Okabe and Ito's colors as in course_lib.viz; on dark pages lighter, so that they keep apart from it.
const PALETTES = {
  light: {
    page: "#ffffff",
    ink: "#222222",
    faint: "#d5d5d5",
    muted: "#595959",
    series: ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#B37A00", "#56B4E9"],
  },
  dark: {
    page: "#1c1c1c",
    ink: "#eeeeee",
    faint: "#4a4a4a",
    muted: "#b5b5b5",
    series: ["#4FA8E0", "#F2813A", "#2DC49B", "#E3A3C7", "#E69F00", "#9AD3F5"],
  },
};

const STYLE = `
  :host { display: block; margin: 0.5em 0; max-width: 62rem; color: var(--ink);
    font: 14px/1.4 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
  * { box-sizing: border-box; }
  .controls { display: flex; flex-wrap: wrap; gap: 0.4rem 1rem; align-items: end; margin: 0.4rem 0; }
  .control { display: flex; flex-direction: column; font-size: 12px; color: var(--muted); min-width: 0; }
  .control b { color: var(--ink); font-variant-numeric: tabular-nums; }
  .control input[type=range] { width: 8.5rem; max-width: 100%; accent-color: var(--accent); height: 24px;
    margin: 0; }
  .check { flex-direction: row; gap: 0.3rem; align-items: center; color: var(--ink); min-height: 24px; }
  .check input { accent-color: var(--accent); width: 16px; height: 16px; margin: 0; }
  button, select { font: inherit; color: var(--ink); background: var(--raised); padding: 0.2rem 0.6rem;
    border: 1px solid var(--muted); border-radius: 4px; min-height: 28px; cursor: pointer; }
  button.main { background: var(--accent); color: var(--on-accent); border-color: var(--accent);
    min-width: 5.2rem; font-weight: 600; }
  :focus-visible { outline: 3px solid var(--focus); outline-offset: 1px; }
  .panels { display: grid; gap: 0.8rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); }
  .panels.large { grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); }
  .panel { min-width: 0; margin: 0; }
  .panel.wide { grid-column: 1 / -1; }
  .panel h3 { font-size: 13px; margin: 0 0 0.2rem; font-weight: 600; }
  .panel p { font-size: 12px; color: var(--muted); margin: 0.2rem 0; }
  canvas { display: block; width: 100%; touch-action: pan-y; border-radius: 3px; }
  canvas.draws { touch-action: none; cursor: crosshair; }
  .status { min-height: 1.4em; margin: 0.2rem 0; font-variant-numeric: tabular-nums; }
  table { width: 100%; max-width: 26rem; border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 13px; }
  th, td { text-align: right; padding: 0.1rem 0.2rem; font-weight: normal; }
  td .control input[type=range] { width: 100%; min-width: 3.5rem; }
  th:first-child { text-align: left; }
`;

// A new element: properties of its own, attributes with a dash or "role", children.
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children);
  return element;
}

// Whether the page behind an element is dark: the first color that shines through decides.
function isDark(element) {
  for (let node = element; node; node = node.parentElement) {
    const parts = getComputedStyle(node)
      .backgroundColor.match(/[\d.]+/g)
      .map(Number);
    if (parts.length < 4 || parts[3] > 0.5) {
      return 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2] < 128;
    }
  }
  return (
    getComputedStyle(document.documentElement).colorScheme.includes("dark") &&
    matchMedia("(prefers-color-scheme: dark)").matches
  );
}

// Put a figure in the place of every picture that waits for it. `build(stage, config)` makes it.
export function mount(id, build, config) {
  for (const host of document.querySelectorAll(`[data-live="${id}"]`)) {
    if (!host.shadowRoot) build(createStage(host), config);
  }
}

// The figure's root, its colors, and whom to tell when these change.
function createStage(host) {
  const root = host.attachShadow({ mode: "open" });
  const box = el("div", { className: "figure" });
  root.append(el("style", { textContent: STYLE }), box);
  host.setAttribute("data-lm-suppress-shortcuts", "true"); // the keys are the figure's, not JupyterLab's
  const stage = { host, box, colors: PALETTES.light, redraws: [] };
  const refresh = () => {
    const dark = isDark(host);
    stage.colors = PALETTES[dark ? "dark" : "light"];
    stage.dark = dark;
    const { ink, muted, faint, series } = stage.colors;
    const variables = {
      ink,
      muted,
      faint,
      accent: series[0],
      "on-accent": dark ? "#000" : "#fff",
      raised: dark ? "#2b2b2b" : "#f6f6f6",
      focus: series[1],
    };
    for (const [name, value] of Object.entries(variables)) host.style.setProperty(`--${name}`, value);
    host.style.colorScheme = dark ? "dark" : "light";
    for (const redraw of stage.redraws) redraw();
  };
  refresh();
  const later = () => setTimeout(refresh, 300); // a theme's style sheet may still be on its way
  const watcher = new MutationObserver(later);
  for (const node of [document.documentElement, document.body]) {
    watcher.observe(node, {
      attributes: true,
      attributeFilter: ["class", "data-theme", "data-mode", "data-jp-theme-light", "data-jp-theme-name"],
    });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", later);
  return stage;
}

// A canvas that keeps its shape and is sharp on dense screens. `draw(context, width, height)`.
export function createCanvas(stage, { label, aspect, draw, ...properties }) {
  const canvas = el("canvas", { role: "img", "aria-label": label, ...properties });
  canvas.redraw = () => {
    const width = canvas.clientWidth;
    if (!width) return; // not in the page yet, or out of sight
    const height = Math.round(width * (typeof aspect === "function" ? aspect(width) : aspect));
    const dense = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * dense);
    canvas.height = Math.round(height * dense);
    canvas.style.height = `${height}px`;
    const context = canvas.getContext("2d");
    context.scale(dense, dense);
    context.font = "12px system-ui, sans-serif";
    draw(context, width, height);
  };
  let before = 0;
  new ResizeObserver(() => {
    if (canvas.clientWidth !== before) {
      before = canvas.clientWidth;
      canvas.redraw();
    }
  }).observe(canvas);
  stage.redraws.push(canvas.redraw);
  return canvas;
}

// ---- controls: each a label with its input; `on(value)` hears of every change ----

// A slider over a list of values; the first value joins the list if it is not in it.
export function slider(label, { values: offered, value, format = String, on }) {
  const values = offered.includes(value) ? offered : [...offered, value].sort((a, b) => a - b);
  const shown = el("b", { textContent: format(value) });
  const input = el("input", { type: "range", min: 0, max: values.length - 1, step: 1 });
  input.value = values.indexOf(value);
  const say = () => input.setAttribute("aria-valuetext", format(values[input.value]));
  input.addEventListener("input", () => {
    shown.textContent = format(values[input.value]);
    say();
    on(values[input.value]);
  });
  say();
  const control = el("label", { className: "control" }, el("span", {}, `${label} `, shown), input);
  control.set = (next) => {
    input.value = Math.max(0, values.indexOf(next));
    shown.textContent = format(values[input.value]);
    say();
  };
  return control;
}

export function select(label, { options, value, on }) {
  const input = el(
    "select",
    {},
    ...options.map(([key, name]) => el("option", { value: key, textContent: name })),
  );
  input.value = value;
  input.addEventListener("change", () => on(input.value));
  const control = el("label", { className: "control" }, label, input);
  control.fill = (entries, next) => {
    input.replaceChildren(...entries.map(([key, name]) => el("option", { value: key, textContent: name })));
    input.value = next;
  };
  return control;
}

export function checkbox(label, { value, on }) {
  const input = el("input", { type: "checkbox", checked: value });
  input.addEventListener("change", () => on(input.checked));
  return el("label", { className: "control check" }, input, label);
}

export function button(label, on, className = "") {
  const made = el("button", { type: "button", textContent: label, className });
  made.addEventListener("click", on);
  return made;
}

export function panel(title, ...children) {
  return el("section", { className: "panel" }, el("h3", { textContent: title }), ...children);
}

// ---- time: play, pause, step, reset; nothing runs while paused or out of sight ----

export function createPlayer(stage, { advance, draw, reset, describe }) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const status = el("p", { className: "status", role: "status" });
  const play = button("Play", () => toggle(!player.playing), "main");
  const player = { playing: false, status, buttons: [play, button("Step", once), button("Reset", again)] };
  let visible = false;
  let frame = 0;
  let last = 0;

  function show() {
    draw();
    // spoken only while nothing moves: nobody can follow sixty announcements a second
    status.setAttribute("aria-live", player.playing ? "off" : "polite");
    status.textContent = describe();
  }
  function tick(now) {
    frame = 0;
    if (!player.playing || !visible) return;
    if (!calm.matches || now - last > 500) {
      // who asks for less motion sees two pictures a second
      last = now;
      if (advance(calm.matches ? 30 : 1) === false) return toggle(false);
      show();
    }
    frame = requestAnimationFrame(tick);
  }
  function wake() {
    if (player.playing && visible && !frame) frame = requestAnimationFrame(tick);
  }
  function toggle(playing) {
    player.playing = playing;
    play.textContent = playing ? "Pause" : "Play";
    show();
    wake();
  }
  function once() {
    player.playing = false;
    play.textContent = "Play";
    advance(1, true);
    show();
  }
  function again() {
    reset();
    show();
  }
  new IntersectionObserver((entries) => {
    visible = entries[entries.length - 1].isIntersecting;
    wake();
  }).observe(stage.host);
  player.show = show;
  return player;
}
