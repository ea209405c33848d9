"""libfinn through its C header, by ctypes: no more of it than the comparison needs."""

import ctypes
import os
from ctypes import byref, c_char, c_double, c_int32, c_int64, c_uint64, c_void_p

import numpy

FLOAT32 = 1
MLP, TRAINING = 1, 4  # finn_options_kind
LARGEST_STRUCT = 4096  # bytes, more than any of finn.h has


class Error(ctypes.Structure):
    _fields_ = [("struct_size", c_uint64), ("status", c_int32), ("message", c_char * 512)]


def struct_of(kind):
    """An options struct of finn.h with its defaults: bytes that options are set in by name. The
    library says how many: it refuses any size above its own, and all sizes are multiples of 8."""
    init = getattr(library, f"finn_{kind}_options_init")
    for size in range(LARGEST_STRUCT, 0, -8):
        options = ctypes.create_string_buffer(size)
        if init(options, c_uint64(size)) == 0:
            return options
    raise RuntimeError(f"the library takes no finn_{kind}_options of up to {LARGEST_STRUCT} bytes")


def set_options(number, options, **values):
    for name, value in values.items():
        call("finn_option_set", c_int32(number), options, name.encode(), str(value).encode())


library = ctypes.CDLL(os.environ["FINN_LIBRARY"])
library.finn_model_parameter_count.restype = c_int64
for name in ("finn_instruction_set", "finn_build_info", "finn_version_string"):
    getattr(library, name).restype = ctypes.c_char_p


def call(name, *arguments):
    """Calls a fallible function with an error of its own."""
    error = Error(struct_size=ctypes.sizeof(Error))
    if getattr(library, name)(*arguments, byref(error)) != 0:
        raise RuntimeError(f"{name}: {error.message.decode()}")


def text(name):
    return getattr(library, name)().decode()


def address(array):
    if not array.flags.c_contiguous:
        raise ValueError("a contiguous array is needed")
    return c_void_p(array.ctypes.data)


class Model:
    """A positive float network on [-1, 1]^n in raw coordinates without a constraint."""

    def __init__(self, variables, widths, threads):
        self.variables = variables
        options = struct_of("mlp")
        set_options(
            MLP, options, widths=", ".join(map(str, widths)), positivity="abs",
            input_scaling="none", axis_units=0,
        )  # fmt: skip
        lower = (c_double * variables)(*[-1] * variables)
        upper = (c_double * variables)(*[1] * variables)
        network, domain, constraint = c_void_p(), c_void_p(), c_void_p()
        call("finn_network_mlp", c_int32(variables), c_int32(1), options, byref(network))
        call("finn_domain_open_box", c_int32(variables), lower, upper, byref(domain))
        call("finn_constraint_none", byref(constraint))
        self.handle, self.workspace = c_void_p(), c_void_p()
        call(
            "finn_model_create", network, domain, constraint, None, c_int32(FLOAT32), c_uint64(1),
            byref(self.handle),
        )  # fmt: skip
        library.finn_network_destroy(network)
        library.finn_domain_destroy(domain)
        library.finn_constraint_destroy(constraint)
        call("finn_workspace_create", c_int32(threads), byref(self.workspace))

    def __del__(self):
        library.finn_workspace_destroy(self.workspace)
        library.finn_model_destroy(self.handle)

    def of_network(self, values):
        """Without the standards, which come last: of x the mean and spread, of f the unit."""
        return values[: len(values) - (2 * self.variables + 1)]

    def empty(self):
        return numpy.empty(library.finn_model_parameter_count(self.handle), numpy.float32)

    def parameters(self):
        """Those of the network."""
        parameters = self.empty()
        call(
            "finn_model_get_parameters_f32", self.handle, address(parameters),
            c_int64(parameters.size),
        )  # fmt: skip
        return self.of_network(parameters)

    def density(self, x, f):
        """f of the rows of x, float32, into f."""
        rows = c_int64(len(x))
        call(
            "finn_integrand_f32", self.handle, self.workspace, address(x), rows, address(f),
            c_int64(f.size),
        )  # fmt: skip

    def gradient(self, x, f_adjoint):
        """dLoss/dparameters of the network from f_adjoint = dLoss/df."""
        result = self.empty()
        call(
            "finn_integrand_vjp_f32", self.handle, self.workspace, address(x), c_int64(len(x)),
            address(f_adjoint), None, c_int64(0), address(result), c_int64(result.size), None,
            c_int64(0),
        )  # fmt: skip
        return self.of_network(result)


class Trainer:
    """Adam on the squared error of the whole batch, for a number of steps fixed beforehand."""

    def __init__(self, model, steps, rows, learning_rate):
        self.model, self.steps = model, steps
        options = struct_of("training")
        set_options(
            TRAINING, options, steps=steps, batch=rows, learning_rate=learning_rate,
            schedule="constant", standardise="false",
        )  # fmt: skip
        self.handle = c_void_p()
        call("finn_trainer_create", model.handle, options, byref(self.handle))

    def __del__(self):
        library.finn_trainer_destroy(self.handle)

    def fit(self, x, y):
        """All steps; x and y are float64."""
        call(
            "finn_trainer_fit_data", self.handle, self.model.workspace, address(x), address(y),
            None, c_int64(len(x)), None, None,
        )  # fmt: skip

    def losses(self):
        losses = numpy.empty(self.steps)
        call("finn_trainer_history", self.handle, address(losses), c_int64(self.steps))
        return losses
