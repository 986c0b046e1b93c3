"""Random features and ridge regression on MNIST or Fashion-MNIST: scikit-learn and NumPy written by hand.

usage: python3 random_features_ridge.py FOLDER WIDTH [sklearn | numpy] [--rows N] [--penalties N]

Reading is not timed. "sklearn": RBFSampler, then Ridge(solver="cholesky") in float32, its fastest way here. "numpy": ReLU features,
float64 sums of float32 products by blocks, SciPy's Cholesky; a solution a penalty, the last one is scored. Set OPENBLAS_CORETYPE (see README.md) and OPENBLAS_NUM_THREADS.
"""
import argparse

import numpy as np
import scipy.linalg

import images
import measure


def sklearn_ridge(x, y, width, penalties):
    from sklearn.kernel_approximation import RBFSampler
    from sklearn.linear_model import Ridge
    sampler = RBFSampler(gamma=0.02, n_components=width, random_state=0).fit(x[:10])
    features, targets = sampler.transform(x), one_hot(y)
    for penalty in penalties:
        head = Ridge(1e3 * penalty, solver="cholesky").fit(features, targets)
    return lambda rows: head.predict(sampler.transform(rows)).argmax(1)


def numpy_ridge(x, y, width, penalties, block=4096):
    weights = np.random.default_rng(0).standard_normal((x.shape[1], width), dtype=np.float32) * np.float32((2 / x.shape[1]) ** 0.5)
    mean, targets = x.mean(0), one_hot(y)
    gram, cross = np.zeros((width, width)), np.zeros((width, targets.shape[1]))
    for i in range(0, len(x), block):
        features = np.maximum((x[i:i + block] - mean) @ weights, 0)
        gram += features.T @ features
        cross += features.T @ targets[i:i + block]
    diagonal = gram.diagonal().copy()
    for penalty in penalties:
        factor = gram.copy() if len(penalties) > 1 else gram
        factor[np.diag_indices(width)] = diagonal + penalty * diagonal.mean()
        head = scipy.linalg.cho_solve(scipy.linalg.cho_factor(factor, overwrite_a=True, check_finite=False), cross)
    return lambda rows: (np.maximum((rows - mean) @ weights, 0) @ head).argmax(1)


def one_hot(y):
    targets = -np.ones((len(y), 10), np.float32)
    targets[np.arange(len(y)), y] = 1
    return targets


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("width", type=int)
    parser.add_argument("which", nargs="?", choices=["sklearn", "numpy"], default="sklearn")
    parser.add_argument("--rows", type=int, default=60000)
    parser.add_argument("--penalties", type=int, default=1)
    args = parser.parse_args()
    penalties = np.logspace(-4, 0, args.penalties)[::-1] if args.penalties > 1 else [1e-3]
    x, y, test, truth = images.read(args.folder)
    x, y = x[:args.rows], y[:args.rows]
    clock = measure.Clock()
    predict = (sklearn_ridge if args.which == "sklearn" else numpy_ridge)(x, y, args.width, penalties)
    fit = clock.read()
    accuracy = float((predict(test) == truth).mean())
    measure.say(peer=args.which, rows=len(x), width=args.width, accuracy=accuracy, **fit, machine=measure.machine(), threads=measure.thread_info())


if __name__ == "__main__":
    main()
