"""One step of training, SeedHead against PyTorch, in turns: forward, loss, backward and SGD with momentum and decay.

usage: python3 bench/peers/training.py [--threads 1 2] [--rounds 21] [--memory]

Builds the benchmarks, runs `SeedHead.Benchmarks training-serve` and PyTorch (in a process of its own, tuned: OPENBLAS_NUM_THREADS=1,
OMP_NUM_THREADS=threads, no trimming of freed memory, in both memory formats; the faster one counts), on the same network and batch size, and prints
medians in milliseconds, by the clock and of processor time.

Learned are all numbers, or the last tenth of every convolution's filters, all batch norms and the dense layer. PyTorch freezes tensors, not parts of
them, and every tensor of this network holds a learned number. So there are two ways in PyTorch, and the faster one counts:
  masked  requires_grad everywhere; whole gradients are computed, decay is added to them, and they are multiplied by a mask of 0 and 1 before the step;
  split   every convolution is two, of the fixed filters (no gradient) and of the learned ones, whose results are joined.
SeedHead computes the gradients of learned filters alone. --memory adds what a step of WRN-28-10 with batches of 32 keeps, and the process's peak. Lines "own" compare SeedHead's two steps, and its steps of the pair of convolutions of
convolution.py, with each other, from the same rounds.
"""
import argparse
import os
import statistics
import subprocess
import sys

from convolution import ROOT, Served
from measure import machine, say

NETWORK = "28x28x1-conv32@3-bn-relu-maxpool2-conv64@3-bn-relu-maxpool2-conv128@3-bn-relu-maxpool2-flatten-10"
LEARNED = {"all": "all", "tenth": "filters:0.1+bn+fc"}
WIDE = "wrn-28-10/10"
ROWS = 128


def peer():
    """Answers lines 'WAY FORMAT', WAY of all, masked, split, with milliseconds."""
    import time
    import torch
    from torch import nn

    class Split(nn.Module):
        def __init__(self, channels, filters, learned):
            super().__init__()
            self.fixed = nn.Conv2d(channels, filters - learned, 3, padding=1, bias=False).requires_grad_(False)
            self.learned = nn.Conv2d(channels, learned, 3, padding=1, bias=False)

        def forward(self, x):
            return torch.cat([self.fixed(x), self.learned(x)], 1)

    def build(way, form):
        torch.manual_seed(1)
        memory = torch.channels_last if form == "channels_last" else torch.contiguous_format
        layers, channels = [], 1
        for filters in (32, 64, 128):
            convolution = Split(channels, filters, filters // 10) if way == "split" else nn.Conv2d(channels, filters, 3, padding=1, bias=False)
            layers += [convolution, nn.BatchNorm2d(filters), nn.ReLU(inplace=True), nn.MaxPool2d(2)]
            channels = filters
        net = nn.Sequential(*layers, nn.Flatten(), nn.Linear(1152, 10)).to(memory_format=memory)
        masks = []
        for layer in layers:
            if way == "masked" and isinstance(layer, nn.Conv2d):
                mask = torch.zeros_like(layer.weight)
                mask[-(layer.out_channels // 10):] = 1
                masks.append((layer.weight, mask))
        masked = {id(weight) for weight, _ in masks}
        groups = [{"params": [weight for weight, _ in masks], "weight_decay": 0},
                  {"params": [p for p in net.parameters() if p.requires_grad and id(p) not in masked]}]
        optimiser = torch.optim.SGD([group for group in groups if group["params"]], lr=1e-3, momentum=0.9, weight_decay=5e-4)
        x = torch.rand(ROWS, 1, 28, 28).contiguous(memory_format=memory)
        truth = torch.arange(ROWS) % 10

        def step():
            optimiser.zero_grad(set_to_none=True)
            nn.functional.cross_entropy(net(x), truth).backward()
            with torch.no_grad():
                for weight, mask in masks:
                    weight.grad.add_(weight, alpha=5e-4).mul_(mask)
            optimiser.step()
        return step

    cache = {}
    for line in sys.stdin:
        key = tuple(line.split())
        if key not in cache:
            cache[key] = build(*key)
            cache[key]()
        start, cpu = time.perf_counter(), time.process_time()
        cache[key]()
        print((time.perf_counter() - start) * 1e3, (time.process_time() - cpu) * 1e3, flush=True)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    arguments.add_argument("--rounds", type=int, default=21)
    arguments.add_argument("--memory", action="store_true")
    options = arguments.parse_args()
    project = os.path.join(ROOT, "bench", "SeedHead.Benchmarks")
    subprocess.run(["dotnet", "build", "-c", "Release", project, "-nologo", "-v", "q"], check=True, stdout=subprocess.DEVNULL)
    say(machine=machine())
    program = os.path.join(project, "bin", "Release", "net10.0", "SeedHead.Benchmarks")
    steps, pair = Served([program, "training-serve"], {}), Served([program, "convolution-serve"], {})
    for threads in options.threads:
        theirs = Served(["/usr/bin/python3", os.path.abspath(__file__), "--peer"], {
            "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": str(threads), "MALLOC_MMAP_THRESHOLD_": "4000000000",
            "MALLOC_TRIM_THRESHOLD_": "8000000000", "MALLOC_TOP_PAD_": "200000000"})
        calls = {f"ours {name}": (steps, NETWORK, learned, ROWS, threads) for name, learned in LEARNED.items()}
        for way in ("all", "masked", "split"):
            for form in ("contiguous", "channels_last"):
                calls[f"{way} {form}"] = (theirs, way, form)
        for share in (1, 0.1):
            calls[f"pair {share}"] = (pair, "pair", threads, share)
        for call in calls.values():
            for _ in range(3):
                call[0].ask(*call[1:])
        rounds = [{name: call[0].ask(*call[1:])[:2] for name, call in calls.items()} for _ in range(options.rounds)]
        middle = {name: [statistics.median(one[name][i] for one in rounds) for i in (0, 1)] for name in calls}

        def compare(learned, ways):
            best = [min(middle[f"{way} {form}"][i] for way in ways for form in ("contiguous", "channels_last")) for i in (0, 1)]
            say(step=learned, threads=threads, seedhead=rounded(middle[f"ours {learned}"]),
                **{name: rounded(numbers) for name, numbers in middle.items() if name.split()[0] in ways},
                ratio=round(middle[f"ours {learned}"][0] / best[0], 3), cpuRatio=round(middle[f"ours {learned}"][1] / best[1], 3))

        def own(what, small, large):
            say(own=what, threads=threads, part=rounded(middle[small]), all=rounded(middle[large]),
                ratio=round(middle[small][0] / middle[large][0], 3), cpuRatio=round(middle[small][1] / middle[large][1], 3))

        compare("all", ["all"])
        compare("tenth", ["masked", "split"])
        own("network, a tenth of the filters", "ours tenth", "ours all")
        own("pair of convolutions, a tenth of the filters", "pair 0.1", "pair 1")
    for learned in ("filters:0.07+bn+fc", "all") if options.memory else ():
        wide = Served([program, "training-serve"], {})
        wide.ask(WIDE, learned, 32, 2)
        _, _, gradient, state, peak = wide.ask(WIDE, learned, 32, 2)
        say(memory=learned, gradientMB=round(gradient / 1e6, 1), stateMB=round(state / 1e6, 1), peakMB=round(peak / 1e6))
    say(load=machine())


def rounded(numbers):
    return [round(number, 1) for number in numbers]


if __name__ == "__main__":
    peer() if "--peer" in sys.argv else main()
