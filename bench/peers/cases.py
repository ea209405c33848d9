"""What is compared: the cases, and in which order they are tried."""

import dataclasses

WHATS = ("density", "train_step")
PEERS = ("pytorch", "torch_func", "torch_compile", "jax", "adolc")


@dataclasses.dataclass(frozen=True)
class Case:
    """One net, one batch, one thing to do with it."""

    n: int  # variables
    H: int  # width of each hidden layer
    L: int  # hidden layers
    B: int  # rows of the batch
    what: str  # "density" or "train_step"
    threads: int

    @property
    def setting(self):
        """Cases that share it are run by one process."""
        return self.n, self.H, self.L, self.threads

    def __str__(self):
        return f"{self.what} n={self.n} H={self.H} L={self.L} B={self.B} threads={self.threads}"


def grid(variables, width, batches, threads=1, whats=WHATS):
    return [
        Case(n, width, 2, batch, what, threads)
        for n in variables
        for batch in batches
        for what in whats
    ]


def full_cases():
    return (
        grid(range(1, 7), 64, (64, 1024))
        + grid(range(2, 5), 128, (1024,))
        + grid(range(2, 5), 64, (1024,), threads=2)
    )


def quick_cases():
    """Enough to see that everything runs."""
    return grid((2,), 64, (64,)) + grid((3,), 32, (64,), whats=("train_step",))


def reason_against(peer, case):
    """Why a peer is not even asked, or ""."""
    if peer == "adolc" and case.what == "density":
        return "the tape serves the gradient; for a density by jets there is nothing to tape"
    if peer == "adolc" and (case.threads > 1 or case.B > 64 or case.H > 64):
        return "sample by sample, so per sample it is as at B = 64, H = 64, one thread"
    if peer in ("torch_func", "torch_compile") and (case.H > 64 or case.threads > 1):
        return "tried at H = 64 on one thread, for the time that it takes"
    if peer == "torch_compile" and case.n > 4 and (case.what == "density" or case.B > 64):
        return "above n = 4 tried on the smallest step only, for the minutes that compiling takes"
    return ""
