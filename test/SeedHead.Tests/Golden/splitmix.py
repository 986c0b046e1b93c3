"""Numbers that the scripts here and the tests draw alike."""
import numpy as np

MASK = (1 << 64) - 1


def grid(seed, count):
    """count multiples of 1/128 in [-1, 1), from SplitMix64 started at seed."""
    values, state = np.empty(count), seed
    for i in range(count):
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        values[i] = ((z ^ (z >> 31)) >> 56) / 128 - 1
    return values
