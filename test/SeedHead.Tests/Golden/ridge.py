"""Writes ridge.json: ridge coefficients in double precision by SciPy's QR-based least squares, for features that are float32.

The rows come from SplitMix64, so that the test draws the same ones; all numbers are multiples of 2^-14 below 2^6, hence exact in float32.
Run: python3 ridge.py > ridge.json   (SciPy 1.10.1, NumPy 1.24.2)
"""
import json
import numpy as np
import scipy
import scipy.linalg
from splitmix import grid

ROWS, INPUTS, FEATURES = 5000, 16, 96
PENALTIES = [1e-6, 1e-3, 1.0]

x = grid(1, ROWS * INPUTS).reshape(ROWS, INPUTS)
w = grid(2, INPUTS * FEATURES).reshape(INPUTS, FEATURES)
noise = grid(3, ROWS)
phi = np.maximum(x @ w, 0)                       # uncentred ReLU features
assert np.array_equal(phi, phi.astype(np.float32))
y = np.stack([x[:, 0] * x[:, 1] + noise / 4, np.maximum(x[:, 2], x[:, 3])], axis=1)
assert np.array_equal(y, y.astype(np.float32))

centred, target = phi - phi.mean(0), y - y.mean(0)
answers = []
for penalty in PENALTIES:
    absolute = penalty * (centred ** 2).sum() / FEATURES
    stacked = np.vstack([centred, np.sqrt(absolute) * np.eye(FEATURES)])
    weights = scipy.linalg.lstsq(stacked, np.vstack([target, np.zeros((FEATURES, 2))]), lapack_driver="gelsy")[0]
    answers.append({"penalty": penalty, "absolute": absolute, "weights": weights.ravel().tolist(),
                    "intercepts": (y.mean(0) - phi.mean(0) @ weights).tolist()})
print(json.dumps({"source": "ridge.py, SciPy " + scipy.__version__, "answers": answers}))
