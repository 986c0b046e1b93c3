#!/usr/bin/env python3
"""Table of Φ(z) for z in [-5.7, 0]: Elementary.NormalIntervals of src/SeedHead/Compute/Elementary.Tables.cs.

    python3 tools/elementary/normal_cdf.py    (needs numpy and mpmath)

Interval i is where round(z·(C·z − B)) = i; its polynomial of degree 7 is in z − centre. A centre is a float in the middle of its interval at which Φ is almost a
float. The other coefficients: least squares of the relative error on Chebyshev nodes, rounded to floats one after another. Prints the largest relative error
of every polynomial in units of 2⁻²⁴.
"""
import mpmath
import numpy as np

mpmath.mp.dps = 30
LAST, RATIO, DEGREE = 5.7, 0.9, 7
B = np.float32(15.499 / (LAST + RATIO * LAST * LAST))
C = np.float32(RATIO * B)


def cdf(z):
    return np.array([float(mpmath.ncdf(float(v))) for v in z])


def end(u):
    """The z ≤ 0 with z·(C·z − B) = u."""
    b, c = float(B), float(C)
    return (b - np.sqrt(b * b + 4 * c * u)) / (2 * c)


def centre(low, high):
    """The float near the middle, of 5 digits or less, at which Φ is nearest to a float."""
    middle, reach = (low + high) / 2, (high - low) / 40
    choices = np.unique(np.round(np.linspace(middle - reach, middle + reach, 400), 5).astype(np.float32))
    distances = [abs(1 - mpmath.mpf(float(np.float32(float(v)))) / v) for v in (mpmath.ncdf(float(c)) for c in choices)]
    return choices[int(np.argmin(distances))]


def fit(low, high, at):
    nodes = (low + high) / 2 + (high - low) / 2 * np.cos(np.pi * (np.arange(64) + 0.5) / 64)
    d, exact = nodes - float(at), cdf(nodes)
    scale = np.abs(d).max()
    coefficients, rest = [], exact.copy()
    for power in range(DEGREE + 1):
        columns = np.array([(d / scale) ** k for k in range(power, DEGREE + 1)]) / exact
        solution = np.linalg.lstsq(columns.T, rest / exact, rcond=None)[0][0] / scale**power
        value = float(np.float32(float(mpmath.ncdf(float(at))) if power == 0 else solution))
        coefficients.append(value)
        rest -= value * d**power
    return coefficients, np.abs(rest / exact).max() * 2**24


def line(name, values):
    texts = [f"{np.float32(v)!s}f" for v in values]
    return (f"        public static Vector512<float> {name} => Vector512.Create(\n            " + ", ".join(texts[:8]) + ",\n            " + ", ".join(texts[8:]) + ");\n")


def main():
    centres, table, errors = [], [], []
    for i in range(16):
        high, low = (0.0 if i == 0 else end(i - 0.5 - 1e-5)), end(i + 0.5 + 1e-5)
        centres.append(np.float32(0) if i == 0 else centre(low, high))
        coefficients, error = fit(low, high, centres[-1])
        table.append(coefficients)
        errors.append(error)
    print(f"B = {B}f, C = {C}f; errors", *(f"{e:.3f}" for e in errors))
    print(line("Centre", centres))
    for power in range(DEGREE + 1):
        print(line(f"C{power}", [c[power] for c in table]))


main()
