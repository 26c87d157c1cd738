#!/usr/bin/env python3
"""PyTorch on a graphics card (float32, eager, training mode).

One line per workload on stdout:   name value unit
Lines that start with '#' describe the environment, or the workload of the next line.

  torch_gpu.py [--device cuda|cpu] [--only name,name...] [--seconds S] [--warm S] [--small] [--tf32] [--serve] [--list]

With --serve it prints 'ready' and then answers each line 'name' or 'name tf32' of stdin with the lines of that workload,
the last of which is 'name value unit' or '# failed name: why'.

A card works while the program goes on, so calls are timed in blocks of about 50 ms, each ended by torch.cuda.synchronize(); the
median of the blocks counts. All tensors are on the card before, and nothing comes back meanwhile. TF32 is off unless asked for,
cudnn.benchmark is on, and optimizers are as a user writes them.
"""
import argparse, gc, platform, statistics as st, sys, time

ap = argparse.ArgumentParser()
ap.add_argument("--device", default="cuda", choices=["cuda", "cpu"], help="cpu: to try it out")
ap.add_argument("--only", default="")
ap.add_argument("--seconds", type=float, default=0.4, help="measuring time per workload")
ap.add_argument("--warm", type=float, default=0.3, help="for how long it runs before")
ap.add_argument("--block", type=float, default=0.05, help="length of one timed block")
ap.add_argument("--small", action="store_true", help="small sizes: a try, no measurement")
ap.add_argument("--tf32", action="store_true", help="let products round their factors to TF32")
ap.add_argument("--serve", action="store_true")
ap.add_argument("--list", action="store_true")
a = ap.parse_args()

import torch
import torch.nn as nn
import torch.nn.functional as F

CUDA = a.device == "cuda"
# the same numbers as in GpuSizes.cs
PRODUCTS = (32, 64, 128) if a.small else (1024, 4096, 8192)
ROWS, COLUMNS, SIDE = (256, 64, 128) if a.small else (65536, 1024, 8192)
BATCH, LARGE, SEQUENCES = (8, 32, 4) if a.small else (64, 4096, 32)
LSTM_TIMES, TRANSFORMER_TIMES = (8, 8) if a.small else (32, 64)


def synchronize():
    if CUDA:
        torch.cuda.synchronize()


def block(call, calls):
    t = time.perf_counter()
    for _ in range(calls):
        call()
    synchronize()
    return time.perf_counter() - t


def host(call, calls):
    """seconds to tell the card of one call"""
    synchronize()
    t = time.perf_counter()
    for _ in range(calls):
        call()
    return (time.perf_counter() - t) / calls


notes = {}


def rate(call):
    """calls/s; as GpuTiming.Measure"""
    block(call, 3)
    start, calls, seconds = time.perf_counter(), 1, 0.0
    while seconds < a.block or time.perf_counter() - start < a.warm:
        seconds = block(call, calls)
        if seconds < a.block:
            calls = max(calls + 1, int(calls * min(10, 1.1 * a.block / seconds)))
    blocks, start = [], time.perf_counter()
    while len(blocks) < 5 or time.perf_counter() - start < a.seconds:
        blocks.append(block(call, calls))
    notes["host_us"] = 1e6 * st.median(host(call, min(calls, 8)) for _ in range(5))
    seconds = st.median(blocks) / calls
    notes["call_us"] = 1e6 * seconds
    return 1 / seconds


def numbers(*shape):
    return torch.rand(*shape, device=a.device) * 4 - 2


def many():
    return numbers(ROWS, COLUMNS)


def product(m, k, n):
    x, y = numbers(m, k), numbers(k, n)
    with torch.no_grad():
        return rate(lambda: x @ y) * 2 * m * n * k / 1e12, "TFLOP/s"


def memory(passes, operation, x, *others):
    """passes: how often it reads or writes as many numbers as x has"""
    with torch.no_grad():
        return rate(lambda: operation(x, *others)) * passes * 4 * x.numel() / 1e9, "GB/s"


def steps(model, optimizer, batches, lossf):
    i = [0]
    def step():
        x, y = batches[i[0] % len(batches)]; i[0] += 1
        optimizer.zero_grad()
        lossf(model(x), y).backward()
        optimizer.step()
    return rate(step), "steps/s"


def samples(batch, classes, *shape):
    return [(torch.rand(batch, *shape, device=a.device), torch.randint(0, classes, (batch,), device=a.device)) for _ in range(16)]


def texts(sequences, times):
    return [tuple(torch.randint(0, 64, (sequences, times), device=a.device) for _ in "xy") for _ in range(16)]


def over_times(scores, y):
    return F.cross_entropy(scores.flatten(0, 1), y.flatten())


def mlp(batch):
    m = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10)).to(a.device).train()
    return steps(m, torch.optim.Adam(m.parameters(), lr=1e-3), samples(batch, 10, 784), F.cross_entropy)


def lenet():
    m = nn.Sequential(nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
                      nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
                      nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)).to(a.device).train()
    return steps(m, torch.optim.SGD(m.parameters(), lr=0.01, momentum=0.9), samples(BATCH, 10, 1, 28, 28), F.cross_entropy)


class CharLSTM(nn.Module):
    def __init__(self, v=64, e=64, h=128):
        super().__init__()
        self.emb, self.rnn, self.out = nn.Embedding(v, e), nn.LSTM(e, h, batch_first=True), nn.Linear(h, v)

    def forward(self, x):                       # x: [B, T] token ids
        return self.out(self.rnn(self.emb(x))[0])


def lstm():
    m = CharLSTM().to(a.device).train()
    return steps(m, torch.optim.Adam(m.parameters(), lr=1e-3), texts(SEQUENCES, LSTM_TIMES), over_times)


class CharTransformer(nn.Module):
    def __init__(self, times, v=64, d=128):
        super().__init__()
        self.emb, self.pos = nn.Embedding(v, d), nn.Parameter(0.02 * torch.randn(times, d))
        self.blocks = nn.TransformerEncoder(nn.TransformerEncoderLayer(d, 4, 256, batch_first=True), 2)
        self.out = nn.Linear(d, v)

    def forward(self, x):                       # x: [B, T] token ids
        return self.out(self.blocks(self.emb(x) + self.pos))


def transformer():
    m = CharTransformer(TRANSFORMER_TIMES).to(a.device).train()
    return steps(m, torch.optim.Adam(m.parameters(), lr=1e-3), texts(SEQUENCES, TRANSFORMER_TIMES), over_times)


W = {
    "gemm_1024": lambda: product(*[PRODUCTS[0]] * 3),
    "gemm_4096": lambda: product(*[PRODUCTS[1]] * 3),
    "gemm_8192": lambda: product(*[PRODUCTS[2]] * 3),
    "gemm_64x784x256": lambda: product(64, 784, 256),
    "copy": lambda: memory(2, lambda x, y: y.copy_(x), many(), many()),
    "add": lambda: memory(3, torch.add, many(), many()),
    "relu": lambda: memory(2, torch.relu, many()),
    "tanh": lambda: memory(2, torch.tanh, many()),
    "exp": lambda: memory(2, torch.exp, many()),
    "row_add": lambda: memory(2, torch.add, many(), numbers(COLUMNS)),
    "sum_all": lambda: memory(1, torch.sum, many()),
    "row_sums": lambda: memory(1, lambda x: x.sum(1), many()),
    "column_sums": lambda: memory(1, lambda x: x.sum(0), many()),
    "softmax": lambda: memory(2, lambda x: x.softmax(-1), many()),
    "transpose": lambda: memory(2, lambda x: x.t().contiguous(), numbers(SIDE, SIDE)),
    "mlp_b64": lambda: mlp(BATCH),
    "mlp_b4096": lambda: mlp(LARGE),
    "lenet_b64": lenet,
    "lstm_h128": lstm,
    "transformer": transformer,
}


def say(line):
    print(line, flush=True)


def use_tf32(on):
    torch.backends.cuda.matmul.allow_tf32 = on
    torch.backends.cudnn.allow_tf32 = on


def run(name, tf32):
    notes.clear()
    try:
        if name not in W:
            raise ValueError("there is no such workload; --list names them")
        use_tf32(tf32)
        gc.collect()
        if CUDA:
            torch.cuda.empty_cache()
            torch.cuda.reset_peak_memory_stats()
        torch.manual_seed(0)
        value, unit = W[name]()
        if CUDA:
            notes["reserved_mb"] = torch.cuda.max_memory_reserved() / 1e6
        for note, number in notes.items():
            say(f"# {name} {note} {number:.3f}")
        say(f"{name} {value:.6g} {unit}")
    except Exception as problem:  # whatever it is, the other workloads go on
        say(f"# failed {name}: {' '.join(str(problem).split())}")


def environment():
    foreach = CUDA and int(torch.__version__.split(".")[0]) >= 2
    say(f"# PyTorch {torch.__version__} on Python {platform.python_version()}, eager, float32, "
        f"optimizers by default: {'foreach (all parameters in few kernels)' if foreach else 'a loop over parameters'}")
    if CUDA:
        properties = torch.cuda.get_device_properties(0)
        say(f"# {properties.name}, {properties.total_memory / 2**30:.1f} GiB, {properties.multi_processor_count} multiprocessors, "
            f"CUDA {torch.version.cuda}, cuDNN {torch.backends.cudnn.version()}, cudnn.benchmark {torch.backends.cudnn.benchmark}, TF32 off unless said")
    else:
        say("# on the processor: a try, no measurement of a card")


if a.list:
    print("\n".join(W)); sys.exit()
if CUDA and not torch.cuda.is_available():
    say(f"# no CUDA: PyTorch {torch.__version__} of {sys.executable} finds no CUDA device "
        f"({'it is built without CUDA' if torch.version.cuda is None else 'nvidia-smi shows whether the driver does'}); --device cpu tries the script out")
    sys.exit(3)
torch.backends.cudnn.benchmark = True
environment()
if a.serve:
    say("ready")
    for line in sys.stdin:
        name, *options = line.split()
        run(name, "tf32" in options)
else:
    for name in (a.only.split(",") if a.only else W):
        run(name, a.tf32)
