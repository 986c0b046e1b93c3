"""Cells of the redshift study, computed with NumPy and SciPy alone: a judge of cells whose printed reference ours does not meet.

    python3 redshift_cells.py [networks]

Chebyshev orders: weights uniform in +-alpha*sqrt(6/(in + out)), biases in +-1, width 64, one hidden layer, 64 x 64 Chebyshev points, float64.
Fourier: weights and biases uniform in +-A, width 64, three hidden layers of sigmoids, 300 x 300 points, float64, the published code's bins.
"""
import sys

import numpy as np
from scipy.fft import dctn

NETWORKS = int(sys.argv[1]) if len(sys.argv) > 1 else 300
WIDTH = 64


def chebyshev_order(values):
    n = values.shape[0]
    c = dctn(values, type=2)
    c[0] /= 2
    c[:, 0] /= 2
    c[0, 0] = 0
    size = np.abs(c)
    order = np.add.outer(np.arange(n), np.arange(n))
    return (order * size).sum() / size.sum()


def fourier(values):
    n = values.shape[0]
    half = n // 2 + 1
    size = np.abs(np.fft.rfft2(values))[:half]
    size[0, 0] = 0
    bins = np.rint(np.hypot(*np.indices((half, half))))
    return (bins * size).sum() / (np.rint(np.sqrt(2) * (n // 2)) * size.sum())


def grid(axis):
    return np.stack(np.meshgrid(axis, axis, indexing="ij"), -1).reshape(-1, 2)


def rectifier(rng, points, alpha, variant):
    def weights(inputs, outputs):
        limit = alpha * np.sqrt(6 / (inputs + outputs))
        return rng.uniform(-limit, limit, (inputs, outputs))

    z = points @ weights(2, WIDTH) + rng.uniform(-1, 1, WIDTH)
    if variant == "layer norm":
        z = (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + 1e-5)
    h = np.maximum(z, 0) + (z if variant == "residual" else 0)
    return h @ weights(WIDTH, 1)


def sigmoids(rng, points, limit, layers):
    h = points
    for _ in range(layers):
        z = h @ rng.uniform(-limit, limit, (h.shape[1], WIDTH)) + rng.uniform(-limit, limit, WIDTH)
        h = 0.5 * (1 + np.tanh(z / 2))
    return h @ rng.uniform(-limit, limit, (WIDTH, 1))


def report(name, printed, values):
    error = np.std(values, ddof=1) / np.sqrt(len(values))
    print(f"{name}: printed {printed}, here {np.mean(values):.4g} +- {error:.2g} (standard error), {len(values)} networks")


if __name__ == "__main__":
    n = 64
    points = grid(np.cos((np.arange(n) + 0.5) * np.pi / n))
    for variant, alpha, printed in [("plain", 1, 6.4), ("plain", 3, 8.0), ("plain", 10, 7.4), ("residual", 1, 4.2), ("residual", 3, 5.9), ("residual", 10, 5.0),
                                    ("layer norm", 1, 6.7), ("layer norm", 3, 8.5), ("layer norm", 10, 9.6)]:
        report(f"ReLU, 1 layer, {variant}, alpha {alpha}, Chebyshev order", printed,
               [chebyshev_order(rectifier(np.random.default_rng(seed), points, alpha, variant).reshape(n, n)) for seed in range(NETWORKS)])
    n = 300
    points = grid(np.linspace(-1, 1, n))
    report("sigmoid, 3 layers, A 100, Fourier", 0.369, [fourier(sigmoids(np.random.default_rng(seed), points, 100, 3).reshape(n, n)) for seed in range(min(NETWORKS, 40))])
