// A cosine, a sine and clicks, sampled, and its spectrogram: course_lib.data.spectrogram and decibels.

// signal: { rate, length, tones: Hz, clicks: sample numbers, height of a click } -> samples
export function sampled({ rate, length, tones, clicks, height }) {
  const [first, second] = tones.map((hertz) => (2 * Math.PI * hertz) / rate);
  const samples = Array.from({ length }, (_, n) => Math.cos(first * n) + Math.sin(second * n));
  for (const n of clicks) samples[n] += height;
  return samples;
}

// Where a tone is heard that is sampled `rate` times a second: at most at half of it.
export function heardAt(hertz, rate) {
  return Math.abs(hertz - rate * Math.round(hertz / rate));
}

// The Fourier transform of complex numbers, in place; their count is a power of two. Cooley and
// Tukey: half of the work is done for the even places, half for the odd ones, then both are joined.
export function transform(real, imaginary) {
  const count = real.length;
  for (let i = 1, j = 0; i < count; i++) {
    let bit = count >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [real[i], real[j]] = [real[j], real[i]];
      [imaginary[i], imaginary[j]] = [imaginary[j], imaginary[i]];
    }
  }
  for (let size = 2; size <= count; size *= 2) {
    for (let k = 0; k < size / 2; k++) {
      const [c, s] = [Math.cos((2 * Math.PI * k) / size), -Math.sin((2 * Math.PI * k) / size)];
      for (let even = k; even < count; even += size) {
        const odd = even + size / 2;
        const re = real[odd] * c - imaginary[odd] * s;
        const im = real[odd] * s + imaginary[odd] * c;
        real[odd] = real[even] - re;
        imaginary[odd] = imaginary[even] - im;
        real[even] += re;
        imaginary[even] += im;
      }
    }
  }
}

// Powers [frame][frequency] of frames of `size` samples, `hop` apart, under Hann's window.
export function framePowers(samples, size, hop, points) {
  const window = Array.from({ length: size }, (_, t) => (1 - Math.cos((2 * Math.PI * t) / size)) / 2);
  const found = [];
  for (let start = 0; start + size <= samples.length; start += hop) {
    const real = new Float64Array(points);
    const imaginary = new Float64Array(points);
    for (let t = 0; t < size; t++) real[t] = samples[start + t] * window[t];
    transform(real, imaginary);
    found.push(Array.from({ length: points / 2 + 1 }, (_, k) => real[k] ** 2 + imaginary[k] ** 2));
  }
  return found;
}

// Loudness of each power as a share: 1 for the largest, 0 if `below` decibels less.
export function loudness(powers, below) {
  const loudest = powers.reduce((most, row) => row.reduce((a, b) => Math.max(a, b), most), 0);
  if (loudest <= 0) return powers.map((row) => row.map(() => 0));
  const least = 10 ** (-below / 10);
  return powers.map((row) =>
    row.map((power) => 1 + (10 * Math.log10(Math.max(power / loudest, least))) / below),
  );
}

// The numbers of the frequencies that stand out, on the mean of these frames: higher than both
// neighbors, and at least a tenth of the highest.
export function peaks(powers) {
  const mean = powers[0].map((_, k) => powers.reduce((sum, row) => sum + row[k], 0) / powers.length);
  const highest = mean.reduce((a, b) => Math.max(a, b), 0);
  const at = (k) => (k < 0 || k >= mean.length ? -Infinity : mean[k]);
  return [...mean.keys()].filter(
    (k) => mean[k] > at(k - 1) && mean[k] >= at(k + 1) && mean[k] >= highest / 10,
  );
}
