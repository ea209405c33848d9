"""PyTorch by torch.compile: nested autograd.grad, traced to one graph without autograd.

make_fx unrolls what autograd does, so that the compiler sees one flat program and can merge what it
computes twice. A step is one such program: loss, gradient and Adam.
"""

import math
import os

import peer_pytorch
import problem as problems
import torch
import torch_network
from torch.fx.experimental.proxy_tensor import make_fx

torch.set_grad_enabled(True)


def loss_and_gradient(parameters, x, y):
    leaves = [p.detach().requires_grad_() for p in parameters]
    f = peer_pytorch.nested_grad(leaves, x, True)
    loss = torch.nn.functional.mse_loss(f, y)
    return loss, torch.autograd.grad(loss, leaves, allow_unused=True, materialize_grads=True)


def adam(parameter, first, second, gradient, rate):
    first = problems.BETA1 * first + (1 - problems.BETA1) * gradient
    second = problems.BETA2 * second + (1 - problems.BETA2) * gradient * gradient
    return parameter - rate * first / (second.sqrt() + problems.ADAM_EPSILON), first, second


def step(parameters, first, second, rate, x, y):
    """One step as a function: (new parameters, moments), loss."""
    loss, gradient = loss_and_gradient(parameters, x, y)
    updated = [adam(*each, rate) for each in zip(parameters, first, second, gradient)]
    return [list(column) for column in zip(*updated)], loss.detach()


def density(parameters, x):
    return peer_pytorch.nested_grad(parameters, x, False).detach()


def compiled(function, *arguments):
    return torch.compile(make_fx(function)(*arguments), fullgraph=True)


class Compiled:
    def __init__(self, problem):
        torch.set_num_threads(problem.case.threads)
        self.x, self.y = torch.tensor(problem.x), torch.tensor(problem.y)
        parameters = torch_network.parameters_of(problem)
        moments = [[torch.zeros_like(p) for p in parameters] for _ in range(2)]
        self.state, self.steps = [parameters, *moments], 0
        if problem.case.what == "density":
            self.density_program = compiled(density, parameters, self.x)
            self.density()
        else:
            arguments = *self.state, self.rate(), self.x, self.y
            self.step_program = compiled(step, *arguments)
            self.step_program(*arguments)

    def rate(self):
        """The learning rate with the corrections of both moments, of the next step."""
        t = self.steps + 1
        correction = math.sqrt(1 - problems.BETA2**t) / (1 - problems.BETA1**t)
        return torch.tensor(problems.LEARNING_RATE * correction)

    def density(self):
        return self.density_program(self.state[0], self.x)

    def step(self):
        self.state, loss = self.step_program(*self.state, self.rate(), self.x, self.y)
        self.steps += 1
        return loss

    def gradient(self):
        """The first moment begins at 0."""
        gradients = [m / (1 - problems.BETA1) for m in self.state[1]]
        return torch_network.flat(gradients, self.state[0])


def variants(case):
    return {"make_fx": Compiled}
