"""MNIST and Fashion-MNIST from their IDX files, as every timing script of this folder reads them."""
import gzip
import os

import numpy as np


def _idx(path):
    data = gzip.open(path).read()
    rank = data[3]
    shape = [int.from_bytes(data[4 + 4 * i:8 + 4 * i], "big") for i in range(rank)]
    return np.frombuffer(data, np.uint8, offset=4 + 4 * rank).reshape(shape)


def read(folder):
    """x [60,000 × 784] in [0, 1] float32, y, and the same of the test part; rows in one fixed random order."""
    if not os.path.isdir(folder):
        raise SystemExit(f"{folder}: no such folder. Give the one that holds train-images-idx3-ubyte.gz and its three companions.")
    parts = []
    for part in ("train", "t10k"):
        x = _idx(f"{folder}/{part}-images-idx3-ubyte.gz")
        y = _idx(f"{folder}/{part}-labels-idx1-ubyte.gz")
        parts += [(x.reshape(len(x), -1) / np.float32(255)).astype(np.float32), y.astype(np.int64)]
    order = np.random.default_rng(0).permutation(len(parts[0]))
    return parts[0][order], parts[1][order], parts[2], parts[3]
