"""Optimizers that Debian's PyTorch 1.13 does not have, or has with a fault, by the formulas of their papers."""

import inspect
import math

import torch
from torch import optim


class Formula(optim.Optimizer):
    """An optimizer by a formula: update(p, g, state, group) changes p, given the gradient g and the zeros that state began with."""

    def __init__(self, params, **defaults):
        super().__init__(params, defaults)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                state = self.state[p]
                for name in self.STATE:
                    state.setdefault(name, torch.zeros_like(p))
                state["t"] = state.get("t", 0) + 1
                self.update(p, p.grad, state, group)


class Lion(Formula):
    """Chen et al., 2023."""

    STATE = ["s"]

    def __init__(self, params, lr, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(params, lr=lr, betas=betas, weight_decay=weight_decay)

    def update(self, p, g, state, group):
        s, lr, (b1, b2) = state["s"], group["lr"], group["betas"]
        p.copy_(p - lr * group["weight_decay"] * p - lr * torch.sign(b1 * s + (1 - b1) * g))
        s.copy_(b2 * s + (1 - b2) * g)


class Muon(Formula):
    """Jordan et al., 2024: by a singular value decomposition what Muon does by products of matrices; vectors by Adam."""

    STATE = ["v", "s", "r"]

    def __init__(self, params, lr, momentum=0.95, weight_decay=0.0):
        super().__init__(params, lr=lr, momentum=momentum, weight_decay=weight_decay)

    def update(self, p, g, state, group):
        v, lr, mu = state["v"], group["lr"], group["momentum"]
        if p.ndim < 2:
            s, r, t = state["s"], state["r"], state["t"]
            s.copy_(0.9 * s + 0.1 * g)
            r.copy_(0.999 * r + 0.001 * g ** 2)
            p.copy_(p - lr * (s / (1 - 0.9 ** t)) / ((r / (1 - 0.999 ** t)).sqrt() + 1e-8))
            return
        v.copy_(mu * v + g)
        x = g + mu * v
        p.copy_(p - lr * group["weight_decay"] * p - lr * 0.2 * math.sqrt(max(p.shape)) * orthogonalize(x))


def orthogonalize(x):
    """With singular values near 1: Muon's polynomial, five times."""
    U, S, V = torch.linalg.svd(x / (x.norm() + 1e-7), full_matrices=False)
    for _ in range(5):
        S = 3.4445 * S - 4.775 * S ** 3 + 2.0315 * S ** 5
    return (U * S) @ V


class RMSpropNesterov(Formula):
    """
    RMSProp with Nesterov's momentum (Goodfellow et al., 2016, algorithm 8.6). As in PyTorch's SGD(nesterov=True), p holds the point
    θ = w + μv that the gradient is taken at.
    """

    STATE = ["v", "r"]

    def __init__(self, params, lr, momentum=0.9, alpha=0.9, eps=1e-7, weight_decay=0.0):
        super().__init__(params, lr=lr, momentum=momentum, alpha=alpha, eps=eps, weight_decay=weight_decay)

    def update(self, p, g, state, group):
        v, r, mu, rho = state["v"], state["r"], group["momentum"], group["alpha"]
        g = g + group["weight_decay"] * p
        w = p - mu * v
        r.copy_(rho * r + (1 - rho) * g ** 2)
        v.copy_(mu * v - group["lr"] / (group["eps"] + r.sqrt()) * g)
        p.copy_(w + v + mu * v)


def _repaired_nadam():
    """PyTorch 1.13 multiplies one factor too many into NAdam's look-ahead; later versions do not."""
    from torch.optim import nadam
    source = inspect.getsource(nadam._single_tensor_nadam)
    exec(source.replace("mu_product * mu * mu_next", "mu_product * mu_next"), nadam.__dict__)
    return nadam.NAdam


NAMES = {"Lion": Lion, "Muon": Muon, "RMSpropNesterov": RMSpropNesterov, "NAdam": _repaired_nadam()}
