"""Convolution steps of training, SeedHead against PyTorch, in turns: forward, gradient to the input, gradient to the weights.

usage: python3 bench/peers/convolution.py [--threads 1 2] [--rounds 9] [--steps pair stride2 ...] [--shares 1 0.5 0.25]

Builds the benchmarks, runs `SeedHead.Benchmarks convolution-serve` and PyTorch (in a process of its own, tuned: OPENBLAS_NUM_THREADS=1,
OMP_NUM_THREADS=threads, no trimming of freed memory) step by step in turns and prints medians in milliseconds: by the clock, of processor
time and, ours, of processor time forward, to the input and to the weights. PyTorch runs each
step in both memory formats; the faster one counts. A share below 1 of learned filters is, in PyTorch, the layer split in two along its filters,
of which one has no gradient; SeedHead asks for the gradient of the share alone.
"""
import argparse
import os
import statistics
import subprocess
import sys
import time

from measure import machine, say

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
# images, [(height, width, channels, filters, kernel, padding, stride, groups)]
STEPS = {
    "pair": (128, [(32, 32, 3, 64, 3, 1, 1, 1), (32, 32, 64, 128, 3, 1, 1, 1)]),
    "stride2": (128, [(32, 32, 64, 128, 3, 1, 2, 1)]),
    "3to17": (128, [(32, 32, 3, 17, 3, 1, 1, 1)]),
    "5x5on27": (32, [(27, 27, 64, 192, 5, 2, 1, 1)]),
    "groups": (128, [(32, 32, 64, 128, 3, 1, 1, 4)]),
    "depthwise": (128, [(32, 32, 64, 64, 3, 1, 1, 64)]),
    "1x1": (128, [(32, 32, 64, 128, 1, 0, 1, 1)]),
    "17to64": (128, [(32, 32, 17, 64, 3, 1, 1, 1)]),
    "deep": (128, [(4, 4, 512, 512, 3, 1, 1, 1)]),
}


def peer():
    """Answers lines 'NAME FORMAT SHARE' with milliseconds."""
    import time
    import torch
    import torch.nn.functional as F
    cache = {}

    def build(name, form, share):
        images, layers = STEPS[name]
        memory = torch.channels_last if form == "channels_last" else torch.contiguous_format
        first = layers[0]
        x = torch.rand(images, first[2], first[0], first[1]).sub_(.5).contiguous(memory_format=memory)
        x.requires_grad_(len(layers) == 1)
        weights = []
        for height, width, channels, filters, kernel, padding, stride, groups in layers:
            w = torch.rand(filters, channels // groups, kernel, kernel).sub_(.5).contiguous(memory_format=memory)
            learned = int(filters * share)
            parts = [w] if share == 1 else [w[:learned].clone(memory_format=memory), w[learned:].clone(memory_format=memory)]
            parts[0].requires_grad_()
            weights.append((parts, dict(padding=padding, stride=stride, groups=groups)))

        def forward():
            y = x
            for i, (parts, options) in enumerate(weights):
                outs = [F.conv2d(y, w, **options) for w in parts]
                y = outs[0] if len(outs) == 1 else torch.cat(outs, 1)
                if i < len(weights) - 1:
                    y = F.relu(y)
            return y

        slope = torch.rand_like(forward()).sub_(.5)

        def step():
            x.grad = None
            for parts, _ in weights:
                parts[0].grad = None
            forward().backward(slope)
        return step

    for line in sys.stdin:
        name, form, share = line.split()
        key = (name, form, share)
        if key not in cache:
            cache[key] = build(name, form, float(share))
            cache[key]()
        start, cpu = time.perf_counter(), time.process_time()
        cache[key]()
        print((time.perf_counter() - start) * 1e3, (time.process_time() - cpu) * 1e3, flush=True)


class Served:
    """A process that answers a line with a line."""

    def __init__(self, command, environment):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment})

    def ask(self, *words):
        time.sleep(0.05)  # threads of the other side spin for some milliseconds after a call and would take a core away
        self.process.stdin.write(" ".join(str(w) for w in words) + "\n")
        self.process.stdin.flush()
        return [float(number) for number in self.process.stdout.readline().split()]


def warm(call):
    """Two seconds of calls: whoever compiles while it runs (processor time of another thread) is done then."""
    end = time.perf_counter() + 2
    while time.perf_counter() < end:
        call()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    arguments.add_argument("--rounds", type=int, default=9)
    arguments.add_argument("--steps", nargs="+", default=list(STEPS))
    arguments.add_argument("--shares", type=float, nargs="+", default=[1])
    options = arguments.parse_args()
    project = os.path.join(ROOT, "bench", "SeedHead.Benchmarks")
    subprocess.run(["dotnet", "build", "-c", "Release", project, "-nologo", "-v", "q"], check=True, stdout=subprocess.DEVNULL)
    say(machine=machine())
    ours = Served([os.path.join(project, "bin", "Release", "net10.0", "SeedHead.Benchmarks"), "convolution-serve"], {})
    for threads in options.threads:
        theirs = Served(["/usr/bin/python3", os.path.abspath(__file__), "--peer"], {
            "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": str(threads), "MALLOC_MMAP_THRESHOLD_": "4000000000",
            "MALLOC_TRIM_THRESHOLD_": "8000000000", "MALLOC_TOP_PAD_": "200000000"})
        for name in options.steps:
            for share in options.shares:
                ask = [
                    lambda: ours.ask(name, threads, share),
                    lambda: theirs.ask(name, "contiguous", share),
                    lambda: theirs.ask(name, "channels_last", share)]
                for call in ask:
                    warm(call)
                rounds = [[call() for call in ask] for _ in range(options.rounds)]
                middle = [[statistics.median(round[i][j] for round in rounds) for j in range(len(rounds[0][i]))] for i in range(3)]
                ratios = [middle[0][i] / min(middle[1][i], middle[2][i]) for i in (0, 1)]
                say(step=name, threads=threads, share=share, **dict(zip(
                    ("seedhead", "contiguous", "channelsLast"), ([round(number, 1) for number in row] for row in middle))),
                    ratio=round(ratios[0], 3), cpuRatio=round(ratios[1], 3))


if __name__ == "__main__":
    peer() if "--peer" in sys.argv else main()
