// The maps of a plan, drawn one after the other: as high as their side, as wide as their channels.
import { text } from "./drawing.js";

export function drawMaps(context, width, height, { shape, plan, at, found }, colors) {
  const small = width < 420;
  const input = Math.min(height - 40, width * (small ? 0.34 : 0.28));
  const middle = 18 + (height - 40) / 2;
  drawInput(context, { x: 1, y: middle - input / 2, size: input, shape, row: found.rows[at] }, colors);

  const left = input + 16;
  const boxes = found.rows.map((row) => ({
    wide: 3 + 2 * Math.log2(row.shape[0]),
    high: Math.max(3, (input * (row.shape[1] ?? 1)) / Math.max(shape[1], row.shape[1] ?? 1)),
  }));
  const gap = Math.min(10, width / 3 / (boxes.length + 1));
  const needed = boxes.reduce((sum, { wide }) => sum + wide, 0);
  const scale = Math.min(2.5, (width - left - gap * (boxes.length + 1)) / Math.max(1, needed));
  let x = left + gap;
  boxes.forEach(({ wide, high }, n) => {
    const pools = plan[n][0] === "max" || plan[n][0] === "mean" || plan[n][0] === "global_mean";
    context.fillStyle = n === at ? colors.series[1] : pools ? colors.muted : colors.series[0];
    context.fillRect(x, middle - high / 2, wide * scale, high);
    if (n === at) {
      const words = found.rows[n].shape.join(" × ");
      const half = context.measureText(words).width / 2;
      const place = Math.max(left + half, Math.min(width - half - 1, x + (wide * scale) / 2));
      text(context, words, place, height - 5, colors.ink, "center");
    }
    x += wide * scale + gap;
  });
  if (found.error) text(context, "✕", Math.min(x, width - 12), middle + 5, colors.series[1]);
}

// The picture, and the square of it that one output of a layer sees.
function drawInput(context, { x, y, size, shape, row }, colors) {
  context.lineWidth = 1;
  context.strokeStyle = colors.muted;
  context.strokeRect(x, y, size, size);
  const [, side] = shape;
  const label = row ? `field ${row.field.toLocaleString("en-US")} of ${side}` : "not reached";
  text(context, label, x, 12, colors.ink);
  text(context, shape.join(" × "), x, y + size + 15, colors.muted);
  if (!row) return;
  const seen = (Math.min(row.field, side) / side) * size;
  context.fillStyle = `${colors.series[1]}55`;
  context.fillRect(x + (size - seen) / 2, y + (size - seen) / 2, seen, seen);
  context.strokeStyle = colors.series[1];
  context.lineWidth = 2;
  context.setLineDash(row.field > side ? [5, 4] : []); // it would see more than there is
  context.strokeRect(x + (size - seen) / 2, y + (size - seen) / 2, seen, seen);
  context.setLineDash([]);
}
