"""Ten penalties by exact leave-one-out: scikit-learn's RidgeClassifierCV on random features of MNIST or Fashion-MNIST.

usage: python3 loo_ridge.py FOLDER WIDTH [--rows N]

Making the features is timed apart, so that the head alone can be compared.
"""
import argparse

import numpy as np
from sklearn.kernel_approximation import RBFSampler
from sklearn.linear_model import RidgeClassifierCV

import images
import measure


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("width", type=int)
    parser.add_argument("--rows", type=int, default=60000)
    args = parser.parse_args()
    x, y, test, truth = images.read(args.folder)
    x, y = x[:args.rows], y[:args.rows]
    clock = measure.Clock()
    sampler = RBFSampler(gamma=0.02, n_components=args.width, random_state=0).fit(x[:10])
    features = sampler.transform(x)
    made = clock.read()
    clock = measure.Clock()
    head = RidgeClassifierCV(alphas=np.logspace(-3, 3, 10)).fit(features, y)
    fit = clock.read()
    accuracy = float((head.predict(sampler.transform(test)) == truth).mean())
    measure.say(
        peer="RidgeClassifierCV", rows=len(x), width=args.width, penalties=10, chosen=float(head.alpha_), accuracy=accuracy,
        featureCpuSeconds=made["cpuSeconds"], featureWallSeconds=made["wallSeconds"], **fit, machine=measure.machine(), threads=measure.thread_info())


if __name__ == "__main__":
    main()
