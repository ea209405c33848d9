"""PyTorch: the mixture's formula, by autograd as it stands and by torch.compile."""

import functools

import mixture_form
import mixture_problem
import problem as problems
import torch
import torch_network


class Library:
    exp, tanh, log = torch.exp, torch.tanh, torch.log
    erfc, softmax, logsumexp = torch.special.erfc, torch.softmax, torch.logsumexp


class Candidate:
    def __init__(self, problem, rows_last, compiles):
        torch.set_num_threads(problem.case.threads)
        self.frozen = [torch.tensor(array) for array in problem.arrays()]
        self.parameters = [p.clone().requires_grad_() for p in self.frozen]
        self.x = torch.tensor(problem.x)
        form = mixture_form.form_of(Library, problem, rows_last)
        self.of_density, self.of_loss = form.density, lambda p, x: -form.log_density(p, x).mean()
        if compiles:
            torch.compiler.reset()  # programs of other cases count against a limit
            self.of_density = torch.compile(self.of_density, fullgraph=True)
            self.of_loss = torch.compile(self.of_loss, fullgraph=True)
        self.adam = torch.optim.Adam(
            self.parameters, lr=mixture_problem.LEARNING_RATE,
            betas=(problems.BETA1, problems.BETA2), eps=problems.ADAM_EPSILON, fused=True,
        )  # fmt: skip
        self.density() if problem.case.what == "density" else self.loss()

    def density(self):
        with torch.no_grad():
            return self.of_density(self.frozen, self.x)

    def loss(self):
        return self.of_loss(self.parameters, self.x)

    def step(self):
        self.adam.zero_grad()
        loss = self.loss()
        loss.backward()
        self.adam.step()
        return loss.detach()

    def gradient(self):
        return torch_network.flat([p.grad for p in self.parameters], self.parameters)


def variants(case):
    """Those that compile last, for the time that it takes."""
    return {
        f"{name}, rows {'last' if rows_last else 'first'}": functools.partial(
            Candidate, rows_last=rows_last, compiles=name == "compile"
        )
        for name in ("eager", "compile")
        for rows_last in ((True,) if case.network == "mdn" else (True, False))
    }
