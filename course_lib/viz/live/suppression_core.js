// Non-maximum suppression: course_lib.experiments.boxes. A box is [left, top, right, bottom].

export function boxIou(a, b) {
  const wide = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
  const high = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  const area = (box) => (box[2] - box[0]) * (box[3] - box[1]);
  return (wide * high) / (area(a) + area(b) - wide * high);
}

// The boxes of at least this score, best first; of equal scores the first one is the better.
export function ranked(scores, least) {
  const order = scores.map((_, n) => n).filter((n) => scores[n] >= least);
  return order.sort((a, b) => scores[b] - scores[a] || a - b);
}

// What happens, step by step: the best box that is left stays, and what overlaps it by more than
// `limit` goes. [{ best, overlaps: [[box, iou], ...], gone: [box, ...] }, ...]
export function suppressionSteps(boxes, scores, least, limit) {
  const steps = [];
  let left = ranked(scores, least);
  while (left.length) {
    const [best, ...others] = left;
    const overlaps = others.map((n) => [n, boxIou(boxes[best], boxes[n])]);
    const gone = overlaps.filter(([, iou]) => iou > limit).map(([n]) => n);
    steps.push({ best, overlaps, gone });
    left = others.filter((n) => !gone.includes(n));
  }
  return steps;
}

// Which of these boxes, best first, finds a true box of its label, with an IoU of 0.5 or more.
export function hits(kept, boxes, labels, truth, truthLabels) {
  const taken = new Set();
  return kept.map((n) => {
    let nearest = -1;
    let most = 0;
    truth.forEach((box, m) => {
      const iou = labels[n] === truthLabels[m] && !taken.has(m) ? boxIou(boxes[n], box) : 0;
      if (iou > most) [nearest, most] = [m, iou];
    });
    if (most < 0.5) return false;
    taken.add(nearest);
    return true;
  });
}
