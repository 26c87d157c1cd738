"""What the expressions above golden rows may name, and what is computed for each kind of row. Everything is in double precision."""

import math
import re

import torch
import torch.nn.functional as F
from torch import nn

import optimizers
import steps
from rows import numbers
from tensors import T, contains, count, evaluate, flat, gradients, inf, leaf, leaves, sums


def shared():
    """The inputs that most rows name; see Golden.cs."""
    return {
        "a": leaf([[0.5, -1.2, 2.0], [-0.3, 0.8, -2.5]]),          # numbers, scores, logits
        "b": leaf([[1.5, 0.4, -0.7], [-1.1, 0.8, 0.6]]),           # other numbers
        "q": leaf([[0.2, 0.5, 0.3], [0.6, 0.3, 0.1]]),             # probabilities
        "d": T([[0.1, 0.7, 0.2], [0.0, 1.0, 0.0]]),                # distributions
        "l": T([2, 0]),                                            # labels
        "s": T([[1.0, -1.0, 1.0], [-1.0, -1.0, 1.0]]),             # signs
    }


# Operations: the output, and the gradients for a and b up to the last that counts.

def golden_row(row):
    names = shared()
    y = evaluate(row, EXTRAS | names) * 1.0
    wanted = [names["a"], names["b"]]
    used = [contains(leaves(y), x) for x in wanted]
    while used and not used[-1]:
        used.pop()
    return 1, [flat(y), *map(flat, gradients(y, wanted[:len(used)]))]


# Layers of a: the output, and the gradients for a and for the parameters.

def layer_row(row):
    names = shared() | {
        "v": leaf([0.1, -0.2]),                                    # the bias of a dense layer with the weights b
        "k": leaf([0.25]), "k3": leaf([0.1, 0.2, 0.3]),            # slopes of PReLU
    }
    y = evaluate(row, EXTRAS | names)
    if isinstance(y, nn.Module):
        y = y(names["a"])
    used = leaves(y)
    known = [x for x in (names[name] for name in ("b", "v", "k", "k3")) if contains(used, x)]
    others = [x for x in used if x is not names["a"] and not contains(known, x)]
    return 1, [flat(y), *map(flat, gradients(y, [names["a"], *known, *others]))]


# Losses: the value, and the gradient for the prediction, which is all that needs one.

def loss_row(row):
    names = shared()
    a, y = names["a"], T([[1.0, 0, 1], [0, 0, 1]])
    p = a.sigmoid()
    names |= {
        "lp": leaf(a.log_softmax(-1)), "y": y, "w": T([0.5, 2.0, 1.5]),
        "h": leaf([[0.5, -1.2, 2.0, 0.3, -0.4, 1.0], [-0.3, 0.8, -2.5, 0.7, 0.2, -1.5]]),     # means and log-variances
        "ce": F.cross_entropy(a, names["l"], reduction="none"),
        "be": F.binary_cross_entropy_with_logits(a, y, reduction="none"), "p": p, "pt": p * y + (1 - p) * (1 - y),
    }
    x = leaf([[[0.5, -1.2], [2.0, -0.3], [0.8, -2.5]], [[1.5, 0.4], [-0.7, -1.1], [0.8, 0.6]]])     # scores [N, C, T]
    names |= {
        "t": T([[0.333, 0.333, 0.333], [0.1, 0.7, 0.2003]]),                                      # nearly distributions
        "x": x, "r": leaf(x.log_softmax(1)), "m": T([[2, 0], [1, 2]]), "k": T([[2, -1], [1, -1]]),  # labels [N, T], and with padding
        "e": T([[[0.1, 0.0], [0.7, 1.0], [0.2, 0.0]], [[0.2, 0.5], [0.5, 0.25], [0.3, 0.25]]]),   # distributions [N, C, T]
    }
    value = evaluate(row, EXTRAS | names)
    used = leaves(value)
    if len(used) != 1:
        raise ValueError(f"a loss has one prediction, this one {len(used)} tensors that need a gradient: detach() the target")
    return 3, [flat(value), flat(gradients(value, used)[0])]


# Losses of more inputs: the value, and the gradients for those that the row names.

def many_input_row(row):
    names = shared()
    a, b = names["a"], names["b"]
    normal = torch.distributions.Normal
    names |= {
        "c": leaf([[-0.4, 0.9, 1.1], [0.2, -0.6, 1.3]]), "v": leaf([[0.5, 1.5, 2.0], [0.1, 0.3, 0.4]]),
        "y": T([[1.0, 0, 1], [0, 0, 1]]), "s": T([1.0, -1.0]), "u": T([1.0, 0.0]),
        "dist": F.pairwise_distance(a, b), "N": normal,
        "kl": torch.distributions.kl_divergence(normal(a, (b / 2).exp()), normal(0.0, 1.0)).sum(1),
        "B": F.binary_cross_entropy_with_logits, "one": torch.ones_like, "zero": torch.zeros_like,
    }
    value = evaluate(row, EXTRAS | names)
    wanted = [names[letter] for letter in row.source(1).strip('"')]
    return 2, [flat(value), *map(flat, gradients(value, wanted))]


# Operations on images, with the shapes in the row.

def image_row(row):
    makers = {"X": ("x", 0.1), "W": ("w", 0.2), "B": ("b", 0.3)}
    names = {}
    for maker, shape in re.findall(r"\b([XWB])\(([\d, ]+)\)", row.source(1)):
        name, start = makers[maker]
        shape = [int(n) for n in shape.split(",")]
        names[name] = leaf((1.5 * torch.cos(count(math.prod(shape)) * 0.7 + start)).reshape(shape))
    y = evaluate(row, EXTRAS | names)
    return 2, [flat(y), *map(flat, gradients(y, list(names.values())))]


# Layers for inputs of any shape, whose numbers follow a rule; see FilledGolden.cs.

def filled_row(row):
    shapes, train = numbers(row.source(1)), row.source(2) == "true"
    inputs = [leaf((1.5 * torch.sin(1.1 * count(math.prod(s)) + k + 0.3) + 0.2).reshape(s)) for k, s in enumerate(shapes)]
    modules = []

    def use(module, *others):
        """Fills a module's parameters and buffers and remembers it; of several, those of all together."""
        module = Several(module, *others) if others else module
        modules.append(fill(module).train(train))
        return module

    names = dict(zip("xyz", inputs)) | {"use": use}
    y = evaluate(row, EXTRAS | names)
    if isinstance(y, nn.Module):
        y = use(y)(*inputs)
    parameters = [p for m in modules for _, p in sorted(m.named_parameters())]
    buffers = [b for m in modules for name, b in sorted(m.named_buffers()) if "num_batches" not in name] if train else []
    output = sums(y) if y.numel() > 15 else flat(y)
    return 3, [output, [sums(g) for g in gradients(y, [*inputs, *parameters])], *([[sums(b) for b in buffers]] if buffers else [])]


def fill(module):
    def filled(like, k):
        return 0.5 * torch.sin(0.7 * count(like.numel()) + k).reshape(like.shape)
    with torch.no_grad():
        for k, (_, p) in enumerate(sorted(module.named_parameters())):
            p.copy_(filled(p, k))
        for k, (_, b) in enumerate(sorted((name, b) for name, b in module.named_buffers() if "num_batches" not in name)):
            b.copy_(filled(b, k) ** 2 + 0.5)
    return module


class Several(nn.Module):
    """Modules side by side: called, each gets the same input, and their results are added."""

    def __init__(self, *parts):
        super().__init__()
        for i, part in enumerate(parts):
            setattr(self, f"part{i}", part)

    def forward(self, x):
        return sum(part(x) for part in self.children())


class Reversed(torch.autograd.Function):
    """x as it is, and its gradient times −λ."""

    @staticmethod
    def forward(ctx, x, weight):
        ctx.weight = weight
        return x * 1.0

    @staticmethod
    def backward(ctx, g):
        return -ctx.weight * g, None


def positions(length, size):
    """Vaswani's sines and cosines."""
    t = count(length)[:, None] * torch.exp(torch.arange(0, size, 2) * -math.log(1e4) / size)
    return torch.stack([t.sin(), t.cos()], -1).reshape(length, size)


class RMSNorm(nn.Module):
    """As in later PyTorch, whose formula this is; with an epsilon of 1e-5 unless given."""

    def __init__(self, shape, eps=1e-5, affine=True):
        super().__init__()
        self.axes, self.eps = tuple(range(-len(shape), 0)), eps
        self.weight = nn.Parameter(torch.ones(shape)) if affine else 1

    def forward(self, x):
        return x / (x ** 2).mean(self.axes, keepdim=True).add(self.eps).sqrt() * self.weight


def decoder():
    """Two blocks with the norm first and another behind them."""
    return nn.TransformerDecoder(nn.TransformerDecoderLayer(4, 2, 5, dropout=0, norm_first=True, batch_first=True), 2, nn.LayerNorm(4))


EXTRAS = {
    "spectral_norm": torch.nn.utils.spectral_norm, "reverse": Reversed.apply, "positions": positions,
    "tokens": T([[3, 0, 1], [1, 4, 1]]), "padding": T([[False] * 4, [False, False, True, True]]),
    "causal": torch.triu(torch.full((3, 3), -inf), 1), "memory_mask": T([[0, 0, -inf, 0], [0, -inf, 0, 0], [0.5, 0, 0, 0]]),
    "RMSNorm": RMSNorm, "decoder": decoder,
}


# Recurrent layers: with two layers also both directions, first states and lengths are given; with one, none of it.

def recurrent(row):
    def wave(shape, k, scale=1.0):
        return scale * torch.sin(count(math.prod(shape)) * 1.3 + k).reshape(shape)
    m = evaluate(row, {})
    with torch.no_grad():
        for k, p in enumerate(m.parameters()):
            p.copy_(wave(p.shape, k, 0.6))
    x, h, c = leaf(wave((3, 4, 2), 0.5)), leaf(wave((4, 3, 3), 2.0)), leaf(wave((4, 3, 3), 3.0))
    lstm = isinstance(m, nn.LSTM)
    states = [] if m.num_layers == 1 else [h, c] if lstm else [h]
    if states:
        packed = nn.utils.rnn.pack_padded_sequence(x, [2, 4, 3], batch_first=True, enforce_sorted=False)
        y, last = m(packed, tuple(states) if lstm else h)
        y, _ = nn.utils.rnn.pad_packed_sequence(y, batch_first=True, total_length=4)
    else:
        y, last = m(x)
    everything = torch.cat([t.reshape(-1) for t in [y, *(last if lstm else [last])]])
    return 0, [flat(everything), *map(flat, gradients(everything, [x, *states, *m.parameters()]))]


# Tests that compare one computation: the expression is its value and the list of what its gradients are wanted for.

def method_row(row):
    names = shared() | {
        "W": leaf([[0.5, -0.3, 0.8], [-0.6, 0.9, 0.1], [0.4, 0.7, -0.2], [0.3, -0.8, 0.6]]),      # a critic's weights
        "e": leaf([0.1, -0.2, 0.3, 0.05]), "V": leaf([[0.7, -0.4, 0.9, 0.5]]),
        "W1": leaf([[0.4, -0.7, 0.2], [-0.3, 0.5, 0.9], [0.8, 0.1, -0.6], [-0.2, -0.4, 0.3]]),    # another's
        "b1": leaf([0.1, -0.2, 0.3, 0.05]), "W2": leaf([[0.7, -0.5, 0.9, 0.4]]), "b2": leaf([0.2]),
    }
    value, wanted = evaluate(row, EXTRAS | names)
    return 2, [flat(value), [flat(g) for g in gradients(value, wanted)]]


def gradient_penalty(critic, x):
    g, = torch.autograd.grad(critic(x).sum(), x, create_graph=True)
    return ((g.norm(2, dim=1) - 1) ** 2).mean()


def critic(W, e, V, c=None):
    return lambda x: F.linear(torch.tanh(F.linear(x, W, e)), V, c)


EXTRAS |= {"gradient_penalty": gradient_penalty, "critic": critic, "orthogonalize": optimizers.orthogonalize}

KINDS = {     # what computes them, and to how many digits they are written
    "GoldenRow": (golden_row, 10),
    "PenaltyRow": (golden_row, 10),
    "LayerRow": (layer_row, 10),
    "LossRow": (loss_row, 10),
    "Row": (many_input_row, 10),
    "ImageRow": (image_row, 10),
    "FilledRow": (filled_row, 10),
    "Recurrent": (recurrent, 10),
    "Optimizer": (steps.optimizer_row, 13),
    "Lbfgs": (steps.lbfgs_row, 13),
    "Schedule": (steps.schedule_row, 12),
    "Method": (method_row, 10),
}


def compute(row):
    """Which argument the numbers begin at, and what PyTorch says they are."""
    if not row.expression:
        raise ValueError("there is no comment with an expression above it")
    if row.kind not in KINDS:
        raise ValueError(f"setups.py has no {row.kind}")
    torch.manual_seed(1)
    return KINDS[row.kind][0](row)
