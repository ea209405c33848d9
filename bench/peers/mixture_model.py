"""libfinn's mixture through its C header, with or without conditions by FiLM, after a short fit."""

import functools
from ctypes import byref, c_double, c_int32, c_int64, c_uint64, c_void_p

import libfinn
import numpy
from libfinn import address, call

MIXTURE, CONDITIONING = 0, 3  # finn_options_kind
FLOATS = {"f32": numpy.float32, "f64": numpy.float64}
PRECISIONS = {"f32": libfinn.FLOAT32, "f64": 0}
VARIABLES, NORMALS = 2, 4  # of the cases; of a component in each variable
HALF_SIDE = 6.0
WIDTHS = (64, 64)  # of the network of conditions
FIT_ROWS, FIT_STEPS = 8192, 200


def rows_of(conditional, count, seed):
    """Around a ring of eight normals, which the condition, the last column, turns."""
    random = numpy.random.default_rng(seed)
    turn = random.uniform(-1, 1, count) if conditional else numpy.zeros(count)
    angle = turn + random.integers(0, 8, count) * numpy.pi / 4
    x = 2.8 * numpy.c_[numpy.cos(angle), numpy.sin(angle)]
    x += 0.35 * random.standard_normal((count, VARIABLES))
    return numpy.c_[x, turn] if conditional else x


def made(name, *arguments):
    """The handle that a function of finn.h writes."""
    handle = c_void_p()
    call(name, *arguments, byref(handle))
    return handle


class Model:
    """A density on a square, of C components of four normals in each variable."""

    def __init__(self, components, conditional, kind):
        self.kind, self.columns = kind, VARIABLES + int(conditional)
        options = libfinn.struct_of("mixture")
        libfinn.set_options(MIXTURE, options, components=components, normals_per_axis=NORMALS)
        limits = (c_double * VARIABLES)(*[HALF_SIDE] * VARIABLES)
        lower = (c_double * VARIABLES)(*[-HALF_SIDE] * VARIABLES)
        network = made("finn_network_mixture", c_int32(VARIABLES), c_int32(1), options)
        domain = made("finn_domain_open_box", c_int32(VARIABLES), lower, limits)
        conditioning = self.film() if conditional else None
        self.handle = made(
            "finn_model_create", network, domain, None, conditioning, c_int32(PRECISIONS[kind]),
            c_uint64(1),
        )  # fmt: skip
        libfinn.library.finn_network_destroy(network)
        libfinn.library.finn_domain_destroy(domain)
        libfinn.library.finn_conditioning_destroy(conditioning)
        self.workspace = made("finn_workspace_create", c_int32(1))

    def film(self):
        options = libfinn.struct_of("conditioning")
        libfinn.set_options(CONDITIONING, options, widths=", ".join(map(str, WIDTHS)))
        return made("finn_conditioning_film", c_int32(1), None, None, options)

    def __del__(self):
        libfinn.library.finn_workspace_destroy(self.workspace)
        libfinn.library.finn_model_destroy(self.handle)

    def function(self, name):
        return f"{name}_{self.kind}"

    def parameters(self):
        """All of them, the standards last."""
        count = libfinn.library.finn_model_parameter_count(self.handle)
        parameters = numpy.empty(count, FLOATS[self.kind])
        call(
            self.function("finn_model_get_parameters"), self.handle, address(parameters),
            c_int64(count),
        )  # fmt: skip
        return parameters

    def density(self, x, f):
        """f of the rows of x, of the type of the model, into f."""
        call(
            self.function("finn_integrand"), self.handle, self.workspace, address(x),
            c_int64(len(x)), address(f), c_int64(f.size),
        )  # fmt: skip

    def gradient(self, x, f_adjoint):
        """dLoss/dparameters from f_adjoint = dLoss/df."""
        result = self.parameters()
        call(
            self.function("finn_integrand_vjp"), self.handle, self.workspace, address(x),
            c_int64(len(x)), address(f_adjoint), None, c_int64(0), address(result),
            c_int64(result.size), None, c_int64(0),
        )  # fmt: skip
        return result


class Trainer:
    """Adam on the mean of -log f, for a number of steps fixed beforehand."""

    def __init__(self, model, steps, **options):
        self.model = model
        training = libfinn.struct_of("training")
        libfinn.set_options(
            libfinn.TRAINING, training, steps=steps, loss="negative_log_likelihood",
            validation_share=0, **options,
        )  # fmt: skip
        self.handle = made("finn_trainer_create", model.handle, training)

    def __del__(self):
        libfinn.library.finn_trainer_destroy(self.handle)

    def fit(self, x, y=None):
        call(
            "finn_trainer_fit_data", self.handle, self.model.workspace, address(x), None, None,
            c_int64(len(x)), None, None,
        )  # fmt: skip


@functools.cache
def trained(components, conditional, kind):
    """A model whose normals are where a short fit by default settings has moved them."""
    model = Model(components, conditional, kind)
    Trainer(model, FIT_STEPS).fit(rows_of(conditional, FIT_ROWS, 1))
    return model
