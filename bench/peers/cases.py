"""What is compared: the cases, and in which order they are tried."""

import dataclasses
from typing import ClassVar

WHATS = ("density", "train_step")
PEERS = ("pytorch", "torch_func", "torch_compile", "jax", "adolc")
MIXTURE_PEERS = ("mixture_pytorch", "mixture_jax")


@dataclasses.dataclass(frozen=True)
class Case:
    """One net, one batch, one thing to do with it."""

    PROBLEM: ClassVar[str] = "problem"  # the module

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

    @property
    def growing(self):
        """What makes a case slow, and the cases among which it does."""
        return self.n, (self.what, self.B)

    def __str__(self):
        return f"{self.what} n={self.n} H={self.H} L={self.L} B={self.B} threads={self.threads}"


@dataclasses.dataclass(frozen=True)
class MixtureCase:
    """A trained mixture in two variables, and one thing to do with it on one thread."""

    PROBLEM: ClassVar[str] = "mixture_problem"

    network: str  # "mixture", "film" with a condition, or "mdn": a mixture density network
    C: int  # components
    B: int  # rows of the batch
    type: str  # "f32" or "f64"
    what: str  # "density" or "train_step"
    threads: int = 1

    @property
    def setting(self):
        return self.network, self.C, self.type

    @property
    def growing(self):
        return self.C, (self.network, self.type, self.what)

    def __str__(self):
        return f"{self.what} of {self.network} C={self.C} B={self.B} {self.type}"


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


def mixture_cases(quick):
    """Of libfinn 64 components of four normals; a mixture density network has as many components,
    or as many normals."""
    networks = (("mixture", 64), ("film", 64), ("mdn", 64), ("mdn", 256))
    return [
        MixtureCase(network, components, 512, kind, what)
        for network, components in networks[: 2 if quick else 4]
        for kind in ("f32", "f64")
        for what in WHATS
    ]


def reason_against(peer, case):
    """Why a peer is not even asked, or ""."""
    if isinstance(case, MixtureCase):
        return ""
    if peer == "adolc" and case.what == "density":
        return "the tape serves the gradient; for a density by jets there is nothing to tape"
    if peer == "adolc" and (case.threads > 1 or case.B > 64 or case.H > 64):
        return "sample by sample, so per sample it is as at B = 64, H = 64, one thread"
    if peer in ("torch_func", "torch_compile") and (case.H > 64 or case.threads > 1):
        return "tried at H = 64 on one thread, for the time that it takes"
    if peer == "torch_compile" and case.n > 4 and (case.what == "density" or case.B > 64):
        return "above n = 4 tried on the smallest step only, for the minutes that compiling takes"
    return ""
