"""Writes gaussian-process.json: exact Gaussian-process regression in double precision by NumPy's LU and eigen-decompositions, no Cholesky factor.

The rows come from SplitMix64, so that the test draws the same ones; the kernel is (1 + x.x')^3, exact in double precision.
Run: python3 gaussian-process.py > gaussian-process.json   (NumPy 1.24.2)
"""
import json
import numpy as np
from splitmix import grid

ROWS, NEW, INPUTS = 70, 3, 3
NOISES = [1e-4, 0.03, 2.0]

x = grid(1, (ROWS + NEW) * INPUTS).reshape(ROWS + NEW, INPUTS)
noise = grid(2, ROWS)
kernel = (1 + x @ x.T) ** 3
k, cross = kernel[:ROWS, :ROWS], kernel[ROWS:, :ROWS]
y = np.stack([x[:ROWS, 0] * x[:ROWS, 1] + noise / 4, np.maximum(x[:ROWS, 2], 0)], axis=1)
mean = y.mean(0)
answers = []
for relative in NOISES:
    m = k + relative * np.trace(k) / ROWS * np.eye(ROWS)
    inverse = np.linalg.inv(m)
    alpha = inverse @ (y - mean)
    logdet = np.log(np.linalg.eigvalsh(m)).sum()
    scale = ((y - mean) * alpha).sum() / y.size
    free = np.diag(inverse)
    errors = alpha / free[:, None]
    variance = scale / free[:, None]
    answers.append({
        "noise": relative, "scale": scale, "alpha": alpha.ravel().tolist(),
        "likelihood": -0.5 * (y.size * (np.log(2 * np.pi * scale) + 1) + 2 * logdet),
        "unscaled": -0.5 * (((y - mean) * alpha).sum() + 2 * logdet + y.size * np.log(2 * np.pi)),
        "loss": (errors ** 2).mean(), "inverse": free.tolist(),
        "density": (-0.5 * (np.log(2 * np.pi * variance) + errors ** 2 / variance)).mean(),
        "means": (cross @ alpha + mean).ravel().tolist(),
        "variances": (scale * (np.diag(kernel)[ROWS:] - np.einsum("ij,jk,ik->i", cross, inverse, cross))).tolist()})
print(json.dumps({"source": "gaussian-process.py, NumPy " + np.__version__, "answers": answers}))
