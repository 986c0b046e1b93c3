"""Products, factorisations and transforms, ours and NumPy/SciPy's in turn: one JSON line a task, medians over the rounds, ratio = ours / theirs.

usage: python3 loops.py [TASK ...] [--threads 1] [--rounds 5] [--installed] [--alone]

Ours is the built program `bench/SeedHead.Benchmarks` (dotnet build -c Release bench/SeedHead.Benchmarks), kept running and asked call by call, so that
a drifting clock and other programs meet both alike. OpenBLAS uses the kernels that fit the processor unless --installed; --alone times the peers only.
Double precision but for sgemm and gram (theirs: ssyrk, float32 sums; ours sums in float64); the same shapes, numbers spread evenly over [-1, 1); copies that a call must make of its input are part of its time.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import time

import measure

BENCHMARKS = pathlib.Path(__file__).resolve().parents[1] / "SeedHead.Benchmarks"


class Ours:
    """Our own loops in a process that answers a line TASK THREADS with the seconds of one call."""

    def __init__(self):
        found = sorted(BENCHMARKS.glob("bin/Release/net*/SeedHead.Benchmarks.dll"))
        if not found:
            sys.exit("Nothing to compare: build bench/SeedHead.Benchmarks first (-c Release), or pass --alone.")
        self.process = subprocess.Popen(["dotnet", str(found[-1]), "answer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def seconds(self, task, threads):
        time.sleep(0.1)  # OpenBLAS's threads spin for some 20 ms after a call and would take a core away
        print(task, threads, file=self.process.stdin, flush=True)
        wall, cpu = self.process.stdout.readline().split()
        return float(wall), float(cpu)


def tasks():
    """Name → what makes the call, for the peers. Names as bench/SeedHead.Benchmarks/LoopTasks.cs knows them."""
    import numpy as np
    import scipy.fft
    import scipy.linalg
    from scipy.linalg import lapack
    rng = np.random.default_rng(0)

    def uniform(*shape):
        return np.asfortranarray(rng.uniform(-1, 1, shape))

    def products(m, n, k, of):
        batch = (100,) if m * n * k < 1 << 24 else ()
        a, b, c = (np.ascontiguousarray(rng.uniform(-1, 1, shape).astype(of)) for shape in (batch + (m, k), batch + (k, n), batch + (m, n)))
        return lambda: np.matmul(a, b, out=c)

    def sgemm(m, n, k):
        return products(m, n, k, np.float32)

    def dgemm(m, n, k):
        return products(m, n, k, np.float64)

    def gram(m, n):
        a = np.asfortranarray(rng.uniform(-1, 1, (n, m)).astype(np.float32))  # ssyrk of the transpose: no copy
        return lambda: scipy.linalg.blas.ssyrk(1.0, a, lower=1)

    def cholesky(n):
        a = uniform(n, n)
        a[np.diag_indices(n)] = n
        return lambda: lapack.dpotrf(a, lower=1, clean=0, overwrite_a=0)

    def eigen(n):
        a = uniform(n, n)
        a = np.asfortranarray(a + a.T)
        return lambda: lapack.dsyevd(a, compute_v=1, lower=1)

    def qr(m, n):
        a = uniform(m, n)

        def call():
            packed, tau, _, _ = lapack.dgeqrf(a, lwork=64 * n)
            lapack.dorgqr(packed, tau, lwork=64 * n, overwrite_a=1)
        return call

    def svd(m, n):
        a = uniform(m, n)
        return lambda: scipy.linalg.svd(a, full_matrices=False, lapack_driver="gesdd", check_finite=False)

    def fft(n):
        x = rng.uniform(-1, 1, n) + 1j * rng.uniform(-1, 1, n)
        return lambda: scipy.fft.fft(x)

    def rfft2(m, n):
        x = rng.uniform(-1, 1, (m, n))
        return lambda: scipy.fft.rfft2(x)

    def dct2(m, n):
        x = rng.uniform(-1, 1, (m, n))
        return lambda: scipy.fft.dctn(x, norm="ortho")

    makers = {"sgemm": sgemm, "dgemm": dgemm, "gram": gram, "cholesky": cholesky, "eigen": eigen, "qr": qr, "svd": svd, "fft": fft, "rfft2": rfft2, "dct2": dct2}

    def make(task):
        name, *shape = task.split("-")
        return makers[name](*map(int, shape))
    return make


ALL = [
    "sgemm-64-64-64", "sgemm-256-64-64", "sgemm-512-512-512", "sgemm-1024-1024-1024", "sgemm-2048-2048-2048", "sgemm-60000-2048-784", "dgemm-2048-2048-2048",
    "gram-60000-4096",
    "cholesky-4096", "eigen-2048", "eigen-4096", "qr-2048-2048", "qr-20000-256", "svd-512-512", "svd-4096-256",
    "fft-65536", "fft-65537", "fft-100000", "rfft2-512-512", "rfft2-1000-1000", "dct2-512-512"]


def seconds(call, least=0.05):
    """Wall and CPU seconds a call, repeated until `least` seconds have passed."""
    wall, cpu, calls = time.perf_counter(), time.process_time(), 0
    while calls == 0 or time.perf_counter() - wall < least:
        call()
        calls += 1
    return (time.perf_counter() - wall) / calls, (time.process_time() - cpu) / calls


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tasks", nargs="*", default=ALL)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--installed", action="store_true")
    parser.add_argument("--alone", action="store_true")
    args = parser.parse_args()
    if not args.installed:
        os.environ["OPENBLAS_CORETYPE"] = measure.tuned_kernels()
    os.environ["OPENBLAS_NUM_THREADS"] = str(args.threads)
    make, ours = tasks(), None if args.alone else Ours()
    for task in args.tasks:
        call = make(task)
        call()
        warm = time.perf_counter()
        while ours and ours.seconds(task, args.threads) and time.perf_counter() - warm < 3:
            pass  # compiled code gets better while it runs
        samples = [(seconds(call), ours.seconds(task, args.threads) if ours else None) for _ in range(args.rounds)]

        def median(whose, which):
            return statistics.median(sample[whose][which] for sample in samples)
        facts = {"theirsSeconds": round(median(0, 0), 6), "theirsCpuSeconds": round(median(0, 1), 6)}
        if ours:
            facts.update(
                oursSeconds=round(median(1, 0), 6), oursCpuSeconds=round(median(1, 1), 6),
                ratio=round(statistics.median(mine[0] / theirs[0] for theirs, mine in samples), 3),
                cpuRatio=round(statistics.median(mine[1] / theirs[1] for theirs, mine in samples), 3))
        measure.say(task=task, threads=args.threads, rounds=args.rounds, **facts, machine=measure.machine())
    measure.say(threads=measure.thread_info())


if __name__ == "__main__":
    main()
