"""Writes kernel-pca.json: components, dimensions and alignments of a small kernel matrix in float64, by NumPy's eigh.

The rows come from SplitMix64, so that the test draws the same ones; all numbers are multiples of 1/128.
Run: python3 kernel-pca.py > kernel-pca.json   (NumPy 1.24.2)
"""
import json
import numpy as np
from splitmix import grid

ROWS, NEW, COLUMNS, COMPONENTS, CLASSES = 40, 7, 6, 3, 3


def components(centred):
    values, vectors = np.linalg.eigh(centred)
    values, vectors = values[::-1], vectors[:, ::-1]
    for c in range(vectors.shape[1]):
        if vectors[np.argmax(np.abs(vectors[:, c])), c] < 0:
            vectors[:, c] *= -1
    return values, vectors


def cosine(a, b):
    return float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum()))


def unbiased(k, l):
    n = len(k)
    k, l = k - np.diag(np.diag(k)), l - np.diag(np.diag(l))
    one = np.ones(n)
    return (np.trace(k @ l) + k.sum() * l.sum() / ((n - 1) * (n - 2)) - 2 / (n - 2) * one @ k @ l @ one) / (n * (n - 3))


x = grid(1, ROWS * COLUMNS).reshape(ROWS, COLUMNS)
new = grid(2, NEW * COLUMNS).reshape(NEW, COLUMNS)
codes = np.arange(ROWS) * 7 % CLASSES
k = (1 + x @ x.T / COLUMNS) ** 3
cross = (1 + new @ x.T / COLUMNS) ** 3
h = np.eye(ROWS) - 1 / ROWS
centred = h @ k @ h
values, vectors = components(centred)
moved = cross - cross.mean(1, keepdims=True) - k.mean(0) + k.mean()
p = np.clip(values, 0, None) / values.sum()
linear = x @ x.T
y = np.eye(CLASSES)[codes]
feature_values, feature_vectors = components(h @ linear @ h)
root = np.sqrt(feature_values[:COMPONENTS])
print(json.dumps({
    "values": values[:12].tolist(),
    "scores": (vectors[:, :COMPONENTS] * np.sqrt(values[:COMPONENTS])).tolist(),
    "newScores": (moved @ vectors[:, :COMPONENTS] / np.sqrt(values[:COMPONENTS])).tolist(),
    "featureScores": (feature_vectors[:, :COMPONENTS] * root).tolist(),
    "newFeatureScores": ((new - x.mean(0)) @ (h @ x).T @ feature_vectors[:, :COMPONENTS] / root).tolist(),
    "effectiveRank": float(np.exp(-(p[p > 0] * np.log(p[p > 0])).sum())),
    "participationRatio": float(values.sum() ** 2 / (values ** 2).sum()),
    "stableRank": float(values.sum() / values[0]),
    "effectiveDimension": float((np.clip(values, 0, None) / (np.clip(values, 0, None) + 0.1)).sum()),
    "errorOfRank3": float(values[3:].sum()),
    "alignment": cosine(centred, h @ linear @ h),
    "alignmentWithClasses": cosine(centred, h @ (y @ y.T) @ h),
    "linearAlignmentWithClasses": cosine(h @ linear @ h, h @ (y @ y.T) @ h),
    "debiased": float(unbiased(k, linear) / np.sqrt(unbiased(k, k) * unbiased(linear, linear))),
}, indent=1))
