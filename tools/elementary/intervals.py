#!/usr/bin/env python3
"""Tables of functions on intervals of uneven length: NormalIntervals and TanhIntervals of src/SeedHead/Compute/Elementary.Tables.cs.

    python3 tools/elementary/intervals.py    (needs numpy and mpmath)

Interval i is where round(y·(C·y + B)) = i; its polynomial is in y − centre. A centre is a float in the middle of its interval at which the function is almost a
float; that of the first interval is 0, where an odd function has its exact slope. The other coefficients: least squares of the relative error on Chebyshev nodes, rounded to floats one after
another. Prints the largest relative error of every polynomial in units of 2⁻²⁴.
"""
import mpmath
import numpy as np

mpmath.mp.dps = 30
FUNCTIONS = [  # name, function, its last argument, C / B without sign, degree, whether it is odd
    ("NormalIntervals", mpmath.ncdf, -5.7, 0.9, 7, False),
    ("TanhIntervals", mpmath.tanh, 9.2, -0.05, 6, True),
]


def values(f, y):
    return np.array([float(f(float(v))) for v in y])


def lengths(last, ratio):
    """B and C as floats: the last argument is at the end of interval 15."""
    slope = np.float32(15.499 / (last + np.sign(last) * ratio * last * last))
    return slope, np.float32(abs(slope) * ratio)


def end(u, slope, curve):
    """The argument, of the sign of the slope, whose y·(C·y + B) is u."""
    b, c = float(slope), float(curve)
    return np.sign(b) * (np.sqrt(b * b + 4 * c * u) - abs(b)) / (2 * c)


def centre(f, low, high):
    """The float near the middle, of 5 digits or less, at which the function is nearest to a float."""
    middle, reach = (low + high) / 2, abs(high - low) / 40
    choices = np.unique(np.round(np.linspace(middle - reach, middle + reach, 400), 5).astype(np.float32))
    distances = [abs(1 - mpmath.mpf(float(np.float32(float(v)))) / v) for v in (f(float(c)) for c in choices)]
    return choices[int(np.argmin(distances))]


def fit(f, low, high, at, degree, is_odd):
    nodes = (low + high) / 2 + (high - low) / 2 * np.cos(np.pi * (np.arange(64) + 0.5) / 64)
    d, exact = nodes - float(at), values(f, nodes)
    scale = np.abs(d).max()
    coefficients, rest = [], exact.copy()
    for power in range(degree + 1):
        columns = np.array([(d / scale) ** k for k in range(power, degree + 1)]) / exact
        solution = np.linalg.lstsq(columns.T, rest / exact, rcond=None)[0][0] / scale**power
        known = float(f(float(at))) if power == 0 else 1.0 if is_odd and at == 0 and power == 1 else solution
        coefficients.append(float(np.float32(known)))
        rest -= coefficients[-1] * d**power
    return coefficients, np.abs(rest / exact).max() * 2**24


def line(name, row):
    texts = [f"{np.float32(v)!s}f" for v in row]
    return f"        public static Vector512<float> {name} => Vector512.Create(\n            " + ", ".join(texts[:8]) + ",\n            " + ", ".join(texts[8:]) + ");\n"


def main():
    for name, f, last, ratio, degree, is_odd in FUNCTIONS:
        slope, curve = lengths(last, ratio)
        centres, table, errors = [], [], []
        for i in range(16):
            near, far = (0.0 if i == 0 else end(i - 0.5 - 1e-5, slope, curve)), end(i + 0.5 + 1e-5, slope, curve)
            centres.append(np.float32(0) if i == 0 else centre(f, near, far))
            coefficients, error = fit(f, near, far, centres[-1], degree, is_odd)
            table.append(coefficients)
            errors.append(error)
        print(f"{name}: B = {slope}f, C = {curve}f; errors", *(f"{e:.3f}" for e in errors))
        print(line("Centre", centres))
        for power in range(degree + 1):
            print(line(f"C{power}", [c[power] for c in table]))


main()
