"""libfinn through its C header, by ctypes: no more of it than the comparison needs."""

import ctypes
import os
from ctypes import POINTER, byref, c_char, c_double, c_int32, c_int64, c_uint64, c_void_p

import numpy

FLOAT32, POSITIVITY_ABS, CONSTRAINT_NONE, COORDINATES_RAW, SCHEDULE_CONSTANT = 1, 1, 1, 1, 1


class Error(ctypes.Structure):
    _fields_ = [("struct_size", c_uint64), ("status", c_int32), ("message", c_char * 512)]


class ModelOptions(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_uint64),
        ("variables", c_int32),
        ("outputs", c_int32),
        ("lower", POINTER(c_double)),
        ("upper", POINTER(c_double)),
        ("widths", POINTER(c_int32)),
        ("hidden_layers", c_int32),
        ("precision", c_int32),
        ("positivity", c_int32),
        ("activation", c_int32),
        ("last_layer", c_int32),
        ("constraint", c_int32),
        ("epsilon", POINTER(c_double)),
        ("floor", c_double),
        ("coordinates", c_int32),
        ("reserved", c_int32),
        ("seed", c_uint64),
    ]


class TrainingOptions(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_uint64),
        ("steps", c_int64),
        ("batch", c_int64),
        ("learning_rate", c_double),
        ("beta1", c_double),
        ("beta2", c_double),
        ("adam_epsilon", c_double),
        ("loss", c_int32),
        ("schedule", c_int32),
        ("seed", c_uint64),
    ]


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
        options = ModelOptions()
        library.finn_model_options_init(byref(options))
        options.variables = variables
        options.lower = (c_double * variables)(*[-1] * variables)
        options.upper = (c_double * variables)(*[1] * variables)
        options.widths = (c_int32 * len(widths))(*widths)
        options.hidden_layers = len(widths)
        options.precision, options.positivity = FLOAT32, POSITIVITY_ABS
        options.constraint, options.coordinates = CONSTRAINT_NONE, COORDINATES_RAW
        options.seed = 1
        self.handle, self.workspace = c_void_p(), c_void_p()
        call("finn_model_create", byref(options), byref(self.handle))
        call("finn_workspace_create", c_int32(threads), byref(self.workspace))

    def __del__(self):
        library.finn_workspace_destroy(self.workspace)
        library.finn_model_destroy(self.handle)

    def parameters(self):
        count = library.finn_model_parameter_count(self.handle)
        parameters = numpy.empty(count, numpy.float32)
        length = c_int64(count)
        call("finn_model_get_parameters_f32", self.handle, address(parameters), length)
        return parameters

    def density(self, x, f):
        """f of the rows of x, float32, into f."""
        rows = c_int64(len(x))
        call("finn_integrand_f32", self.handle, self.workspace, address(x), rows, address(f))

    def gradient(self, x, f_adjoint):
        """dLoss/dparameters from f_adjoint = dLoss/df."""
        result = numpy.empty_like(self.parameters())
        call(
            "finn_integrand_vjp_f32", self.handle, self.workspace, address(x), c_int64(len(x)),
            address(f_adjoint), None, address(result), None,
        )  # fmt: skip
        return result


class Trainer:
    """Adam on the squared error of the whole batch, for a number of steps fixed beforehand."""

    def __init__(self, model, steps, rows, learning_rate):
        self.model, self.steps = model, steps
        options = TrainingOptions()
        library.finn_training_options_init(byref(options))
        options.steps, options.batch = steps, rows
        options.learning_rate, options.schedule = learning_rate, SCHEDULE_CONSTANT
        self.handle = c_void_p()
        call("finn_trainer_create", model.handle, byref(options), byref(self.handle))

    def __del__(self):
        library.finn_trainer_destroy(self.handle)

    def fit(self, x, y):
        """All steps; x and y are float64."""
        call(
            "finn_trainer_fit_data", self.handle, self.model.handle, self.model.workspace,
            address(x), address(y), c_int64(len(x)), None, None,
        )  # fmt: skip

    def losses(self):
        losses = numpy.empty(self.steps)
        call("finn_trainer_history", self.handle, address(losses), c_int64(self.steps))
        return losses
