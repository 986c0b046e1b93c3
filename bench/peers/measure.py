"""What every timing script of this folder shares: how the machine is stated and how a run is measured."""
import json
import os
import resource
import time


def thread_info():
    """The linear-algebra libraries in this process: which kernels they chose, how many threads. Import numpy first."""
    import threadpoolctl
    return [
        {"library": d["internal_api"], "version": d["version"], "kernels": d.get("architecture"), "threads": d["num_threads"]}
        for d in threadpoolctl.threadpool_info()]


def machine():
    """The processor's name, the processors this process may use and the load, as text."""
    names = [line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    return f"{names[0] if names else 'unknown'}, {len(os.sched_getaffinity(0))} processors, load {os.getloadavg()[0]:.1f}"


class Clock:
    """CPU and wall seconds since it was made, peak memory of the process."""

    def __init__(self):
        self.cpu, self.wall = time.process_time(), time.perf_counter()

    def read(self):
        return {
            "cpuSeconds": round(time.process_time() - self.cpu, 3),
            "wallSeconds": round(time.perf_counter() - self.wall, 3),
            "peakMB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)}


def say(**facts):
    """One JSON object on one line."""
    print(json.dumps(facts), flush=True)


def tuned_kernels():
    """Debian's OpenBLAS does not know newer processors: the value of OPENBLAS_CORETYPE that fits this one."""
    flags = next((line for line in open("/proc/cpuinfo") if line.startswith("flags")), "")
    return "SKYLAKEX" if "avx512f" in flags and "avx512dq" in flags else "HASWELL"


def run(command, environment=None):
    """Runs a command to its end: its output, exit code, CPU and wall seconds, peak memory (its own, from the kernel)."""
    import subprocess
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **(environment or {})})
    import threading
    errors = []
    reader = threading.Thread(target=lambda: errors.append(process.stderr.read()))
    reader.start()
    output = process.stdout.read()
    reader.join()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return {
        "output": output.decode(), "errors": errors[0].decode(), "exitCode": process.returncode,
        "wallSeconds": time.perf_counter() - start, "cpuSeconds": usage.ru_utime + usage.ru_stime, "peakMB": usage.ru_maxrss / 1024}
