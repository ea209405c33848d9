"""A distribution of libfinn through its C header: fitted to rows, and asked."""

from ctypes import byref, c_double, c_int32, c_int64, c_uint64, c_void_p

import libfinn
import numpy
from libfinn import TRAINING, address, call, library, set_options, struct_of


def doubles(values):
    return (c_double * len(values))(*values)


class Distribution:
    """Of rows in a box, by a mixture of the default size, or by an mlp of these widths."""

    def __init__(self, rows, lower, upper, steps, widths=None):
        self.variables = rows.shape[1]
        n = c_int32(self.variables)
        network, domain, model, trainer = c_void_p(), c_void_p(), c_void_p(), c_void_p()
        if widths is None:
            call("finn_network_mixture", n, c_int32(1), None, byref(network))
        else:
            options = struct_of("mlp")
            set_options(libfinn.MLP, options, widths=", ".join(map(str, widths)))
            call("finn_network_mlp", n, c_int32(1), options, byref(network))
        call("finn_domain_open_box", n, doubles(lower), doubles(upper), byref(domain))
        call("finn_model_create", network, domain, None, None, c_int32(0), c_uint64(0), byref(model))
        self.workspace, self.handle = c_void_p(), c_void_p()
        call("finn_workspace_create", c_int32(1), byref(self.workspace))
        options = struct_of("training")
        set_options(TRAINING, options, loss="negative_log_likelihood", steps=steps)
        call("finn_trainer_create", model, options, byref(trainer))
        rows = numpy.ascontiguousarray(rows, float)
        call("finn_trainer_fit_data", trainer, self.workspace, address(rows), None, None,
             c_int64(len(rows)), None, None)  # fmt: skip
        call("finn_distribution_create", model, c_int32(0), byref(self.handle))
        library.finn_trainer_destroy(trainer)
        library.finn_model_destroy(model)
        library.finn_domain_destroy(domain)
        library.finn_network_destroy(network)

    def __del__(self):
        library.finn_distribution_destroy(self.handle)
        library.finn_workspace_destroy(self.workspace)

    def ask(self, name, x):
        """density, log_density, cdf or survival at the rows of x."""
        x = numpy.ascontiguousarray(x, float)
        values = numpy.empty(len(x))
        call(f"finn_distribution_{name}", self.handle, self.workspace, address(x), c_int64(len(x)),
             address(values), c_int64(len(values)))  # fmt: skip
        return values

    def probability(self, lower, upper):
        """Of one box, with the error to expect."""
        value, error = c_double(), c_double()
        call("finn_distribution_probability", self.handle, self.workspace, doubles(lower),
             doubles(upper), None, c_int64(1), byref(value), byref(error), c_int64(1))  # fmt: skip
        return value.value, error.value

    def sample(self, count, seed=1):
        x = numpy.empty((count, self.variables))
        call("finn_distribution_sample", self.handle, self.workspace, c_uint64(seed), c_int64(0),
             None, c_int64(count), address(x), c_int64(x.size))  # fmt: skip
        return x


class Monotone:
    """Monotone regression: F of an mlp of one variable, fitted to rows (x, y)."""

    def __init__(self, x, y, lower, upper, steps):
        network, domain, constraint = c_void_p(), c_void_p(), c_void_p()
        trainer = c_void_p()
        self.model, self.workspace = c_void_p(), c_void_p()
        call("finn_network_mlp", c_int32(1), c_int32(1), None, byref(network))
        call("finn_domain_open_box", c_int32(1), doubles([lower]), doubles([upper]), byref(domain))
        call("finn_constraint_none", byref(constraint))
        call("finn_model_create", network, domain, constraint, None, c_int32(0), c_uint64(0),
             byref(self.model))  # fmt: skip
        call("finn_workspace_create", c_int32(1), byref(self.workspace))
        options = struct_of("training")
        set_options(TRAINING, options, loss_of="antiderivative", steps=steps)
        call("finn_trainer_create", self.model, options, byref(trainer))
        x, y = numpy.ascontiguousarray(x, float), numpy.ascontiguousarray(y, float)
        call("finn_trainer_fit_data", trainer, self.workspace, address(x), address(y), None,
             c_int64(len(x)), None, None)  # fmt: skip
        library.finn_trainer_destroy(trainer)
        library.finn_network_destroy(network)
        library.finn_domain_destroy(domain)
        library.finn_constraint_destroy(constraint)

    def __del__(self):
        library.finn_workspace_destroy(self.workspace)
        library.finn_model_destroy(self.model)

    def predict(self, x):
        x = numpy.ascontiguousarray(x, float)
        values = numpy.empty(len(x))
        call("finn_antiderivative_f64", self.model, self.workspace, address(x), c_int64(len(x)),
             address(values), c_int64(len(values)))  # fmt: skip
        return values


