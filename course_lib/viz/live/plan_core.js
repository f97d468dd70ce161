// Shapes, counts and receptive fields of a plan: course_lib.zoo.plan, layers without branches.
// A layer is [kind, ...arguments] as in Python, a shape [channels, height, width] or [units].

// What a layer's arguments are called, and what a new layer begins with.
export const KINDS = {
  conv: { name: "convolution", filters: 16, size: 3, stride: 1, padding: 1, groups: 1 },
  max: { name: "max pooling", size: 2, stride: 2, padding: 0 },
  mean: { name: "mean pooling", size: 2, stride: 2, padding: 0 },
  norm: { name: "batch norm" },
  global_mean: { name: "global mean" },
  dense: { name: "dense", units: 10 },
};

export function argumentNames(kind) {
  return Object.keys(KINDS[kind]).filter((key) => key !== "name");
}

// The layer with all its arguments: what a plan leaves out has the library's usual value.
export function complete([kind, ...given]) {
  const usual = { conv: [0, 0, 1, 0, 1], max: [0, given[0], 0], mean: [0, given[0], 0] }[kind] ?? [];
  return [kind, ...given, ...usual.slice(given.length)];
}

// { rows, error }: a row for every layer up to the first that gets what it can't take. error: null,
// or { index, message, padding } with the least padding that would mend it, or null.
export function tracePlan(plan, shape) {
  const rows = [];
  let before = { shape, parameters: 0, macs: 0, field: 1, stride: 1, depth: 0 };
  for (const [index, layer] of plan.entries()) {
    try {
      before = LAYERS[layer[0]](before, ...complete(layer).slice(1));
    } catch (error) {
      if (!(error instanceof PlanError)) throw error;
      return { rows, error: { index, message: error.message, padding: mendingPadding(before, layer) } };
    }
    rows.push(before);
  }
  return { rows, error: null };
}

export function sums(rows) {
  const sum = (number) => rows.reduce((total, row) => total + number(row), 0);
  return {
    parameters: sum((row) => row.parameters),
    macs: sum((row) => row.macs),
    activations: sum((row) => product(row.shape)),
  };
}

// The layer as the library writes it in a table.
export function layerName([kind, ...values]) {
  const window = (size, stride) => `${size} x ${size}${stride > 1 ? ` / ${stride}` : ""}`;
  const [, ...all] = complete([kind, ...values]);
  if (kind === "conv") {
    const groups = all[4] > 1 ? `, ${all[4]} groups` : "";
    return `conv ${all[0]}, ${window(all[1], all[2])}${groups}`;
  }
  if (kind === "max" || kind === "mean") return `${kind} ${window(all[0], all[1])}`;
  if (kind === "dense") return `dense ${all[0]}`;
  return kind.replace("_", " ");
}

// The plan as Python reads it; arguments that have their usual value at the end are left out.
export function pythonPlan(plan) {
  const lines = plan.map((layer) => {
    const whole = complete(layer);
    let end = whole.length;
    while (end > 1 && complete(whole.slice(0, end - 1))[end - 1] === whole[end - 1]) end -= 1;
    const values = whole.slice(1, end).map((value) => `, ${value}`).join("");
    return `    ("${layer[0]}"${values || ","}),`;
  });
  return `plan = [\n${lines.join("\n")}\n]`;
}

class PlanError extends Error {}

const product = (numbers) => numbers.reduce((a, b) => a * b, 1);

const LAYERS = {
  conv(before, filters, size, stride, padding, groups) {
    const channels = before.shape[0];
    if (channels % groups || filters % groups) {
      throw new PlanError(`${groups} groups do not divide ${channels} channels, ${filters} filters`);
    }
    const moved = slide(before, size, stride, padding);
    const weights = filters * (channels / groups) * size ** 2;
    const sides = moved.shape.slice(1);
    return {
      ...moved,
      shape: [filters, ...sides],
      parameters: weights + filters,
      macs: weights * product(sides),
      depth: before.depth + 1,
    };
  },
  max: slide,
  mean: slide,
  norm: (before) => ({ ...before, parameters: 2 * before.shape[0], macs: 0 }),
  global_mean(before) {
    const [channels] = pictureShape(before);
    return { ...before, shape: [channels], parameters: 0, macs: 0, field: wholeField(before) };
  },
  dense(before, units) {
    const weights = product(before.shape) * units;
    return {
      shape: [units],
      parameters: weights + units,
      macs: weights,
      field: wholeField(before),
      stride: before.stride,
      depth: before.depth + 1,
    };
  },
};

// A window that moves over the picture: size, field and stride of what it sees.
function slide(before, size, stride, padding) {
  const [channels, ...sides] = pictureShape(before);
  return {
    shape: [channels, ...sides.map((side) => placesOf(side, size, stride, padding))],
    parameters: 0,
    macs: 0,
    field: before.field + (size - 1) * before.stride,
    stride: before.stride * stride,
    depth: before.depth,
  };
}

// How many places a window has along one axis, if it leaves out no pixel that it could see.
export function placesOf(size, window, stride, padding) {
  const room = size + 2 * padding - window;
  if (room < 0) {
    throw new PlanError(
      `the window of size ${window} is larger than the picture of size ${size} with padding ${padding}`,
    );
  }
  if (room % stride > padding + Math.max(0, stride - window)) {
    const exact = Number((room / stride + 1).toPrecision(6));
    throw new PlanError(
      `the window does not fit: (${size} - ${window} + 2 * ${padding}) / ${stride} + 1 = ${exact} is no whole number, and pixels would be left out`,
    );
  }
  return Math.floor(room / stride) + 1;
}

// The least padding with which this window fits all sides; null if it is not a matter of padding.
function mendingPadding(before, layer) {
  const kind = layer[0];
  if (before.shape.length !== 3 || !["conv", "max", "mean"].includes(kind)) return null;
  const [size, stride, own] = complete(layer).slice(kind === "conv" ? 2 : 1);
  const fits = (padding) => {
    try {
      before.shape.slice(1).forEach((side) => placesOf(side, size, stride, padding));
      return true;
    } catch (error) {
      if (error instanceof PlanError) return false;
      throw error;
    }
  };
  const all = Array.from({ length: size }, (_, padding) => padding);
  return fits(own) ? null : (all.find(fits) ?? null);
}

// The field of one who sees the whole of what came before.
function wholeField({ shape, field, stride }) {
  return field + (Math.max(1, ...shape.slice(1)) - 1) * stride;
}

function pictureShape({ shape }) {
  if (shape.length !== 3) {
    throw new PlanError(`it gets the shape (${shape.join(", ")},), wanted (C, H, W)`);
  }
  return shape;
}
