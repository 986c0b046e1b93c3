"""scikit-learn's side of the tabular comparison: RBFSampler and a ridge head chosen by exact leave-one-out.

usage: python3 tabular_ridge.py TRAIN.csv TEST.csv --task classification|regression --width D --seed S [--sklearn-always]

Both files have a header; the last column is the target; all input columns are numbers, empty where missing.
Preprocessing as SeedHead's, learned on the training rows: constant columns dropped, every column to mean 0 and standard deviation 1 and
clipped at 10 of them, missing values replaced by the mean, with a centred indicator column. gamma = 1 / (2 m²), m the median distance of 1,000 training rows drawn at random.
Penalties: 25 from 1e-8 to 1e4, chosen by exact leave-one-out (RidgeCV, RidgeClassifierCV). These take an SVD of n × D numbers; where that
would be very long, the same estimator is computed from the eigenvalues of the Gram, which test_same_estimator.py compares.
"""
import argparse
import csv

import numpy as np
from sklearn.kernel_approximation import RBFSampler
from sklearn.linear_model import RidgeCV, RidgeClassifierCV
from sklearn.metrics import r2_score

import measure

PENALTIES = np.logspace(-8, 4, 25)
LARGEST_SVD = 4e9  # n·D²: about ten seconds


def read(path):
    with open(path, newline="") as file:
        rows = list(csv.reader(file))[1:]
    x = np.array([[float(v) if v else np.nan for v in row[:-1]] for row in rows])
    return x, np.array([row[-1] for row in rows])


class Preprocessing:
    def __init__(self, x):
        self.kept = np.array([len(np.unique(c[~np.isnan(c)])) > 1 for c in x.T])
        x = x[:, self.kept]
        self.mean, self.scale = np.nanmean(x, 0), np.nanstd(x, 0)
        self.missing = np.isnan(x).any(0)
        self.missing_share = np.isnan(x)[:, self.missing].mean(0)

    def apply(self, x):
        x = x[:, self.kept]
        numbers = np.clip((np.where(np.isnan(x), self.mean, x) - self.mean) / self.scale, -10, 10)
        return np.hstack([numbers, np.isnan(x)[:, self.missing] - self.missing_share])


def median_gamma(x, seed):
    rows = x[np.random.default_rng(seed).permutation(len(x))[:1000]]
    squares = (rows ** 2).sum(1)
    distances = np.sqrt(np.maximum(squares[:, None] + squares - 2 * rows @ rows.T, 0))
    median = np.median(distances[np.triu_indices(len(rows), 1)])
    return 1 / (2 * median ** 2)


class GramRidgeCV:
    """RidgeCV's choice and coefficients from the eigen-decomposition of the centred Gram: D³ and n·D² in place of an SVD of n × D."""

    def fit(self, features, targets):
        self.mean, self.intercept = features.mean(0), targets.mean(0)
        centred, wanted = features - self.mean, targets - self.intercept
        values, vectors = np.linalg.eigh(centred.T @ centred)
        turned = centred @ vectors
        cross = turned.T @ wanted
        best = None
        for penalty in PENALTIES:
            inverse = 1 / (np.maximum(values, 0) + penalty)
            leverage = (turned ** 2) @ inverse + 1 / len(features)
            errors = (wanted - turned @ (inverse[:, None] * cross)) / (1 - leverage)[:, None]
            loss = (errors ** 2).mean()
            if best is None or loss < best[0]:
                best = (loss, penalty, vectors @ (inverse[:, None] * cross))
        self.alpha_, self.coefficients = best[1], best[2]
        return self

    def predict(self, features):
        return (features - self.mean) @ self.coefficients + self.intercept


def fit(features, y, task, always):
    """A function from features to predictions, and the penalty chosen."""
    light = always or len(features) * features.shape[1] ** 2 <= LARGEST_SVD or features.shape[1] >= len(features)
    if task == "regression":
        y = y.astype(float)
        head = (RidgeCV(PENALTIES) if light else GramRidgeCV()).fit(features, y if light else y[:, None])
        return lambda rows: head.predict(rows).ravel(), head.alpha_, light
    if light:
        head = RidgeClassifierCV(PENALTIES).fit(features, y)
        return head.predict, head.alpha_, light
    classes = np.unique(y)
    targets = np.where(y[:, None] == classes, 1.0, -1.0)
    head = GramRidgeCV().fit(features, targets)
    return lambda rows: classes[head.predict(rows).argmax(1)], head.alpha_, light


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train")
    parser.add_argument("test")
    parser.add_argument("--task", choices=["classification", "regression"], required=True)
    parser.add_argument("--width", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--sklearn-always", action="store_true", help="RidgeCV even where its SVD is very long")
    args = parser.parse_args()
    (x, y), (x_test, truth) = read(args.train), read(args.test)
    clock = measure.Clock()
    preprocessing = Preprocessing(x)
    x, x_test = preprocessing.apply(x), preprocessing.apply(x_test)
    sampler = RBFSampler(gamma=median_gamma(x, args.seed), n_components=args.width, random_state=args.seed).fit(x)
    predict, penalty, sklearn_head = fit(sampler.transform(x), y, args.task, args.sklearn_always)
    predicted = predict(sampler.transform(x_test))
    score = float((predicted == truth).mean()) if args.task == "classification" else float(r2_score(truth.astype(float), predicted))
    measure.say(
        score=score, width=args.width, gamma=sampler.gamma, penalty=float(penalty), head="sklearn" if sklearn_head else "gram",
        **clock.read(), threads=measure.thread_info())


if __name__ == "__main__":
    main()
