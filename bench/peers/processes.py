"""Runs workers: each in a process of its own, on processors of its own, under a time limit."""

import dataclasses
import json
import os
import pathlib
import queue
import signal
import subprocess
import sys
import threading

HERE = pathlib.Path(__file__).resolve().parent

# What holds the peers to the instruction set that FINN_SIMD names.
LIMITS = {
    "avx2": {"ATEN_CPU_CAPABILITY": "avx2", "ONEDNN_MAX_CPU_ISA": "AVX2",
             "MKL_ENABLE_INSTRUCTIONS": "AVX2", "XLA_FLAGS": "--xla_cpu_max_isa=AVX2"},
    "sse2": {"ATEN_CPU_CAPABILITY": "default", "ONEDNN_MAX_CPU_ISA": "SSE41",
             "MKL_ENABLE_INSTRUCTIONS": "SSE4_2", "XLA_FLAGS": "--xla_cpu_max_isa=SSE4_2"},
}  # fmt: skip


def environment(threads):
    """Of a worker: `threads` threads for everyone, and no graphics processor."""
    count = str(threads)
    result = dict(os.environ) | LIMITS.get(os.environ.get("FINN_SIMD"), {})
    flags = [
        result.get("XLA_FLAGS", ""),
        f"--xla_cpu_multi_thread_eigen={'true' if threads > 1 else 'false'}",
        f"intra_op_parallelism_threads={count}",
    ]
    return result | {
        "OMP_NUM_THREADS": count,
        "MKL_NUM_THREADS": count,
        "XLA_FLAGS": " ".join(flags).strip(),
        "JAX_PLATFORMS": "cpu",
        "CUDA_VISIBLE_DEVICES": "",
        "TORCHINDUCTOR_COMPILE_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONWARNINGS": "ignore",
    }


def pinned(command, threads):
    """The command on the last `threads` of the processors that this process may use."""
    processors = sorted(os.sched_getaffinity(0))[-threads:]
    return ["taskset", "--cpu-list", ",".join(map(str, processors)), *map(str, command)]


def script(name, *arguments):
    return [sys.executable, HERE / name, *arguments]


def kill(process):
    """The process and all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def output_of(command, threads, limit, **variables):
    """What a program prints, or RuntimeError with the reason for its not ending well."""
    process = subprocess.Popen(
        pinned(command, threads), env=environment(threads) | variables, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        output, errors = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        kill(process)
        raise RuntimeError(f"takes longer than {limit:g} s") from None
    if process.returncode != 0:
        raise RuntimeError(last_line(errors) or f"ended with {process.returncode}")
    return output


def last_line(text):
    lines = text.strip().splitlines()
    return lines[-1][:200] if lines else ""


class Worker:
    """A running worker.py, from which one result per case is read."""

    def __init__(self, peer, cases, limit, log):
        arguments = json.dumps([dataclasses.astuple(case) for case in cases])
        threads = cases[0].threads
        self.log = open(log, "w+")
        self.process = subprocess.Popen(
            pinned(script("worker.py", peer, limit, type(cases[0]).__name__, arguments), threads),
            env=environment(threads), stdout=subprocess.PIPE, stderr=self.log, text=True,
            start_new_session=True,
        )  # fmt: skip
        self.lines = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def result(self, limit):
        """Of the next case; None when the worker is gone, of which reason() tells why."""
        try:
            line = self.lines.get(timeout=limit)
        except queue.Empty:
            kill(self.process)
            return {"reason": f"takes longer than {limit:g} s", "late": True}
        return json.loads(line) if line else {"reason": self.reason()}

    def running(self):
        return self.process.poll() is None

    def reason(self):
        status = self.process.wait()
        self.log.seek(0)
        return f"ended with {status}: {last_line(self.log.read())}"

    def close(self):
        kill(self.process)
        self.log.close()


def results(peer, cases, limit, log):
    """(case, result) for each case; what a worker leaves undone is given to a new one."""
    worker = None
    try:
        for i, case in enumerate(cases):
            if worker is None:
                worker = Worker(peer, cases[i:], limit, log)
            result = worker.result(limit)
            yield case, result
            if "reason" in result and ("late" in result or not worker.running()):
                worker.close()
                worker = None
    finally:
        if worker is not None:
            worker.close()
