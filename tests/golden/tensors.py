"""Tensors and gradients for all kinds of rows. Everything is in double precision."""

import math

import torch
import torch.nn.functional as F
from torch import nn

torch.set_default_dtype(torch.float64)
inf = math.inf


def T(values):
    """A tensor of numbers, or of labels if they are whole."""
    return torch.tensor(values)


def leaf(values):
    return torch.as_tensor(values).detach().clone().requires_grad_()


def count(n):
    return torch.arange(n) * 1.0


def weighted(y):
    """A sum in which every number counts differently, so that a gradient in the wrong place shows."""
    y = y.reshape(-1)
    return (y * torch.cos(count(y.numel()))).sum()


def flat(tensor):
    return tensor.detach().double().reshape(-1).tolist()


def sums(tensor):
    """Two numbers that stand for many."""
    g = tensor.detach().reshape(-1)
    i = count(g.numel())
    return [(g * torch.cos(i)).sum().item(), (g * torch.cos(2 * i + 1)).sum().item()]


def leaves(y):
    """The tensors that y was computed from and that need a gradient, in the order in which the computation used them."""
    found, seen, stack = [], set(), [y.grad_fn] if y.grad_fn is not None else []
    while stack:
        node = stack.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        if hasattr(node, "variable"):
            found.append(node.variable)
        stack += [f for f, _ in reversed(node.next_functions)]
    return found


def gradients(y, wanted):
    """Of the weighted sum; 0 for what y does not depend on."""
    if not wanted:
        return []
    if not y.requires_grad:
        return [torch.zeros_like(x) for x in wanted]
    return [torch.zeros_like(x) if g is None else g for x, g in zip(wanted, torch.autograd.grad(weighted(y), wanted, allow_unused=True))]


def contains(tensors, x):
    return any(t is x for t in tensors)


def evaluate(row, names):
    """The expression above a row, which may name PyTorch's modules and what is given."""
    scope = {"torch": torch, "nn": nn, "F": F, "T": T, "math": math, "inf": inf, "leaf": leaf, **names}
    return eval(row.expression, scope)     # only ever text of this repository
