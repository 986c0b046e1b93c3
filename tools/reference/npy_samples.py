#!/usr/bin/env python3
"""Writes the npy and npz files in test/SeedHead.Tests/Golden/npy. Made with NumPy 1.24.2."""
import pathlib
import sys

import numpy as np

out = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "test/SeedHead.Tests/Golden/npy")
out.mkdir(parents=True, exist_ok=True)

# value at (i, j) of a 3 x 4 array: exact in every type
small = np.array([[3 * i - j + (i * j) % 2 for j in range(4)] for i in range(3)])
unsigned = np.abs(small)
for kind in ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]:
    source = unsigned if kind[0] == "u" else small
    for order, endian in [("C", "<"), ("F", "<"), ("C", ">"), ("F", ">")]:
        np.save(out / f"{kind}_{order}_{'little' if endian == '<' else 'big'}.npy", np.array(source, dtype=endian + kind, order=order))
np.save(out / "bool.npy", small > 0)
np.save(out / "cube_F.npy", np.asfortranarray(np.arange(24, dtype="<f4").reshape(2, 3, 4)))
np.save(out / "scalar.npy", np.float32(1.5))
np.save(out / "vector.npy", np.array([0.5, -1.25, 3.0], dtype="<f8"))
np.save(out / "texts.npy", np.array(["cat", "dog", "å"]))
np.save(out / "complex.npy", np.array([1 + 2j]))
np.save(out / "objects.npy", np.array([{}, 1], dtype=object), allow_pickle=True)
np.save(out / "records.npy", np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")]))
np.save(out / "nan.npy", np.array([[1, 2], [3, np.nan]], dtype="f4"))
for version in [(1, 0), (2, 0), (3, 0)]:
    with open(out / f"version_{version[0]}.npy", "wb") as file:
        np.lib.format.write_array(file, small.astype("<f4"), version=version)

x = np.arange(40, dtype="f4").reshape(20, 2)
y = np.arange(20) % 2
np.savez(out / "train_and_test.npz", x_train=x[:15], y_train=y[:15], x_test=x[15:], y_test=y[15:])
np.savez_compressed(out / "packed.npz", x=x, y=y)
np.savez(out / "regression.npz", x=x, y=x[:, 0] * 0.25)
np.savez(out / "texts.npz", X=x, y=np.array(["b", "a"] * 10))
np.savez_compressed(out / "images.npz", images=(np.arange(20 * 12) % 256).astype("u1").reshape(20, 2, 2, 3), labels=y.reshape(20, 1))
