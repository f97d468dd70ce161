// A world of squares that is solved by value iteration or learned by moving about; squares can be
// changed. The numbers at a square's edges are the values of its four moves.
import { createPlayer, el, select, slider } from "./kit.js";
import { kinds, learnOneMove, moveValues, sweep } from "./grid_world_core.js";
import { randomSource } from "./random.js";

const GRID_WORLD_STYLE = `
  .world { display: grid; gap: 3px; max-width: 36rem; margin: 0.4rem 0; }
  .square { position: relative; aspect-ratio: 4 / 3; padding: 0; border-radius: 4px; color: var(--ink);
    font: 11px system-ui, sans-serif; font-variant-numeric: tabular-nums; min-height: 0; border: 1px solid var(--faint); }
  .square > span { position: absolute; left: 50%; top: 50%; transform: translate(-50%, -50%); white-space: nowrap; }
  .square > .best { font-size: 20px; }
  .square > .m0 { top: 12%; } .square > .m2 { top: 88%; }
  .square > .m1 { left: auto; right: 2px; transform: translate(0, -50%); }
  .square > .m3 { left: 2px; transform: translate(0, -50%); }
  .square.wall { background: var(--muted); }
  .square.agent { outline: 3px solid var(--focus); outline-offset: -2px; }
  .square .end { font-size: 14px; font-weight: 600; }
  @container (max-width: 420px) { .square { font-size: 9px; } .square > .best { font-size: 14px; } }
  .figure { container-type: inline-size; }
`;
const ARROWS = ["↑", "→", "↓", "←"];
const WORDS = ["up", "right", "down", "left"];
const NAMES = { ".": "free", "#": "wall", G: "goal, reward 1", P: "pit, reward −1" };
const NEXT = { ".": "#", "#": "P", P: "G", G: "." };

const round = (v) => v.toFixed(2).replace("-", "−").replace("−0.00", "0.00");

// config: { rows, start, slip, stepReward, gamma, rate, explore, method: "values" or "moves" }
export function grid_world(stage, config) {
  const model = { ...config, rows: [...config.rows] };
  const place = el("div", { className: "world", role: "group", "aria-label": "the world" });
  const restart = () => {
    const states = kinds(model).length;
    model.V = new Array(states).fill(0);
    model.Q = Array.from({ length: states }, () => [0, 0, 0, 0]);
    model.sweeps = model.episodes = model.moves = model.change = 0;
    model.lengths = [];
    model.at = config.start;
    model.last = null;
    model.random = randomSource(1);
  };
  const change = (name, again) => (value) => {
    model[name] = value;
    if (again) restart();
    player.show();
  };
  let wait = 0;
  const player = createPlayer(stage, {
    advance: (frames, single) => {
      wait += single ? 60 : frames;
      if (wait < (model.method === "values" ? 40 : 4)) return true;
      wait = 0;
      if (model.method === "moves") return learn(model, config.start);
      const V = sweep(model, model.V, model.gamma);
      model.change = Math.max(...V.map((v, s) => Math.abs(v - model.V[s])));
      model.V = V;
      model.sweeps += 1;
      model.Q = moveValues(model, V, model.gamma);
      return model.change > 1e-4; // then there is nothing more to see
    },
    draw: () => drawWorld(stage, model, place, edit),
    reset: restart,
    describe: () => told(model),
  });
  const edit = (state) => {
    if (state === config.start) return;
    const letters = [...kinds(model)];
    letters[state] = NEXT[letters[state]];
    const width = model.rows[0].length;
    model.rows = model.rows.map((_, r) => letters.slice(r * width, (r + 1) * width).join(""));
    restart();
    player.show();
  };
  const share = (v) => `${Math.round(100 * v)} %`;
  restart();
  stage.box.append(
    el("style", { textContent: GRID_WORLD_STYLE }),
    el(
      "div",
      { className: "controls" },
      ...player.buttons,
      select("method", {
        options: [
          ["values", "value iteration: the rules are known"],
          ["moves", "Q-learning: they are not"],
        ],
        value: model.method,
        on: change("method", true),
      }),
      slider("discount γ", {
        values: [0, 0.5, 0.8, 0.9, 0.95, 1],
        value: model.gamma,
        on: change("gamma", true),
      }),
      slider("slips to each side", {
        values: [0, 0.05, 0.1, 0.2],
        value: model.slip,
        format: share,
        on: change("slip", true),
      }),
      slider("reward of a step", {
        values: [-0.5, -0.1, -0.04, 0],
        value: model.stepReward,
        on: change("stepReward", true),
      }),
      slider("explores (Q-learning)", {
        values: [0, 0.05, 0.1, 0.3, 1],
        value: model.explore,
        format: share,
        on: change("explore"),
      }),
      slider("rate (Q-learning)", { values: [0.1, 0.5, 1], value: model.rate, on: change("rate") }),
    ),
    player.status,
    place,
    el("p", { textContent: "Click a square: free, wall, pit, goal. The frame is the learner." }),
  );
  player.show();
}

// One move; an episode ends in a goal or a pit, or is cut off after 200 moves.
function learn(model, start) {
  model.last = learnOneMove(model, model.Q, model.at, model, model.random.uniform);
  model.at = model.last.there;
  model.moves += 1;
  if (model.last.ended || model.moves >= 200) {
    model.lengths.push(model.moves);
    model.episodes += 1;
    model.moves = 0;
    model.at = start;
  }
  return true;
}

// What the last step did, in words; it is read out too.
function told({ method, sweeps, change, episodes, moves, last, lengths, gamma }) {
  if (method === "values") {
    return sweeps
      ? `Sweep ${sweeps}: the largest change of a value is ${change.toFixed(4)}.`
      : "Before the first sweep every value is 0.";
  }
  if (!last) return "Before the first move every Q is 0.";
  const mean = lengths.length ? `, the last ended after ${lengths.at(-1)} moves` : "";
  const after = last.ended ? "" : ` + ${gamma} × best Q there`;
  return (
    `Episode ${episodes + 1}, move ${moves}${mean}. Went ${WORDS[last.move]}: ` +
    `target ${round(last.reward)}${after} = ${round(last.target)}; Q was ${round(last.before)}.`
  );
}

function drawWorld(stage, model, place, edit) {
  const width = model.rows[0].length;
  const focused = place.getRootNode().activeElement?.dataset?.state;
  const squares = [...kinds(model)].map((kind, state) => drawSquare(stage, model, kind, state, edit));
  place.style.gridTemplateColumns = `repeat(${width}, minmax(0, 1fr))`;
  place.replaceChildren(...squares);
  if (focused !== undefined) squares[focused].focus();
}

function drawSquare(stage, model, kind, state, edit) {
  const width = model.rows[0].length;
  const values = model.Q[state];
  const best = Math.max(...values);
  const free = kind === ".";
  const known = free && values.some((v) => v !== 0);
  const arrow = known ? values.map((v, m) => (v === best ? ARROWS[m] : "")).join("") : "";
  const words = known ? `best ${WORDS[values.indexOf(best)]}, value ${round(best)}` : NAMES[kind];
  const here = model.method === "moves" && state === model.at;
  const square = el("button", {
    type: "button",
    className: `square ${kind === "#" ? "wall" : ""} ${here ? "agent" : ""}`,
    "data-state": state,
    "aria-label": `row ${Math.floor(state / width) + 1}, column ${(state % width) + 1}: ${words}`,
  });
  const value = kind === "G" ? 1 : kind === "P" ? -1 : best;
  const color = stage.colors.series[value > 0 ? 0 : 1];
  const strength = Math.round(45 * Math.min(1, Math.abs(value)));
  if (kind !== "#") square.style.background = `color-mix(in srgb, ${color} ${strength}%, transparent)`;
  if (kind === "G" || kind === "P") {
    square.append(el("span", { className: "end", textContent: kind === "G" ? "+1" : "−1" }));
  }
  if (free) {
    square.append(el("span", { className: "best", textContent: arrow.slice(0, 2) }));
    values.forEach((v, m) => {
      if (known) square.append(el("span", { className: `m${m}`, textContent: round(v) }));
    });
  }
  square.addEventListener("click", () => edit(state));
  return square;
}
