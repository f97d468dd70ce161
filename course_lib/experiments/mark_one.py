"""The Mark I perceptron of 1960: its photocells, and the units that are wired to them at random.

Source: J. Hay, B. Lynch, D. Smith, Mark I Perceptron Operators' Manual, 1960.
"""

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import RandomSource, as_generator, check_count, check_shape, checked

SIDE = 20  # of the square of photocells
WIRES = 5  # of each kind that lead to one association unit; the plug-board left the number open


def photocells(x: NDArray) -> NDArray:
    """What 20 x 20 photocells see of digits x (N, 1, 28, 28): ink or none, (N, 400) of 1.0 and 0.0.

    MNIST fits each digit into 20 x 20 pixels and centers its mass; what lies outside is not seen.
    """
    check_shape("photocells: x", x, ("N", 1, 28, 28))
    return (x[:, 0, 4:24, 4:24] > 0.5).reshape(len(x), -1).astype(float)


@checked(units=check_count)
def random_wiring(units: int, rng: RandomSource = 0) -> NDArray:
    """Wires from the photocells to association units, (400, units).

    Each unit is excited by 5 photocells (+1) and inhibited by 5 others (-1), drawn from ``rng``.
    """
    rng = as_generator(rng)
    wires = np.zeros((SIDE**2, units))
    for unit in range(units):
        chosen = rng.choice(SIDE**2, 2 * WIRES, replace=False)
        wires[chosen[:WIRES], unit] = 1
        wires[chosen[WIRES:], unit] = -1
    return wires
