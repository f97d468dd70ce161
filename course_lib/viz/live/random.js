// Random numbers that are the same on every computer: mulberry32, by Tommy Ettinger (public domain).

export function randomSource(seed) {
  let state = seed >>> 0;

  // Evenly spread over [0, 1).
  function uniform() {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  // Normal with mean 0 and standard deviation 1 (Box and Muller 1958).
  function normal() {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform())); // 1 - u is never 0
    return radius * Math.cos(2 * Math.PI * uniform());
  }

  // The numbers 0 to n - 1 in a random order (Fisher and Yates).
  function permutation(n) {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = Math.floor(uniform() * (i + 1));
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }

  return { uniform, normal, permutation };
}
