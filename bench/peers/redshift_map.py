"""The published way to make the eight maps of the redshift study, written anew for PyTorch: one network a cell, 300 x 300 points, float32.

    python3 redshift_map.py [threads] [repeats]

For every activation, 15 scales A from 0.1 to 100 and 1 to 7 hidden layers of 64 units: weights and biases uniform in +-A, all points in one batch, the Fourier measure
of the published code (a loop over frequency bins is written as one bincount). Prints seconds by the clock, and processor seconds.
"""
import sys
import time

import torch

WIDTH, SIDE = 64, 300
ACTIVATIONS = {
    "relu": torch.relu, "gelu": torch.nn.functional.gelu, "silu": torch.nn.functional.silu, "selu": torch.selu,
    "tanh": torch.tanh, "sigmoid": torch.sigmoid, "sin": torch.sin, "gaussian": lambda z: torch.exp(-z * z),
}


def fourier(values):
    half = SIDE // 2 + 1
    size = torch.fft.rfft2(values).abs()[:half]
    size[0, 0] = 0
    return ((BINS * size).sum() / (212 * size.sum())).item()


def network(points, activation, limit, layers):
    h = points
    for _ in range(layers):
        weights = torch.empty(h.shape[1], WIDTH).uniform_(-limit, limit)
        h = activation(torch.addmm(torch.empty(WIDTH).uniform_(-limit, limit), h, weights))
    return (h @ torch.empty(WIDTH, 1).uniform_(-limit, limit)).reshape(SIDE, SIDE)


if __name__ == "__main__":
    torch.set_num_threads(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
    axis = torch.linspace(-1, 1, SIDE)
    points = torch.cartesian_prod(axis, axis)
    i = torch.arange(SIDE // 2 + 1.0)
    BINS = torch.round(torch.hypot(i[:, None], i[None]))
    for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 1):
        wall, cpu = time.perf_counter(), time.process_time()
        with torch.no_grad():
            maps = {name: [[fourier(network(points, f, 0.1 * 1000 ** (k / 14), layers)) for layers in range(1, 8)] for k in range(15)] for name, f in ACTIVATIONS.items()}
        print(f"{time.perf_counter() - wall:.1f} s by the clock, {time.process_time() - cpu:.1f} processor seconds; tanh, A 100, 7 layers: {maps['tanh'][14][6]:.3f}")
