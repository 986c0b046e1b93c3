"""Writes elementary.csv: values of elementary functions at fixed doubles, from 60-digit arithmetic (mpmath 1.2).

Line: function, argument [, second argument], nearest double, (exact - nearest) in units of the nearest double's last place.
"""
import math
import os
import random

from mpmath import cos, erf, erfc, erfinv, exp, expm1, log, log1p, mp, mpf, nstr, pi, power, sin, sqrt, tanh

mp.dps = 60


def spread(low, high, count, both_signs=True):
    """Logarithmically uniform doubles."""
    draw = random.Random(12345)
    numbers = []
    for _ in range(count):
        x = float(mpf(low) * (mpf(high) / mpf(low)) ** mpf(draw.random()))
        numbers += [x, -x] if both_signs else [x]
    return numbers


def normal_cdf(x):
    return erfc(-x / sqrt(mpf(2))) / 2


def normal_quantile(p):
    if mpf("1e-15") < p < 1 - mpf("1e-16"):
        return sqrt(mpf(2)) * erfinv(2 * p - 1)
    z = -sqrt(-2 * log(p))
    for _ in range(20):  # Newton on the logarithm
        cdf = normal_cdf(z)
        z -= (log(cdf) - log(p)) * cdf * sqrt(2 * pi) * exp(z * z / 2)
    return z


WORST = float(mpf(6381956970095103) * mpf(2) ** 797)  # the double nearest to a multiple of pi/2
CASES = {
    "Exp": (exp, spread(1e-20, 745, 60) + spread(0.1, 3, 60) + [709.78, -708.5, -720.0, -745.1]),
    "Expm1": (expm1, spread(1e-20, 700, 60) + spread(0.05, 3, 80)),
    "Log": (log, spread(1e-320, 1e-300, 20, False) + spread(1e-300, 1e300, 80, False) + spread(0.3, 3, 120, False) + [1 + 2.0**-52, 1 - 2.0**-53]),
    "Log1p": (log1p, spread(1e-20, 0.99, 90) + spread(0.2, 1e18, 60, False)),
    "Tanh": (tanh, spread(1e-20, 19, 60) + spread(0.1, 3, 90)),
    "Sigmoid": (lambda x: 1 / (1 + exp(-x)), spread(1e-3, 700, 60) + spread(0.1, 5, 60)),
    "Sin": (sin, spread(1e-10, 1e6, 70) + spread(1e6, 1e30, 30) + spread(1e30, 1e308, 30) + spread(0.1, 10, 60) + [float(k * pi) for k in range(1, 40)] + [WORST]),
    "Cos": (cos, spread(1e-10, 1e6, 70) + spread(1e6, 1e30, 30) + spread(1e30, 1e308, 30) + spread(0.1, 10, 60) + [float((k + mpf(0.5)) * pi) for k in range(40)] + [WORST]),
    "Erf": (erf, spread(1e-300, 1e-10, 10) + spread(1e-6, 6, 60) + spread(0.5, 3, 60)),
    "Erfc": (erfc, spread(1e-3, 5, 60) + spread(0.5, 27.2, 100, False)),
    "NormalCdf": (normal_cdf, spread(1e-3, 38.4, 80) + spread(0.3, 6, 60)),
    "NormalQuantile": (normal_quantile, spread(1e-300, 1e-20, 30, False) + spread(1e-20, 0.5, 80, False) + [1 - x for x in spread(1e-10, 0.5, 40, False)] + [0.5 + x for x in spread(1e-12, 0.4, 30)]),
}


def powers():
    draw = random.Random(7)
    pairs = [(-2.0, 3.0), (-3.5, -5.0), (10.0, -320.0), (10.0, 308.0), (2.0, 0.5), (1 + 2.0**-30, 1e11), (0.9999999999, 3e12)]
    for i in range(160):
        x = float(mpf(10) ** mpf(draw.uniform(-10, 10))) if i % 2 else draw.uniform(0.5, 2)
        y = draw.uniform(-1, 1) * 700 / abs(float(log(mpf(x))))
        pairs.append((x, y))
    return pairs


def line(function, arguments, value):
    nearest = float(value)
    rest = (value - mpf(nearest)) / mpf(math.ulp(nearest))
    return ",".join([function] + [repr(a) for a in arguments] + [repr(nearest), nstr(rest, 6)])


with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "elementary.csv"), "w", encoding="utf-8", newline="\n") as file:
    for function, (compute, arguments) in CASES.items():
        for x in arguments:
            print(line(function, [x], compute(mpf(x))), file=file)
    for x, y in powers():
        print(line("Pow", [x, y], power(mpf(x), mpf(y))), file=file)
