"""Writes angle.csv: the angle of vectors (x, y) from 60-digit arithmetic, Python's decimal alone.

Line: y, x, nearest double, (exact - nearest) in units of the nearest double's last place.
"""
import math
import os
import random
from decimal import Decimal, getcontext

getcontext().prec = 70


def atan(u):
    """Halves the angle until the series is short: atan u = 2 atan(u / (1 + sqrt(1 + u^2)))."""
    doublings = 0
    while abs(u) > Decimal("1e-3"):
        u = u / (1 + (1 + u * u).sqrt())
        doublings += 1
    total, power, n = Decimal(0), u, 1
    while power != 0 and abs(power) > abs(u) * Decimal("1e-65"):
        total += power / n if n % 4 == 1 else -power / n
        power *= u * u
        n += 2
    return total * 2**doublings


PI = 4 * atan(Decimal(1))


def angle(y, x):
    if x == 0:
        return (PI / 2).copy_sign(y)
    turned = atan(y / x)
    return turned if x > 0 else turned + PI.copy_sign(y)


draw = random.Random(2718)
cases = [(1.0, 1.0), (1.0, 0.0), (-1.0, 0.0), (3.0, -3.0), (1e-200, 1.0), (1e-9, -1.0), (1.0, 1e-300), (math.tan(math.pi / 8), 1.0)]
for _ in range(300):
    size = 10 ** draw.uniform(-8, 8)
    cases.append((draw.choice([-1, 1]) * size * draw.random(), draw.choice([-1, 1]) * size * draw.random()))
for _ in range(100):
    cases.append((draw.choice([-1, 1]) * 10 ** draw.uniform(-12, 0), draw.choice([-1, 1]) * 10 ** draw.uniform(-12, 0)))

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "angle.csv"), "w", encoding="utf-8", newline="\n") as file:
    for y, x in cases:
        exact = angle(Decimal(y), Decimal(x))
        nearest = float(exact)
        rest = (exact - Decimal(nearest)) / Decimal(math.ulp(nearest))
        print(f"{y!r},{x!r},{nearest!r},{float(rest):.6g}", file=file)
