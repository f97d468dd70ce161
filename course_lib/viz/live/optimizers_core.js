// Surfaces of two weights, and the update rules of course_lib.optim in plain numbers.
// A test takes 100 steps with each rule on each surface, here and in the library.

// The rates on offer: twelve in each power of ten.
export const RATES = [-4, -3, -2, -1, 0].flatMap((power) =>
  [1, 1.2, 1.5, 1.8, 2.2, 2.7, 3.3, 3.9, 4.7, 5.6, 6.8, 8.2].map((m) =>
    Number((m * 10 ** power).toPrecision(2)),
  ),
);

// loss(w1, w2) and its gradient. Where to start and with which rates, Python says (experiments/live/optimizers.py).
export const SURFACES = {
  valley: {
    // curvatures 1 and 100: condition number 100
    loss: (a, b) => (a * a + 100 * b * b) / 2,
    gradient: (a, b) => [a, 100 * b],
  },
  "turned valley": {
    // the same, turned by 45 degrees: no weight has a curvature of its own
    loss: (a, b) => ((a + b) ** 2 / 2 + 100 * ((b - a) ** 2 / 2)) / 2,
    gradient: (a, b) => [(a + b) / 2 - 50 * (b - a), (a + b) / 2 + 50 * (b - a)],
  },
  saddle: {
    loss: (a, b) => a ** 2 / 2 - b ** 2 / 2 + b ** 4 / 4 + 0.25, // + 1/4: its minima are 0
    gradient: (a, b) => [a, b ** 3 - b],
  },
  Rosenbrock: {
    loss: (a, b) => (1 - a) ** 2 + 100 * (b - a * a) ** 2,
    gradient: (a, b) => [-2 * (1 - a) - 400 * a * (b - a * a), 200 * (b - a * a)],
  },
  bumpy: {
    // a bowl with waves on it: many local minima, the lowest in the middle
    loss: (a, b) => (a * a + b * b) / 20 + (2 - Math.cos(2 * a) - Math.cos(2 * b)) / 4,
    gradient: (a, b) => [a / 10 + Math.sin(2 * a) / 2, b / 10 + Math.sin(2 * b) / 2],
  },
};

// Each rule changes w by the gradient g; `memory` starts empty, t counts from 1.
// The names and formulas are those of course_lib.optim.
export const RULES = {
  SGD: (w, g, memory, { rate }) => {
    w.forEach((v, i) => {
      w[i] = v - rate * g[i];
    });
  },
  momentum: (w, g, memory, { rate, momentum }) => {
    memory.v ??= [0, 0];
    w.forEach((value, i) => {
      memory.v[i] = momentum * memory.v[i] + g[i];
      w[i] = value - rate * memory.v[i];
    });
  },
  Nesterov: (w, g, memory, { rate, momentum }) => {
    memory.v ??= [0, 0];
    w.forEach((value, i) => {
      memory.v[i] = momentum * memory.v[i] + g[i];
      w[i] = value - rate * (g[i] + momentum * memory.v[i]); // one step ahead
    });
  },
  Adagrad: (w, g, memory, { rate }) => {
    memory.s ??= [0, 0];
    w.forEach((value, i) => {
      memory.s[i] += g[i] * g[i];
      w[i] = value - (rate * g[i]) / (Math.sqrt(memory.s[i]) + 1e-10);
    });
  },
  RMSprop: (w, g, memory, { rate }) => {
    memory.s ??= [0, 0];
    w.forEach((value, i) => {
      memory.s[i] = 0.9 * memory.s[i] + (1 - 0.9) * (g[i] * g[i]);
      w[i] = value - (rate * g[i]) / (Math.sqrt(memory.s[i]) + 1e-8);
    });
  },
  Adam: (w, g, memory, { rate, t }) => {
    memory.m ??= [0, 0];
    memory.v ??= [0, 0];
    w.forEach((value, i) => {
      memory.m[i] = 0.9 * memory.m[i] + (1 - 0.9) * g[i];
      memory.v[i] = 0.999 * memory.v[i] + (1 - 0.999) * (g[i] * g[i]);
      const mHat = memory.m[i] / (1 - 0.9 ** t); // both began at zero
      const vHat = memory.v[i] / (1 - 0.999 ** t);
      w[i] = value - (rate * mHat) / (Math.sqrt(vHat) + 1e-8);
    });
  },
};

// One racer: where it is, where it was, what it paid there.
export function createRacer(name, surface, start, rate) {
  return {
    name,
    rate,
    w: start.slice(),
    memory: {},
    t: 0,
    path: [start.slice()],
    losses: [surface.loss(...start)],
  };
}

export function stepRacer(racer, surface, momentum) {
  racer.t += 1;
  RULES[racer.name](racer.w, surface.gradient(...racer.w), racer.memory, {
    rate: racer.rate,
    momentum,
    t: racer.t,
  });
  racer.path.push(racer.w.slice());
  racer.losses.push(surface.loss(...racer.w));
}

// Whether it has run away: no step will bring it back.
export function isGone({ w }) {
  return !(Math.abs(w[0]) < 1e6 && Math.abs(w[1]) < 1e6);
}

export function race(surfaceName, name, { start, rate, steps, momentum }) {
  const surface = SURFACES[surfaceName];
  const racer = createRacer(name, surface, start, rate);
  while (racer.t < steps && !isGone(racer)) stepRacer(racer, surface, momentum);
  return racer;
}
