#!/usr/bin/env python3
"""Coefficients of sin r ≈ r + r³·(c3 + c5·r² + c7·r⁴ + c9·r⁶) for the vector sine and cosine, |r| ≤ π/2 + 0.006.

    python3 tools/elementary/sine.py [SEED [STEPS]]    (needs numpy)

Starts from fpminimax(sin(x), [|3,5,7,9|], [|SG...|], [1b-40;1.5755], relative, x) of Sollya 8.0 and walks among neighbouring floats towards the least
largest error of the rounded evaluation, in ulp, at every float around π/2 and at sampled arguments of sine and cosine; a value above 1 is not allowed.
The constants in use are the best of several seeds with 1,000,000 arguments. A search samples: the last word has a run over all floats (ELEMENTARY_STEP in docs/math/elementary.md).
"""
import sys

import numpy as np

IN_USE = [-0.166666597, 8.33307113e-03, -1.98098787e-04, 2.60600609e-06]
START = [-0.1666665971279144, 8.333068341016769e-3, -1.9809656077995896e-4, 2.605734380267677e-6]
PI = [np.float64(np.float32(part)) for part in (3.1415927410125732, -8.742277657347586e-08, -3.4302490200117637e-15)]
SPREAD = np.array([2, 6, 40, 300])


def fma(a, b, c):
    """Fused by the extended precision of x87, whose 64 bits hold the product of two floats; double rounding is too rare to steer a search."""
    return (a.astype(np.longdouble) * b + c).astype(np.float32)


def arguments(random, count):
    """Reduced arguments as the loop makes them, with the exact sines."""
    peak = np.float32(1.569) + np.arange(33_000, dtype=np.float32) * np.float32(2.0**-23)
    x = [random.uniform(0, 1.57, count), random.uniform(0.15, 0.4, count), random.uniform(1.5708, 4.7123, count)]
    x = np.concatenate(x).astype(np.float32)
    turns = np.repeat(np.float32([0.5, 0.5, 1]), count)
    r = x
    for part in PI:
        r = fma(turns, -np.float32(part), r)
    exact = np.where(turns == 0.5, -np.cos(x.astype(np.float64)), -np.sin(x.astype(np.float64)))
    far = np.abs(r) > 1e-3
    r, exact = np.concatenate([peak, np.abs(r[far])]), np.concatenate([np.sin(peak.astype(np.float64)), (exact * np.sign(r))[far]])
    return r, exact, np.ldexp(1.0, 24 - np.frexp(exact)[1])


def largest(c, r, exact, per_ulp):
    s = r * r
    q = fma(np.full_like(s, c[3]), s, c[2])
    y = fma(fma(fma(q, s, c[1]), s, c[0]), r * s, r)
    return np.abs((y - exact) * per_ulp).max() + (y.max() > 1)


def main():
    random = np.random.default_rng(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    steps = int(sys.argv[2]) if len(sys.argv) > 2 else 3_000
    at = arguments(random, 60_000)
    print(f"in use: {largest(np.array(IN_USE, np.float32), *at):.3f} ulp")
    c = np.array(START, np.float32)
    least = largest(c, *at)
    for _ in range(steps):
        move = random.integers(-SPREAD, SPREAD + 1) // random.choice([1, 4]) * random.integers(0, 2, 4)
        other = (c.view(np.int32) + move.astype(np.int32)).view(np.float32)
        error = largest(other, *at)
        if error <= least:
            c, least = other, error
    print(f"found: {least:.3f} ulp,", *(f"{float(value):.9g}" for value in c))


main()
