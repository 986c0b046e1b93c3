#!/usr/bin/env python3
"""A second program for study E6 of `seedhead limits`: the exact error of h_1 from 32 biased ReLU features, by Hermite series, its own random numbers and no library.

    python3 tools/reference/limits_polynomials.py [SEED [DRAWS]]

Prints, for d = 5, 10 and 20, the mean over draws, the deviation of a draw, and the share of draws at or below the single draw known from elsewhere.
"""
import math
import random
import sys

random.seed(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
DRAWS = int(sys.argv[2]) if len(sys.argv) > 2 else 60
TERMS = 40


def coefficients(b):
    """Hermite coefficients of (z + b)_+, and its energy."""
    density, cdf = math.exp(-b * b / 2) / math.sqrt(2 * math.pi), 0.5 * (1 + math.erf(b / math.sqrt(2)))
    before, last = 1 / math.sqrt(2), b / math.sqrt(6)
    c = [b * cdf + density, cdf, density * before, -density * last]
    for k in range(4, TERMS):
        before, last = last, b * last / math.sqrt(k) - (k - 3) * before / math.sqrt(k * (k - 1))
        c.append(density * last if k % 2 == 0 else -density * last)
    return c, (1 + b * b) * cdf + b * density


def direction(d):
    w = [random.gauss(0, 1) for _ in range(d)]
    length = math.sqrt(sum(x * x for x in w))
    return [x / length for x in w]


def draw(d, n, targets):
    """Mean error of h_1 over targets: 1 - |L^-1 p|^2 with L the Cholesky factor of the Gram matrix."""
    w, c = [direction(d) for _ in range(n)], [coefficients(random.gauss(0, 1)) for _ in range(n)]
    lower = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            if i == j:
                entry = c[i][1]
            else:
                cosine, entry = sum(x * y for x, y in zip(w[i], w[j])), 0.0
                for k in range(TERMS - 1, -1, -1):
                    entry = entry * cosine + c[i][0][k] * c[j][0][k]
            entry -= sum(lower[i][k] * lower[j][k] for k in range(j))
            lower[i][j] = math.sqrt(entry) if i == j else entry / lower[j][j]
    errors = []
    for _ in range(targets):
        v, y = direction(d), []
        for i in range(n):
            product = c[i][0][1] * sum(x * t for x, t in zip(w[i], v))
            y.append((product - sum(lower[i][k] * y[k] for k in range(i))) / lower[i][i])
        errors.append(1 - sum(a * a for a in y))
    return sum(errors) / targets


for d, known in ((5, 0.011), (10, 0.075), (20, 0.198)):
    means = [draw(d, 32, 20) for _ in range(DRAWS)]
    mean = sum(means) / DRAWS
    deviation = math.sqrt(sum((x - mean) ** 2 for x in means) / (DRAWS - 1))
    print(f"d = {d}: mean {mean:.4f}, deviation of a draw {deviation:.4f}, draws at or below {known}: {sum(x <= known for x in means) / DRAWS:.2f}")
