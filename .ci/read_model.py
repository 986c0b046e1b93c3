"""Runs the reader printed in docs/model-file.md on a model and features, and compares it with the predictions of the command.

usage: python3 read_model.py MODEL FEATURES.npz PREDICTIONS.csv
"""
import csv
import pathlib
import re
import sys

import numpy as np

page = (pathlib.Path(__file__).parent.parent / "docs/model-file.md").read_text(encoding="utf-8")
code = re.search(r"```python\n(.*?)```", page, re.DOTALL).group(1)
lines = [line for line in code.splitlines() if line.strip()]
assert len(lines) <= 20, f"the reader has {len(lines)} lines, promised are 20"
reader = {}
exec(compile(code, "docs/model-file.md", "exec"), reader)

model, arrays = reader["read"](sys.argv[1])
features = np.load(sys.argv[2])
ours = reader["predict"](model, arrays, features["x_test"] if "x_test" in features else features["x"])
with open(sys.argv[3], newline="") as file:
    rows = list(csv.reader(file))[1:]
first = 3 if model["outcome"]["kind"] == "classes" else 0
theirs = np.array([[float(value) for value in row[first:first + ours.shape[1]]] for row in rows])
assert ours.shape == theirs.shape, (ours.shape, theirs.shape)
gap = np.abs(ours - theirs).max() / max(1, np.abs(theirs).max())
print(f"{len(ours)} rows, largest difference {gap:.1e}")
assert gap < 2e-5, gap

changed = bytearray(pathlib.Path(sys.argv[1]).read_bytes())
changed[len(changed) // 2] ^= 1
pathlib.Path(sys.argv[1] + ".changed").write_bytes(changed)
try:
    reader["read"](sys.argv[1] + ".changed")
except Exception as fault:
    print(f"a changed byte is noticed: {fault}")
else:
    raise AssertionError("a changed byte went unnoticed")
