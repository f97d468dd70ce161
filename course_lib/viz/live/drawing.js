// Drawing on a canvas: shades, markers, curves with axes. Nothing here remembers anything.

// "#rrggbb" as three numbers, so that colors can be mixed.
export function rgb(hex) {
  return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
}

export function mix(a, b, share) {
  return a.map((v, i) => v + (b[i] - v) * share);
}

// Blue for positive, orange for negative, the page's color for 0: as everywhere in the course.
export function shade(value, colors) {
  const end = rgb(colors.series[value > 0 ? 0 : 1]);
  return mix(rgb(colors.page), end, Math.min(1, Math.abs(value)));
}

// A picture of size x size colors, color(row, column) -> [r, g, b], to be drawn with `paint`.
export function raster(rows, columns, color) {
  const canvas = document.createElement("canvas");
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns, rows);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      image.data.set([...color(r, c), 255], 4 * (r * columns + c));
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

export function paint(context, picture, x, y, width, height, smooth = true) {
  context.imageSmoothingEnabled = smooth;
  context.drawImage(picture, x, y, width, height);
}

// From the plane to the canvas and back; the second axis points up.
export function createScale([[xLow, xHigh], [yLow, yHigh]], { left, top, width, height }) {
  return {
    x: (v) => left + ((v - xLow) / (xHigh - xLow)) * width,
    y: (v) => top + ((yHigh - v) / (yHigh - yLow)) * height,
    back: (px, py) => [
      xLow + ((px - left) / width) * (xHigh - xLow),
      yHigh - ((py - top) / height) * (yHigh - yLow),
    ],
  };
}

// One sample: the shape tells the class as well as the color does; hollow for the test part.
export function marker(context, x, y, kind, color, edge, hollow = false, r = 4) {
  context.beginPath();
  if (kind === 0) context.arc(x, y, r, 0, 2 * Math.PI);
  else if (kind === 1) context.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
  else {
    context.moveTo(x, y - r * 1.2);
    context.lineTo(x + r * 1.15, y + r * 0.9);
    context.lineTo(x - r * 1.15, y + r * 0.9);
    context.closePath();
  }
  context.fillStyle = hollow ? edge : color;
  context.strokeStyle = hollow ? color : edge;
  context.lineWidth = hollow ? 1.8 : 1;
  context.fill();
  context.stroke();
}

export function polyline(context, points, color, width = 2, dash = []) {
  context.setLineDash(dash);
  context.strokeStyle = color;
  context.lineWidth = width;
  context.beginPath();
  let down = false;
  for (const [x, y] of points) {
    if (Number.isFinite(x) && Number.isFinite(y)) {
      if (down) context.lineTo(x, y);
      else context.moveTo(x, y);
      down = true;
    } else down = false;
  }
  context.stroke();
  context.setLineDash([]);
}

// The line along which values[row][column] cross a level, cell by cell ("marching squares");
// place(row, column) says where on the canvas.
export function contour(context, values, level, place, color, width = 1) {
  for (let r = 0; r + 1 < values.length; r++) {
    for (let c = 0; c + 1 < values[r].length; c++) {
      const corners = [
        [r, c],
        [r, c + 1],
        [r + 1, c + 1],
        [r + 1, c],
      ];
      const v = corners.map(([i, j]) => values[i][j] - level);
      const crossings = [];
      for (let i = 0; i < 4; i++) {
        const j = (i + 1) % 4;
        if (v[i] > 0 === v[j] > 0) continue;
        const share = v[i] / (v[i] - v[j]);
        crossings.push(place(...[0, 1].map((d) => corners[i][d] + share * (corners[j][d] - corners[i][d]))));
      }
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        polyline(context, [crossings[i], crossings[i + 1]], color, width);
      }
    }
  }
}

// A cross around (x, y), its arms this long.
export function cross(context, x, y, arm, color, width = 2) {
  polyline(context, [[x - arm, y], [x + arm, y]], color, width);
  polyline(context, [[x, y - arm], [x, y + arm]], color, width);
}

export function text(context, string, x, y, color, align = "left") {
  context.fillStyle = color;
  context.textAlign = align;
  context.fillText(string, x, y);
}

// A number in few characters.
export function short(value) {
  if (!Number.isFinite(value)) return "∞";
  const size = Math.abs(value);
  if (size === 0) return "0";
  return size >= 1e4 || size < 1e-3
    ? value.toExponential(0).replace("e+", "e")
    : String(Number(value.toPrecision(3)));
}

// Curves over steps: curves = [{ name, color, dash, points: [[step, value], ...] }].
// log: a logarithmic axis of values, which then must be above 0.
export function chart(
  context,
  width,
  height,
  { curves, colors, log = false, low = 0, high, steps, legend = true },
) {
  const area = { left: 44, top: 8, width: width - 52, height: height - (legend ? 48 : 30) };
  const below = area.top + area.height + 16;
  const rise = log ? (v) => Math.log10(Math.max(v, 1e-300)) : (v) => v;
  const scale = createScale(
    [
      [0, steps],
      [rise(low), rise(high)],
    ],
    area,
  );
  context.strokeStyle = colors.faint;
  context.lineWidth = 1;
  const ticks = log ? decades(low, high) : evenly(low, high);
  for (const tick of ticks) {
    const y = scale.y(rise(tick));
    polyline(
      context,
      [
        [area.left, y],
        [area.left + area.width, y],
      ],
      colors.faint,
      1,
    );
    text(context, short(tick), area.left - 5, y + 4, colors.muted, "right");
  }
  for (const share of [0, 0.5, 1]) {
    const align = share === 0 ? "left" : share === 1 ? "right" : "center";
    text(context, String(Math.round(steps * share)), scale.x(steps * share), below, colors.muted, align);
  }
  text(context, "step", area.left + area.width * 0.75, below, colors.muted, "center");
  context.save();
  context.beginPath();
  context.rect(area.left, area.top - 2, area.width, area.height + 4);
  context.clip();
  for (const { color, dash, points } of curves) {
    polyline(
      context,
      points.map(([s, v]) => [scale.x(s), scale.y(rise(v))]),
      color,
      2,
      dash,
    );
  }
  context.restore();
  if (!legend) return;
  let x = area.left;
  for (const { name, color, dash } of curves) {
    polyline(
      context,
      [
        [x, height - 9],
        [x + 22, height - 9],
      ],
      color,
      2,
      dash,
    );
    text(context, name, x + 26, height - 5, colors.ink);
    x += 26 + context.measureText(name).width + 14;
  }
}

// Round numbers from low to high, four or five of them.
function evenly(low, high) {
  const size = 10 ** Math.floor(Math.log10((high - low) / 2));
  const stride = size * [1, 2, 5, 10].find((m) => (high - low) / (m * size) <= 5);
  const found = [];
  for (let i = Math.ceil(low / stride); i * stride <= high * (1 + 1e-9); i++) found.push(i * stride);
  return found;
}

// Powers of ten from low to high, at most six of them.
function decades(low, high) {
  const first = Math.ceil(Math.log10(low));
  const last = Math.floor(Math.log10(high));
  const stride = Math.max(1, Math.ceil((last - first + 1) / 6));
  const found = [];
  for (let e = last; e >= first; e -= stride) found.push(10 ** e);
  return found;
}
