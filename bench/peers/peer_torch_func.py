"""PyTorch by torch.func: nested transforms, of the whole batch or of one row under vmap."""

import torch
import torch_network


def row_of(parameters):
    return lambda x: torch_network.network(parameters, x)


class Grad(torch_network.Eager):
    """torch.func.grad of the sum over the batch, once for each variable."""

    def mixed_partial(self, parameters, x, train):
        f = row_of(parameters)
        for i in range(x.shape[1]):
            f = self.partial(f, i)
        return f(x)

    @staticmethod
    def partial(f, i):
        return lambda x: torch.func.grad(lambda x: f(x).sum())(x)[:, i]


class VmapGrad(torch_network.Eager):
    """torch.func.grad of a row, under vmap."""

    def mixed_partial(self, parameters, x, train):
        f = row_of(parameters)
        for i in range(x.shape[1]):
            f = self.partial(f, i)
        return torch.func.vmap(f)(x)

    @staticmethod
    def partial(f, i):
        return lambda x: torch.func.grad(f)(x)[i]


class VmapJvp(torch_network.Eager):
    """torch.func.jvp of a row, under vmap; nested, it takes no custom function."""

    def mixed_partial(self, parameters, x, train):
        def f(x):
            return torch_network.network(parameters, x, torch_network.sigma_by_recurrence)

        for direction in torch.eye(x.shape[1]):
            f = self.partial(f, direction)
        return torch.func.vmap(f)(x)

    @staticmethod
    def partial(f, direction):
        return lambda x: torch.func.jvp(f, (x,), (direction,))[1]


def variants(case):
    return {"grad": Grad, "vmap grad": VmapGrad, "vmap jvp": VmapJvp}
