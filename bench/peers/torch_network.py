"""The net in PyTorch: what its three peers share."""

import math

import numpy
import problem as problems
import torch

GAUSS = 1 / math.sqrt(math.pi)


def sigma_by_recurrence(order, z):
    """sigma_order(z), order >= -1, from exp and erfc, for autograd to take apart."""
    below = GAUSS * torch.exp(-z * z)
    if order == -1:
        return -2 * z * below
    if order == 0:
        return below
    here = torch.erfc(-z) / 2
    for k in range(2, order + 1):
        below, here = here, (z * here + below / 2) / (k - 1)
    return here


class Sigma(torch.autograd.Function):
    """sigma_order, whose derivative is sigma_(order - 1); as FINN's reference implementation."""

    generate_vmap_rule = True

    @staticmethod
    def forward(z, order):
        return sigma_by_recurrence(order, z)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(inputs[0])
        ctx.order = inputs[1]

    @staticmethod
    def backward(ctx, adjoint):
        (z,) = ctx.saved_tensors
        return adjoint * sigma(ctx.order - 1, z), None


def sigma(order, z):
    return Sigma.apply(z, order) if order >= 0 else sigma_by_recurrence(order, z)


def network(parameters, x, activation=sigma):
    """F at the rows of x [.., n]; parameters are weights and biases in turn."""
    h, order = x, x.shape[-1]
    *hidden, weights, bias = parameters
    for layer in range(0, len(hidden), 2):
        z = torch.nn.functional.linear(h, hidden[layer].abs(), hidden[layer + 1])
        h = activation(order, z)
    return torch.nn.functional.linear(h, weights.abs(), bias)[..., 0]


def parameters_of(problem):
    return [torch.tensor(array) for layer in problem.layers() for array in layer]


def flat(gradients, parameters):
    """One array; a parameter that f does not depend on has no gradient."""
    pairs = zip(gradients, parameters)
    return numpy.concatenate(
        [(torch.zeros_like(p) if g is None else g).detach().numpy().ravel() for g, p in pairs]
    )


class Eager:
    """A candidate from `mixed_partial(parameters, x, train) -> f`, PyTorch's Adam in fused form."""

    def __init__(self, problem):
        torch.set_num_threads(problem.case.threads)
        self.frozen = parameters_of(problem)
        self.parameters = [p.clone().requires_grad_() for p in self.frozen]
        self.x, self.y = torch.tensor(problem.x), torch.tensor(problem.y)
        self.adam = torch.optim.Adam(
            self.parameters,
            lr=problems.LEARNING_RATE,
            betas=(problems.BETA1, problems.BETA2),
            eps=problems.ADAM_EPSILON,
            fused=True,
        )

    def density(self):
        return self.mixed_partial(self.frozen, self.x, False).detach()

    def step(self):
        self.adam.zero_grad()
        f = self.mixed_partial(self.parameters, self.x, True)
        loss = torch.nn.functional.mse_loss(f, self.y)
        loss.backward()
        self.adam.step()
        return loss.detach()

    def gradient(self):
        return flat([p.grad for p in self.parameters], self.parameters)
