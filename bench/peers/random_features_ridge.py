"""Random features and ridge regression on MNIST or Fashion-MNIST: scikit-learn and NumPy written by hand.

usage: python3 random_features_ridge.py FOLDER WIDTH [sklearn | numpy] [--rows N]

Reading is not timed. "sklearn": RBFSampler, then Ridge(solver="cholesky") in float32, its fastest way here. "numpy": ReLU features,
float64 sums of float32 products by blocks, SciPy's Cholesky. Set OPENBLAS_CORETYPE (see README.md) and OPENBLAS_NUM_THREADS.
"""
import argparse

import numpy as np
import scipy.linalg

import images
import measure


def sklearn_ridge(x, y, test, width):
    from sklearn.kernel_approximation import RBFSampler
    from sklearn.linear_model import Ridge
    sampler = RBFSampler(gamma=0.02, n_components=width, random_state=0).fit(x[:10])
    head = Ridge(1.0, solver="cholesky").fit(sampler.transform(x), one_hot(y))
    return lambda rows: head.predict(sampler.transform(rows)).argmax(1)


def numpy_ridge(x, y, test, width, block=4096):
    weights = np.random.default_rng(0).standard_normal((x.shape[1], width), dtype=np.float32) * np.float32((2 / x.shape[1]) ** 0.5)
    mean, targets = x.mean(0), one_hot(y)
    gram, cross = np.zeros((width, width)), np.zeros((width, targets.shape[1]))
    for i in range(0, len(x), block):
        features = np.maximum((x[i:i + block] - mean) @ weights, 0)
        gram += features.T @ features
        cross += features.T @ targets[i:i + block]
    gram[np.diag_indices(width)] += 1e-3 * len(x)
    head = scipy.linalg.cho_solve(scipy.linalg.cho_factor(gram, overwrite_a=True, check_finite=False), cross)
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
    args = parser.parse_args()
    x, y, test, truth = images.read(args.folder)
    x, y = x[:args.rows], y[:args.rows]
    clock = measure.Clock()
    predict = (sklearn_ridge if args.which == "sklearn" else numpy_ridge)(x, y, test, args.width)
    fit = clock.read()
    accuracy = float((predict(test) == truth).mean())
    measure.say(peer=args.which, rows=len(x), width=args.width, accuracy=accuracy, **fit, machine=measure.machine(), threads=measure.thread_info())


if __name__ == "__main__":
    main()
