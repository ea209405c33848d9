"""ADOL-C: a scalar tape of multilinear jets, made by adolc.cpp."""

import ctypes
import os
from ctypes import c_double, c_int, c_void_p

import numpy
import problem as problems
from libfinn import address

library = ctypes.CDLL(os.environ["ADOLC_PEER_LIBRARY"])
library.adolc_peer_create.restype = c_void_p
library.adolc_peer_step.restype = c_double


class Tape:
    def __init__(self, problem):
        case = problem.case
        self.x, self.y, self.count = problem.x, problem.y, len(problem.parameters)
        sizes = numpy.array([case.n] + [case.H] * case.L + [1], numpy.int32)
        self.handle = c_void_p(
            library.adolc_peer_create(
                address(sizes), c_int(len(sizes) - 1), address(problem.parameters),
                c_int(self.count), c_double(problems.LEARNING_RATE), c_double(problems.BETA1),
                c_double(problems.BETA2), c_double(problems.ADAM_EPSILON),
            )  # fmt: skip
        )

    def __del__(self):
        library.adolc_peer_destroy(self.handle)

    def step(self):
        rows = c_int(len(self.x))
        return library.adolc_peer_step(self.handle, address(self.x), address(self.y), rows)

    def gradient(self):
        gradient = numpy.empty(self.count)
        library.adolc_peer_gradient(self.handle, address(gradient))
        return gradient


def variants(case):
    return {"one tape": Tape}
