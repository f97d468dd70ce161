// A spectrogram that moves: two tones and two clicks, the frequency of one tone, the window.
import { button, createCanvas, createPlayer, el, panel, slider } from "./kit.js";
import { createScale, marker, mix, paint, polyline, raster, rgb, text } from "./drawing.js";
import { framePowers, heardAt, loudness, peaks, sampled } from "./spectrogram_core.js";

const SHOWN = 16; // samples of the second tone that are drawn one by one

// config: { rate, length, tones, clicks, height, size, sizes, hop, points, below, quiet: frames }
export function spectrogram(stage, config) {
  const model = { ...config, tones: config.tones.slice() };
  const compute = () => {
    model.samples = sampled(model);
    model.powers = framePowers(model.samples, model.size, model.hop, model.points);
    model.shares = loudness(model.powers, model.below);
    model.peaks = peaks(model.powers.slice(0, model.quiet)).map((k) => (k * model.rate) / model.points);
  };
  const picture = createCanvas(stage, {
    label: "Spectrogram: time to the right, frequency upwards, louder is darker, or lighter on a dark page.",
    aspect: 0.62,
    draw: (context, width, height) => drawSpectrogram(context, width, height, model, stage.colors),
  });
  const wave = createCanvas(stage, {
    label: "The second tone as a curve, its samples as dots, and the tone that is heard as a dashed curve.",
    aspect: 0.62,
    draw: (context, width, height) => drawWave(context, width, height, model, stage.colors),
  });
  const change = (action) => (value) => {
    action(value);
    compute();
    player.show();
  };
  const tone = slider("second tone, Hz", {
    values: Array.from({ length: 161 }, (_, i) => 50 * i),
    value: model.tones[1],
    on: change((v) => (model.tones[1] = v)),
  });
  const player = createPlayer(stage, {
    advance: (frames, single) => {
      const by = single ? 50 : 20 * frames;
      model.tones[1] = (model.tones[1] + by) % (model.rate + 1);
      compute();
      return true;
    },
    draw: () => {
      tone.set(Math.round(model.tones[1] / 50) * 50);
      picture.redraw();
      wave.redraw();
    },
    reset: () => {
      model.tones = config.tones.slice();
      compute();
    },
    describe: () => spoken(model),
  });
  const window = slider("window, samples", {
    values: model.sizes,
    value: model.size,
    on: change((v) => (model.size = v)),
  });
  compute();
  stage.box.append(
    el(
      "div",
      { className: "controls" },
      ...player.buttons,
      tone,
      window,
      button("Listen", () => listen(model)),
    ),
    player.status,
    el(
      "div",
      { className: "panels" },
      panel("Two tones and two clicks", picture),
      panel("Second tone: solid, its samples, what is heard: dashed", wave),
    ),
  );
  player.show();
}

// The sentence under the controls; it is read out too.
function spoken({ tones, rate, size, peaks }) {
  const [first, second] = tones.map((hertz) => Math.round(hertz));
  return (
    `Tones of ${first} and ${second} Hz; the second one is heard at ${Math.round(heardAt(second, rate))} Hz. ` +
    `A window of ${(1000 * size) / rate} ms shows ${peaks.length === 1 ? "one peak" : `${peaks.length} peaks`}: ` +
    `${peaks.map((hertz) => Math.round(hertz)).join(", ")} Hz.`
  );
}

// Half a second through the loudspeaker.
function listen({ samples, rate }) {
  const context = new AudioContext();
  const buffer = context.createBuffer(1, samples.length, rate);
  const loudest = samples.reduce((most, s) => Math.max(most, Math.abs(s)), 0);
  buffer.getChannelData(0).set(samples.map((s) => (0.5 * s) / loudest));
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  source.onended = () => context.close();
  source.start();
}

function drawSpectrogram(context, width, height, model, colors) {
  const { rate, length, size, hop, shares, below } = model;
  const area = { left: 44, top: 8, width: width - 54, height: height - 44 };
  const scale = createScale(
    [
      [0, length / rate],
      [0, rate / 2],
    ],
    area,
  );
  const [paper, ink] = [rgb(colors.page), rgb(colors.ink)];
  const bins = shares[0].length;
  const made = raster(bins, shares.length, (r, c) => mix(paper, ink, shares[c][bins - 1 - r]));
  // a frame is drawn around its middle, a frequency around its own
  const [left, right] = [size / 2 - hop / 2, size / 2 + hop * (shares.length - 0.5)].map((n) =>
    scale.x(n / rate),
  );
  const half = area.height / (bins - 1) / 2;
  context.save();
  context.beginPath();
  context.rect(area.left, area.top, area.width, area.height);
  context.clip();
  paint(context, made, left, area.top - half, right - left, area.height + 2 * half, false);
  context.restore();
  context.strokeStyle = colors.faint;
  context.strokeRect(area.left, area.top, area.width, area.height);
  for (let hertz = 0; hertz <= rate / 2; hertz += 1000) {
    text(context, String(hertz), area.left - 5, scale.y(hertz) + 4, colors.muted, "right");
  }
  for (let t = 0; t <= (10 * length) / rate; t += 1) {
    text(context, (t / 10).toFixed(1), scale.x(t / 10), area.top + area.height + 15, colors.muted, "center");
  }
  text(context, `Hz over s; from loudest to ${below} dB less`, area.left, height - 4, colors.muted);
}

function drawWave(context, width, height, { tones, rate }, colors) {
  const hertz = tones[1];
  const heard = heardAt(hertz, rate);
  const area = { left: 44, top: 8, width: width - 54, height: height - 44 };
  const scale = createScale(
    [
      [0, SHOWN],
      [-1.15, 1.15],
    ],
    area,
  );
  const curve = (frequency, sign) =>
    Array.from({ length: 40 * SHOWN + 1 }, (_, i) => [
      scale.x(i / 40),
      scale.y(sign * Math.sin((2 * Math.PI * frequency * i) / 40 / rate)),
    ]);
  polyline(context, curve(0, 1), colors.faint, 1);
  polyline(context, curve(hertz, 1), colors.series[0], 1.5);
  // above half the rate the tone comes back upside down
  if (heard !== hertz) polyline(context, curve(heard, hertz < rate ? -1 : 1), colors.series[1], 2, [6, 4]);
  for (let n = 0; n <= SHOWN; n++) {
    const value = Math.sin((2 * Math.PI * hertz * n) / rate);
    marker(context, scale.x(n), scale.y(value), 0, colors.ink, colors.page);
  }
  for (const value of [-1, 0, 1]) {
    text(context, String(value), area.left - 5, scale.y(value) + 4, colors.muted, "right");
  }
  for (let n = 0; n <= SHOWN; n += 4) {
    text(context, String(n), scale.x(n), area.top + area.height + 15, colors.muted, "center");
  }
  text(context, "sample", area.left, height - 4, colors.muted);
}
