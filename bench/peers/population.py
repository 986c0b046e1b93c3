"""Many random networks 2-64-...-64-1 (3 to 6 layers of 64; ReLU, tanh, sine, Gaussian, GELU in turn) on a 64 x 64 grid: PyTorch, batches of networks by torch.baddbmm.

usage: python3 population.py [--networks 1000] [--rounds 5] [--threads 1 2] [--batches 5 10 20] [--ours DLL]

Weights are drawn as ours are, within the time: normal, deviation 1.5/sqrt(fan-in), biases 0.3. Activations work in place, which is their fastest form. Every form runs in processes of its own, set as README.md says; rounds of all forms
and of ours alternate, and medians of milliseconds a network are printed with ratios: by the clock, which needs a quiet machine, and of processor time, all processes and
threads together. A round has many networks, because studies have: with a few dozen, processes that have just slept and cores that have not yet warmed up are what is measured.
Two processes share the networks. Drawing networks and evaluating them is timed, starting processes is not: each waits for its turn.
"""
import argparse
import os
import statistics
import subprocess
import sys
import time

import measure

ACTIVATIONS = ["relu", "tanh", "sin", "gaussian", "gelu"]
DEPTHS = [3, 4, 5, 6]
SIDE = 64


def activate(torch, name, h):
    if name == "gaussian":
        return h.square_().neg_().exp_()
    if name == "gelu":
        return torch.nn.functional.gelu(h)
    return {"relu": torch.relu_, "tanh": torch.tanh_, "sin": torch.sin_}[name](h)


def evaluate(torch, x, count, depth, name, batch, columns):
    """The outputs of `count` networks, `batch` at a time. Columns: points are the columns of h, else its rows."""
    last = 0.0
    for start in range(0, count, batch):
        b = min(batch, count - start)
        h = x.expand(b, *x.shape)
        for layer in range(depth + 1):
            fan_in, fan_out = 2 if layer == 0 else 64, 1 if layer == depth else 64
            w = torch.randn((b, fan_out, fan_in) if columns else (b, fan_in, fan_out)).mul_(1.5 / fan_in ** 0.5)
            bias = torch.randn(b, fan_out).mul_(0.3)
            h = torch.baddbmm(bias[:, :, None], w, h) if columns else torch.baddbmm(bias[:, None, :], h, w)
            if layer < depth:
                h = activate(torch, name, h)
        last += float(h.flatten()[-1])
    return last


def serve(threads, batch, columns):
    """Answers every line, a number of networks, with the seconds they took, by the clock and of processor time."""
    import time
    import torch
    torch.set_num_threads(threads)
    torch.set_grad_enabled(False)
    torch.manual_seed(0)
    line = torch.linspace(-1, 1, SIDE)
    x = torch.stack(torch.meshgrid(line, line, indexing="ij"), -1).reshape(-1, 2)
    x = x.t().contiguous() if columns else x
    for text in sys.stdin:
        count = max(1, int(text) // (len(ACTIVATIONS) * len(DEPTHS)))
        start, cpu = time.perf_counter(), time.process_time()
        for name in ACTIVATIONS:
            for depth in DEPTHS:
                evaluate(torch, x, count, depth, name, batch, columns)
        print(time.perf_counter() - start, time.process_time() - cpu, flush=True)


def environment(threads, tuned):
    if not tuned:
        return dict(os.environ)
    return {**os.environ, "OPENBLAS_CORETYPE": measure.tuned_kernels(), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": str(threads),
            "MALLOC_MMAP_THRESHOLD_": "4000000000", "MALLOC_TRIM_THRESHOLD_": "8000000000", "MALLOC_TOP_PAD_": "200000000"}


class Form:
    """One or more processes that answer numbers of networks."""

    def __init__(self, name, commands, setting):
        self.name, self.times = name, []
        self.processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=setting, text=True) for command in commands]
        self.run(20)

    def run(self, networks):
        """Milliseconds a network by the clock, where the slowest process counts, and of processor time."""
        time.sleep(0.05)  # as in convolution.py
        for process in self.processes:
            process.stdin.write(f"{networks // len(self.processes)}\n")
            process.stdin.flush()
        answers = [[float(word) for word in process.stdout.readline().split()] for process in self.processes]
        return max(wall for wall, _ in answers) / networks * 1e3, sum(cpu for _, cpu in answers) / networks * 1e3

    def medians(self):
        return tuple(statistics.median(values) for values in zip(*self.times))

    def least(self):
        return tuple(min(values) for values in zip(*self.times))

    def close(self):
        for process in self.processes:
            process.stdin.close()
            process.wait()


def torch_form(processes, threads, batch, columns, tuned=True):
    name = f"{processes} x {threads} thr, batch {batch}, points as {'columns' if columns else 'rows'}{'' if tuned else ', as installed'}"
    command = [sys.executable, os.path.abspath(__file__), "--serve", str(threads), str(batch), str(int(columns))]
    return Form(name, [command] * processes, environment(threads, tuned))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--batches", type=int, nargs="+", default=[5, 10, 20])
    parser.add_argument("--layouts", nargs="+", choices=["rows", "columns"], default=["rows", "columns"])
    parser.add_argument("--installed", action="store_true", help="also PyTorch without any setting")
    parser.add_argument("--ours", default="bench/SeedHead.Benchmarks/bin/Release/net10.0/SeedHead.Benchmarks.dll")
    parser.add_argument("--serve", type=int, nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve:
        serve(args.serve[0], args.serve[1], bool(args.serve[2]))
        return

    shapes = [(1, n) for n in args.threads] + [(n, 1) for n in args.threads if n > 1]
    mine = {n: Form(f"ours, {n} thr", [["dotnet", args.ours, "population", "serve", str(n)]], None) for n in args.threads}
    theirs = [torch_form(p, t, b, layout == "columns") for p, t in shapes for b in args.batches for layout in args.layouts]
    theirs += [torch_form(1, max(args.threads), 10, False, tuned=False)] if args.installed else []
    for _ in range(args.rounds):
        for form in [*mine.values(), *theirs]:
            form.times.append(form.run(args.networks))
    for form in [*mine.values(), *theirs]:
        form.close()
    measure.say(networks=args.networks, rounds=args.rounds, machine=measure.machine())
    for form in [*mine.values(), *sorted(theirs, key=Form.medians)]:
        wall, cpu = form.medians()
        ratios = {} if form in mine.values() else {"ratios": {
            own.name: {"wall": round(own.medians()[0] / wall, 3), "cpu": round(own.medians()[1] / cpu, 3), "leastCpu": round(own.least()[1] / form.least()[1], 3)}
            for own in mine.values()}}
        measure.say(form=form.name, wallMs=round(wall, 4), cpuMs=round(cpu, 4), leastWallMs=round(form.least()[0], 4), leastCpuMs=round(form.least()[1], 4), **ratios)


if __name__ == "__main__":
    main()
