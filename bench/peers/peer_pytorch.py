"""PyTorch as FINN's reference implementation uses it: autograd.grad, once for each variable."""

import torch
import torch_network


def nested_grad(parameters, x, train, activation=torch_network.sigma):
    x = x.detach().requires_grad_()
    f = torch_network.network(parameters, x, activation)
    for i in range(x.shape[1]):
        again = train or i + 1 < x.shape[1]
        f = torch.autograd.grad(f.sum(), x, create_graph=again)[0][:, i]
    return f


class Custom(torch_network.Eager):
    """sigma_k as a function whose derivative is sigma_(k-1)."""

    def mixed_partial(self, parameters, x, train):
        return nested_grad(parameters, x, train)


class Plain(torch_network.Eager):
    """sigma_n by the recurrence, which autograd differentiates."""

    def mixed_partial(self, parameters, x, train):
        return nested_grad(parameters, x, train, torch_network.sigma_by_recurrence)


def variants(case):
    return {"custom": Custom, "plain": Plain}
