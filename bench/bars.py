"""Runs the commands the project promises figures for, and prints what came beside what was promised.

usage: python3 bench/bars.py [--only WORD …] [--list] [--rounds 3] [--seedhead COMMAND]

Needs $SEEDHEAD_DATA. Wall and CPU seconds and peak memory are the kernel's, of the whole process, reading included; "fit" is the command's own.
"""
import argparse
import hashlib
import json
import os
import statistics
import sys
import tempfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "peers"))
import measure  # noqa: E402

# name: arguments of fit, least test accuracy, most wall seconds
FITS = {
    "mnist-hidden": ("mnist --features hidden --width 8192", 0.974, None),
    "fashion-hidden": ("fashion-mnist --features hidden --width 8192", 0.880, None),
    "mnist-images": ("mnist --features images --width auto", 0.988, 300),
    "fashion-images": ("fashion-mnist --features images --width auto", 0.910, 300),
    "cifar10-images": ("cifar10 --features images", 0.70, 300),
    "digits": ("digits", 0.980, 2),
}


TEN = "1e-4,3e-4,1e-3,3e-3,1e-2,3e-2,1e-1,3e-1,1,3"


def fit(command, arguments, least, most):
    answer, used = run_json([*command, "fit", *arguments.split(), "--json"])
    accuracy = answer["test"]["accuracy"]
    holds = accuracy >= least and (most is None or used["wallSeconds"] <= most)
    found = f"{100 * accuracy:.2f} %, width {answer['model']['width']}, fit {answer['seconds']['fit']:.1f} s"
    return found, f"≥ {100 * least:.1f} %" + (f", ≤ {most} s" if most else ""), holds, used


def bits(command, folder):
    """head.npy under four settings of the machine; a small width where there is no fused multiply-add."""
    hashes, total = {}, None
    for width, setting, threads in (
            (1024, {}, 1), (1024, {}, 2), (1024, {"DOTNET_EnableAVX512": "0"}, 2),
            (64, {}, 2), (64, {"DOTNET_EnableAVX2": "0"}, 2)):
        path = os.path.join(folder, "bits.seedhead")
        total = run([*command, "fit", "digits", "--features", "hidden", "--width", str(width), "--threads", str(threads), "--quiet", "--out", path], setting)
        hashes.setdefault(width, set()).add(hashlib.sha256(zipfile.ZipFile(path).read("head.npy")).hexdigest()[:12])
    return " and ".join(f"width {w}: {', '.join(sorted(h))}" for w, h in hashes.items()), "one hash a width", all(len(h) == 1 for h in hashes.values()), total


def model_size(command, folder):
    path = os.path.join(folder, "mnist.seedhead")
    used = run([*command, "fit", "mnist", "--features", "hidden", "--width", "2000", "--quiet", "--out", path])
    size = os.path.getsize(path)
    return f"{size / 1000:.1f} kB", "≤ 100 kB", size <= 100_000, used


def start(command, rounds):
    runs = [run([*command, "--help"]) for _ in range(max(rounds, 3) + 1)][1:]
    wall = statistics.median(r["wallSeconds"] for r in runs)
    return f"{1000 * wall:.0f} ms", "≤ 200 ms", wall <= 0.2, runs[-1]


def against_peer(command, rounds, ours, peer, cpu_ratio, most_mb, data_set="mnist"):
    """Ours and theirs in turn, medians of the fit's CPU-seconds, making features included and reading not, each by its own clock."""
    data = os.environ["SEEDHEAD_DATA"]
    tuned = {"OPENBLAS_CORETYPE": measure.tuned_kernels(), "OPENBLAS_NUM_THREADS": str(len(os.sched_getaffinity(0)))}
    own, other, own_wall, other_wall, used = [], [], [], [], None
    for _ in range(rounds):
        mine, used = run_json([*command, "fit", *ours.split(), "--quiet", "--json"])
        own.append(mine["seconds"]["fitCpu"])
        own_wall.append(mine["seconds"]["fit"])
        answer, theirs = run_json([sys.executable, f"{HERE}/peers/{peer[0]}", f"{data}/{data_set}", *peer[1:]], tuned)
        other.append(answer["cpuSeconds"] + answer.get("featureCpuSeconds", 0))
        other_wall.append(answer["wallSeconds"] + answer.get("featureWallSeconds", 0))
    ratio = statistics.median(own) / statistics.median(other)
    wall = statistics.median(own_wall) / statistics.median(other_wall)
    found = f"{statistics.median(own):.2f} against {statistics.median(other):.2f} CPU-s: {ratio:.2f}; by the clock {wall:.2f}; peak {used['peakMB']:.0f} against {theirs['peakMB']:.0f} MB"
    return found, f"≤ {cpu_ratio}, ≤ {most_mb} MB", ratio <= cpu_ratio and used["peakMB"] <= most_mb, used


def run(command, environment=None):
    used = measure.run(command, environment)
    if used["exitCode"] != 0:
        raise RuntimeError(f"`{' '.join(command[-6:])}` ended with {used['exitCode']}: {used['errors'].strip()[-300:]}")
    return used


def run_json(command, environment=None):
    used = run(command, environment)
    return json.loads(used["output"]), used


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", help="names, or parts of names")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of the comparisons with peers")
    parser.add_argument("--seedhead", default=f"dotnet {HERE}/../src/SeedHead.Cli/bin/Release/net10.0/seedhead.dll")
    options = parser.parse_args()
    command = options.seedhead.split()
    with tempfile.TemporaryDirectory() as folder:
        bars = {name: (lambda b=bar: fit(command, *b)) for name, bar in FITS.items()}
        bars["same-bits"] = lambda: bits(command, folder)
        bars["model-size"] = lambda: model_size(command, folder)
        bars["start"] = lambda: start(command, options.rounds)
        bars["fit-cpu"] = lambda: against_peer(command, options.rounds, "mnist --features hidden --width 2000 --penalties 1e-3 --quick", ("random_features_ridge.py", "2000"), 0.6, 400)
        for width in (4096, 8192):
            ours = f"fashion-mnist --features hidden --width {width} --penalties 1e-4,1e-3,1e-2,1e-1,1 --quick"
            numpy = ("random_features_ridge.py", str(width), "numpy", "--penalties", "5")
            bars[f"five-penalties-{width}"] = lambda o=ours, n=numpy: against_peer(command, options.rounds, o, n, 0.8, 1e9, "fashion-mnist")
        bars["loo-cpu"] = lambda: against_peer(command, options.rounds, f"mnist --features hidden --width 2000 --penalties {TEN}", ("loo_ridge.py", "2000"), 0.1, 500)
        chosen = [name for name in bars if not options.only or any(word in name for word in options.only)]
        if options.list:
            return print("\n".join(chosen))
        print(f"{measure.machine()}\n\n| bar | promised | found | | wall s | CPU s | peak MB |\n|---|---|---|---|---|---|---|", flush=True)
        failed = 0
        for name in chosen:
            try:
                found, promised, holds, used = bars[name]()
                figures = f"{used['wallSeconds']:.2f} | {used['cpuSeconds']:.2f} | {used['peakMB']:.0f}"
            except (RuntimeError, KeyError, TypeError, ValueError) as fault:
                found, promised, holds, figures = str(fault).replace("\n", " ").replace("|", "/"), "", False, "| |"
            failed += not holds
            print(f"| {name} | {promised} | {found} | {'holds' if holds else 'FAILS'} | {figures} |", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
