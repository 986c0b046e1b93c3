"""Writes docs/performance.md from the files in bench/results: loops.jsonl, convolution.jsonl, training.jsonl, population.jsonl, primitives.txt, own.txt.

usage: python3 bench/performance.py [--measure | --measure short]

With --measure the files are made first: every loop beside its peer, ours and theirs in turn, on one and on two threads. That takes a quarter of an
hour (short: some loops, fewer rounds, six minutes) and wants a machine that does nothing else. Build bench/SeedHead.Benchmarks first (-c Release).
"""
import datetime
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
RESULTS, PEERS = f"{HERE}/results", f"{HERE}/peers"
OWN = f"{HERE}/SeedHead.Benchmarks/bin/Release/net10.0/SeedHead.Benchmarks.dll"


def output(*command, environment=None):
    print("$", *command, file=sys.stderr, flush=True)
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, env={**os.environ, **(environment or {})}).stdout


def write(name, text):
    with open(f"{RESULTS}/{name}", "w", encoding="utf-8") as file:
        file.write(text)


SHORT = [
    "sgemm-64-64-64", "sgemm-256-64-64", "sgemm-1024-1024-1024", "sgemm-2048-2048-2048", "sgemm-60000-2048-784", "dgemm-2048-2048-2048", "gram-60000-4096",
    "cholesky-4096", "eigen-2048", "qr-2048-2048", "svd-512-512", "fft-65536", "rfft2-512-512", "dct2-512-512"]


def measure(short):
    python, (tasks, loops, convolution, population) = sys.executable, (SHORT, "3", "3", "3") if short else ([], "5", "7", "5")
    write("loops.jsonl", "".join(output(python, f"{PEERS}/loops.py", "--rounds", loops, "--threads", threads, *tasks) for threads in ("1", "2")))
    write("convolution.jsonl", output(python, f"{PEERS}/convolution.py", "--threads", "1", "2", "--rounds", convolution))
    write("training.jsonl", output(python, f"{PEERS}/training.py", "--threads", "1", "2", "--rounds", convolution, "--memory"))
    write("population.jsonl", output(python, f"{PEERS}/population.py", "--rounds", population))
    write("primitives.txt", output("dotnet", OWN, "primitives"))
    write("own.txt", output("dotnet", OWN, "gram") + "\nAVX2 only\n" + output("dotnet", OWN, "gram", environment={"DOTNET_EnableAVX512": "0"}))
    write("measured.txt", f"{datetime.date.today()}, {'3 to 5' if short else '5 to 9'} rounds\n")


def lines(name):
    with open(f"{RESULTS}/{name}", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.startswith("{")]


def text(name):
    with open(f"{RESULTS}/{name}", encoding="utf-8") as file:
        return file.read().strip()


def loops():
    found = {}
    for line in lines("loops.jsonl"):
        if "task" in line:
            found.setdefault(line["task"], {})[line["threads"]] = line
    yield "| loop | 1 thread | CPU | 2 threads | CPU |\n|---|---|---|---|---|"
    for task, runs in found.items():
        cells = [f"{runs[t]['ratio']:.2f} | {runs[t]['cpuRatio']:.2f}" if t in runs else "– | –" for t in (1, 2)]
        yield f"| {task} | {' | '.join(cells)} |"


def convolutions():
    yield "| step | threads | ratio | CPU |\n|---|---|---|---|"
    for line in lines("convolution.jsonl"):
        if "step" in line and line["share"] == 1:
            yield f"| {line['step']} | {line['threads']} | {line['ratio']:.2f} | {line['cpuRatio']:.2f} |"


def training():
    yield "| step | threads | ratio | CPU |\n|---|---|---|---|"
    for line in lines("training.jsonl"):
        if "ratio" in line:
            what = f"{line['step']} learned, against PyTorch" if "step" in line else f"{line['own']}, against all of our own"
            yield f"| {what} | {line['threads']} | {line['ratio']:.2f} | {line['cpuRatio']:.2f} |"
    yield "\n| WRN-28-10, batch 32 | gradients, MB | optimiser state, MB | peak of the process, MB |\n|---|---|---|---|"
    for line in lines("training.jsonl"):
        if "memory" in line:
            yield f"| {line['memory']} | {line['gradientMB']:.1f} | {line['stateMB']:.1f} | {line['peakMB']:.0f} |"


def populations():
    runs = [line for line in lines("population.jsonl") if "form" in line]
    ours = {line["form"]: line for line in runs if line["form"].startswith("ours")}
    yield "| form | ms a network by the clock | CPU ms |\n|---|---|---|"
    for form, line in ours.items():
        yield f"| {form} | {line['wallMs']:.2f} | {line['cpuMs']:.2f} |"
    for kind in ("2 x 1 thr", "1 x 2 thr", "1 x 1 thr"):
        best = min((line for line in runs if line["form"].startswith(kind)), key=lambda line: line["wallMs"], default=None)
        if best:
            yield f"| PyTorch, best of {kind}: {best['form'].split(', ', 1)[1]} | {best['wallMs']:.2f} | {best['cpuMs']:.2f} |"


def page():
    machine = next(line["machine"] for line in lines("loops.jsonl") if "machine" in line)
    return "\n".join([
        "# Performance", "",
        "Written by `bench/performance.py` from `bench/results`; do not edit. Ratios are our time divided by the peer's in one run, calls in turn, medians: below 1",
        f"we are faster. {machine.split(', load')[0]}, {text('measured.txt')}. Fairness: [bench/README.md](../bench/README.md).", "",
        "## Products, factorisations, transforms against OpenBLAS, LAPACK and SciPy (tuned kernels)", "",
        "`bench/peers/loops.py`. A name ends in the shape: rows-columns(-steps). Small products are batches of a hundred. `gram` sums in float64, its peer `ssyrk` in float32.", "",
        *loops(), "",
        "## Convolution, forward and both gradients, against PyTorch 1.13 (best memory format)", "", "`bench/peers/convolution.py`", "", *convolutions(), "",
        "## Training step: forward, loss, backward and SGD", "",
        "`bench/peers/training.py`: 28x28x1-conv32@3-bn-relu-maxpool2-conv64@3-bn-relu-maxpool2-conv128@3-bn-relu-maxpool2-flatten-10, batch 128; PyTorch 1.13 in its best",
        "memory format and, where a tenth of the filters is learned, the faster of masked gradients and split layers.", "", *training(), "",
        "## Populations of networks 2-64-…-1 on 4,096 points against PyTorch", "", "`bench/peers/population.py`", "", *populations(), "",
        "## Elementary functions against TensorPrimitives", "", "`SeedHead.Benchmarks primitives`", "", "```", text("primitives.txt"), "```", "",
        "## Share of a core's peak", "", "`SeedHead.Benchmarks gram`", "", "```", text("own.txt"), "```", ""])


def main():
    if "--measure" in sys.argv[1:]:
        measure("short" in sys.argv[1:])
    path = f"{HERE}/../docs/performance.md"
    with open(path, "w", encoding="utf-8") as file:
        file.write(page())


if __name__ == "__main__":
    main()
