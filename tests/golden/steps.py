"""Rows of what happens step by step: optimizers and schedules."""

import math

import torch
from torch import nn, optim
from torch.optim import lr_scheduler

import optimizers
from tensors import T, evaluate, flat, leaf


# Optimizers: the parameters after fifty steps on a problem that moves; see MovingTarget.cs.

class MovingTarget:
    A, C = T([[1.0, -0.5, 2.0], [0.3, 1.5, -1.0]]), T([0.7, -1.2])

    def __init__(self):
        self.W, self.b = leaf([[0.5, -0.3, 0.8], [-0.6, 0.9, 0.1]]), leaf([0.2, -0.4])
        self.p = [self.W, self.b]

    def loss(self, t):
        A, C, W, b = self.A, self.C, self.W, self.b
        return ((0.5 * A.abs() * (W - A * math.cos(0.3 * t)) ** 2).sum() + (3 * W).sin().sum() * 0.2
                + 0.5 * ((b - C) ** 2).sum() + (2 * b * W.sum(1)).sin().sum() * 0.1)

    def backward(self, optimizer, t):
        optimizer.zero_grad()
        loss = self.loss(t)
        loss.backward()
        return loss

    def values(self):
        return flat(self.W) + flat(self.b)


def optimizer_row(row):
    problem = MovingTarget()
    o = evaluate(row, {"optim": optim, "p": problem.p, **optimizers.NAMES})
    for t in range(1, 51):
        problem.backward(o, t)
        o.step()
    return 1, [problem.values()]


def lbfgs_row(row):
    """The problem of optimizers, standing still at t = 3."""
    problem = MovingTarget()
    o = evaluate(row, {"optim": optim, "p": problem.p})
    steps = int(row.source(1))
    for _ in range(steps):
        o.step(lambda: problem.backward(o, 3))
    return 4, [problem.values()]


# Schedules: the learning rate before each step.

def schedule_row(row):
    o = optim.SGD([nn.Parameter(torch.zeros(1))], lr=0.1)
    schedule = evaluate(row, {"lr_scheduler": lr_scheduler, "o": o, "until": until})
    rates = []
    for _ in row.arguments[1:]:
        rates.append(o.param_groups[0]["lr"])
        o.step()
        schedule.step()
    return 1, rates


def until(schedule, last):
    """A schedule that stays where it is after so many steps."""
    step, left = schedule.step, [last]

    def once():
        if left[0] > 0:
            step()
        left[0] -= 1
    schedule.step = once
    return schedule
