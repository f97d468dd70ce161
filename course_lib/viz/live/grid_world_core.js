// Value iteration and Q-learning in a world of squares: course_lib.experiments.grid_world.
// world: { rows: strings of ".#GP", slip, stepReward }; states are counted row by row.

export const MOVES = [
  [-1, 0],
  [0, 1],
  [1, 0],
  [0, -1],
];

export function kinds(world) {
  return world.rows.join("");
}

// Where a move that does not slip leads from a free square.
export function nextState(world, state, move) {
  const width = world.rows[0].length;
  const row = Math.floor(state / width) + MOVES[move][0];
  const column = (state % width) + MOVES[move][1];
  const inside = row >= 0 && row < world.rows.length && column >= 0 && column < width;
  return inside && world.rows[row][column] !== "#" ? row * width + column : state;
}

export function rewardOf(world, state) {
  const kind = kinds(world)[state];
  return kind === "G" ? 1 : kind === "P" ? -1 : world.stepReward;
}

// One move in the world; luck in [0, 1) decides on slipping.
export function step(world, state, move, luck) {
  const turn = luck < world.slip ? -1 : luck < 2 * world.slip ? 1 : 0;
  const there = nextState(world, state, (move + turn + 4) % 4);
  return { there, reward: rewardOf(world, there), ended: "GP".includes(kinds(world)[there]) };
}

// Q[s][a] = what a move gives at once, plus gamma times the value of where it leads, on average.
export function moveValues(world, V, gamma) {
  return V.map((_, state) =>
    MOVES.map((_, move) => {
      if (kinds(world)[state] !== ".") return 0;
      const chances = [
        [0, 1 - 2 * world.slip],
        [3, world.slip],
        [1, world.slip],
      ];
      return chances.reduce((sum, [turn, chance]) => {
        const there = nextState(world, state, (move + turn) % 4);
        return sum + chance * (rewardOf(world, there) + gamma * V[there]);
      }, 0);
    }),
  );
}

// Bellman's equation as an update of all states at once.
export function sweep(world, V, gamma) {
  return moveValues(world, V, gamma).map((values) => Math.max(...values));
}

// A random move if curious < explore, else one of the best; pick says which.
export function choose(values, explore, curious, pick) {
  const best = Math.max(...values);
  const among = [0, 1, 2, 3].filter((move) => curious < explore || values[move] === best);
  return among[Math.floor(pick * among.length)];
}

// One move of Q-learning from a state: Q changes in place, and what happened is returned.
// random() gives the next of three random numbers in [0, 1).
export function learnOneMove(world, Q, state, { explore, rate, gamma }, random) {
  const curious = random();
  const move = choose(Q[state], explore, curious, random());
  const { there, reward, ended } = step(world, state, move, random());
  const target = reward + (ended ? 0 : gamma * Math.max(...Q[there]));
  const before = Q[state][move];
  Q[state][move] += rate * (target - before);
  return { state, move, there, reward, ended, before, target };
}
