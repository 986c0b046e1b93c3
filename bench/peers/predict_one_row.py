"""Milliseconds to predict one row, 784 -> WIDTH -> 10 in float32: scikit-learn's pipeline, its two steps, and NumPy by hand.

usage: python3 predict_one_row.py [WIDTH] [--calls N]

Median and tenth percentile over the calls, each call on another row. One thread is best for one row: OPENBLAS_NUM_THREADS=1.
"""
import argparse
import time

import numpy as np
from sklearn.kernel_approximation import RBFSampler
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline

import measure


def milliseconds(call, rows, calls):
    for i in range(50):
        call(rows[i % len(rows)][None])
    times = []
    for i in range(calls):
        row = rows[i % len(rows)][None]
        start = time.perf_counter_ns()
        call(row)
        times.append((time.perf_counter_ns() - start) / 1e6)
    return {"medianMs": round(float(np.median(times)), 4), "tenthPercentileMs": round(float(np.percentile(times, 10)), 4)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("width", type=int, nargs="?", default=2000)
    parser.add_argument("--calls", type=int, default=2000)
    args = parser.parse_args()
    random = np.random.default_rng(0)
    x = random.random((4000, 784), dtype=np.float32)
    y = random.standard_normal((4000, 10)).astype(np.float32)
    pipeline = make_pipeline(RBFSampler(gamma=0.02, n_components=args.width, random_state=0), Ridge(1.0, solver="cholesky")).fit(x, y)
    sampler, ridge = pipeline[0], pipeline[1]
    weights, offset = sampler.random_weights_.astype(np.float32), sampler.random_offset_.astype(np.float32)
    head, intercept = ridge.coef_.T.astype(np.float32).copy(), ridge.intercept_.astype(np.float32)
    scale = np.float32((2 / args.width) ** 0.5)
    peers = {
        "sklearn pipeline.predict": pipeline.predict,
        "sklearn transform, then predict": lambda row: ridge.predict(sampler.transform(row)),
        "numpy, cosine": lambda row: scale * np.cos(row @ weights + offset) @ head + intercept,
        "numpy, relu": lambda row: np.maximum(row @ weights + offset, 0) @ head + intercept,
    }
    bytes_read = 4 * args.width * (784 + 10)
    for name, call in peers.items():
        result = milliseconds(call, x, args.calls)
        assert call(x[:1]).dtype == np.float32, f"{name} does not stay in float32"
        measure.say(peer=name, width=args.width, **result, gigabytesPerSecond=round(bytes_read / result["medianMs"] / 1e6, 2))
    measure.say(machine=measure.machine(), threads=measure.thread_info())


if __name__ == "__main__":
    main()
