"""SeedHead's defaults against scikit-learn's random features and ridge, on the tabular sets of $SEEDHEAD_DATA/tabular.

usage: python3 bench/tabular.py [--sets NAME …] [--seeds 0 1 2 3 4] [--out bench/results/tabular.tsv] [--summary] [--peer-only WIDTH]

The protocol: both sides read the same two CSV files. Of a set of more than 20,000 rows 10,000 are
sampled once, by NumPy's default_rng(0). For each
seed default_rng(seed) draws a fifth of the rows as test part, class by class for classification. All input columns are numbers
as published (coded categories too). SeedHead runs `fit TRAIN --test TEST --task T --seed S --json`, all else default; scikit-learn
(peers/tabular_ridge.py) runs at the width SeedHead chose. The score is test accuracy, or R². A finished line is not run again:
delete it from the file, or the file, to repeat.
"""
import argparse
import csv
import gzip
import json
import os
import sys
import tempfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "peers"))
import measure  # noqa: E402

FIELDS = ["set", "task", "seed", "trainRows", "testRows", "columns", "width", "ours", "peer", "oursCpu", "peerCpu", "oursWall", "peerWall", "oursMB", "peerMB"]
LARGEST, SAMPLED = 20_000, 10_000


def sets(root):
    """Name → (task, path), in order of name."""
    found = {}
    for name in sorted(os.listdir(f"{root}/pmlb")):
        if name.endswith(".tsv.gz"):
            meta = f"{root}/pmlb/{name[:-7]}.metadata.yaml"
            task = next(line.split(":")[1].strip() for line in open(meta) if line.startswith("task:"))
            found["pmlb/" + name[:-7]] = (task, f"{root}/pmlb/{name}")
    for name in sorted(os.listdir(f"{root}/uci_datasets")):
        found["uci/" + name] = ("regression", f"{root}/uci_datasets/{name}/data.csv.gz")
    return found


def read(path):
    """The rows as texts, target last."""
    with gzip.open(path, "rt", newline="") as file:
        if path.endswith(".csv.gz"):
            return list(csv.reader(file))
        rows = list(csv.reader(file, delimiter="\t"))
        target = rows[0].index("target")
        return [row[:target] + row[target + 1:] + [row[target]] for row in rows[1:]]


def split(rows, task, seed):
    """Test rows: a fifth, of each class when there are classes; every class keeps a training row."""
    random = np.random.default_rng(seed)
    labels = np.array([row[-1] for row in rows]) if task == "classification" else np.zeros(len(rows))
    test = []
    for label in np.unique(labels):
        members = random.permutation(np.flatnonzero(labels == label))
        test += list(members[:min(len(members) - 1, round(0.2 * len(members)))])
    chosen = set(test)
    return [i for i in range(len(rows)) if i not in chosen], sorted(test)


def write(path, rows, task):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([f"c{i + 1}" for i in range(len(rows[0]) - 1)] + ["target"])
        writer.writerows(row[:-1] + ["class " + row[-1] if task == "classification" else row[-1]] for row in rows)


def run_json(command, environment=None):
    result = measure.run(command, environment)
    if result["exitCode"] != 0:
        raise SystemExit(f"{' '.join(command)}\nended with {result['exitCode']}: {result['errors'].strip()[-1000:]}")
    return json.loads(result["output"]), result


def compare(name, task, path, seed, folder, options):
    rows = read(path)
    if len(rows) > LARGEST:
        rows = [rows[i] for i in sorted(np.random.default_rng(0).permutation(len(rows))[:SAMPLED])]
    train, test = split(rows, task, seed)
    files = [os.path.join(folder, "train.csv"), os.path.join(folder, "test.csv")]
    for file, part in zip(files, (train, test)):
        write(file, [rows[i] for i in part], task)
    line = {"set": name, "task": task, "seed": seed, "trainRows": len(train), "testRows": len(test), "columns": len(rows[0]) - 1}
    if options.peer_only:
        line.update(width=options.peer_only)
    else:
        answer, used = run_json([*options.seedhead.split(), "fit", files[0], "--test", files[1], "--task", task, "--seed", str(seed), "--json", *options.fit.split()])
        score = answer["test"]["accuracy" if task == "classification" else "r2"]
        line.update(width=answer["model"]["width"], ours=score, oursCpu=used["cpuSeconds"], oursWall=used["wallSeconds"], oursMB=used["peakMB"])
    tuned = {"OPENBLAS_CORETYPE": measure.tuned_kernels(), "OPENBLAS_NUM_THREADS": str(len(os.sched_getaffinity(0)))}
    answer, used = run_json(
        [sys.executable, f"{HERE}/peers/tabular_ridge.py", *files, "--task", task, "--width", str(line["width"]), "--seed", str(seed)], tuned)
    line.update(peer=answer["score"], peerCpu=used["cpuSeconds"], peerWall=used["wallSeconds"], peerMB=used["peakMB"])
    return line


def load(path):
    if not os.path.exists(path):
        return []
    with open(path, newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def append(path, line):
    new = not os.path.exists(path)
    with open(path, "a", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, delimiter="\t", lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerow({k: round(v, 6) if isinstance(v, float) else v for k, v in line.items()})


def summary(lines):
    """A table in Markdown: per set the mean paired difference with its standard error over seeds; then the losses and the means."""
    print("| set | task | rows | columns | width | SeedHead | scikit-learn | difference | standard error | |\n|---|---|---|---|---|---|---|---|---|---|")
    means, losses = {"classification": [], "regression": []}, []
    for name in sorted({line["set"] for line in lines}):
        own = [line for line in lines if line["set"] == name and line["ours"] and line["peer"]]
        if not own:
            continue
        ours, peer = (np.array([float(line[side]) for line in own]) for side in ("ours", "peer"))
        gap = ours - peer
        error = gap.std(ddof=1) / len(gap) ** 0.5 if len(gap) > 1 else float("nan")
        lost = gap.mean() < 0 and gap.mean() < -3 * error
        means[own[0]["task"]].append(gap.mean())
        losses += [name] if lost else []
        rows = int(own[0]["trainRows"]) + int(own[0]["testRows"])
        widths = sorted({int(line["width"]) for line in own})
        width = str(widths[0]) if len(widths) == 1 else f"{widths[0]} to {widths[-1]}"
        task = "accuracy" if own[0]["task"] == "classification" else "R²"
        print(f"| {name} | {task} | {rows} | {own[0]['columns']} | {width} | {ours.mean():.4f} | {peer.mean():.4f} | {gap.mean():+.4f} | {error:.4f} | {'worse' if lost else ''} |")
    everything = means["classification"] + means["regression"]
    print()
    for task, score in (("classification", "accuracy"), ("regression", "R²")):
        if means[task]:
            print(f"Mean paired difference in {score} over {len(means[task])} sets: {np.mean(means[task]):+.4f}, median {np.median(means[task]):+.4f}.")
    if everything:
        print(f"Over all {len(everything)} sets: {np.mean(everything):+.4f}. Worse by more than 3 standard errors: {', '.join(losses) if losses else 'none'}.")
    return 1 if losses or not everything or np.mean(everything) < 0 else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="*", help="names such as pmlb/letter; default: all")
    parser.add_argument("--seeds", nargs="*", type=int, default=[0, 1, 2, 3, 4])
    parser.add_argument("--out", default=f"{HERE}/results/tabular.tsv")
    parser.add_argument("--seedhead", default=f"dotnet {HERE}/../src/SeedHead.Cli/bin/Release/net10.0/seedhead.dll", help="the command")
    parser.add_argument("--fit", default="", help="further options of fit, e.g. '--features fourier'")
    parser.add_argument("--peer-only", type=int, metavar="WIDTH", help="run scikit-learn alone at this width")
    parser.add_argument("--summary", action="store_true", help="only print the table of --out")
    options = parser.parse_args()
    if options.summary:
        return summary(load(options.out))
    root = os.path.join(os.environ.get("SEEDHEAD_DATA", ""), "tabular")
    if not os.path.isdir(root):
        raise SystemExit(f"{root}: no such folder. Set SEEDHEAD_DATA to the folder that holds tabular/pmlb and tabular/uci_datasets.")
    known = sets(root)
    wanted = options.sets or list(known)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise SystemExit(f"{unknown[0]}: no such set. Known: {', '.join(known)}.")
    done = {(line["set"], int(line["seed"])) for line in load(options.out)}
    for name in wanted:
        for seed in options.seeds:
            if (name, seed) in done:
                continue
            with tempfile.TemporaryDirectory() as folder:
                line = compare(name, *known[name], seed, folder, options)
            append(options.out, line)
            print(f"{name} seed {seed} width {line['width']}: ours {line.get('ours')} scikit-learn {line['peer']:.4f}", file=sys.stderr, flush=True)
    return summary(load(options.out))


if __name__ == "__main__":
    sys.exit(main())
