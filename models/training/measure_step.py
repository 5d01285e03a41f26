"""Times one step of a Transformer in eager PyTorch with a key-value cache, on one thread: what the plugin's runtime is compared with.

    python3 measure_step.py --checkpoint ../runs/transformer/checkpoint.pt --remembered 160

Prints the median over some hundred steps from that many remembered events on, as `MidiMuse.Perf --models` does.
"""

import argparse
import time

import torch
from torch.nn import functional as F

from export_transformer import load
from note_events import INPUTS
from transformer import norm, rotate


class CachedSteps:
    """The backbone, one event at a time; keys and values of earlier events stay in preallocated buffers."""

    def __init__(self, model, capacity):
        self.model = model
        self.heads = model.config["heads"]
        size = model.config["width"] // self.heads
        self.table = torch.cat([t.weight() for t in model.events])
        self.cos, self.sin = model.rotation(capacity, "cpu")
        self.keys = [torch.zeros(self.heads, capacity, size) for _ in model.blocks]
        self.values = [torch.zeros(self.heads, capacity, size) for _ in model.blocks]
        self.position = 0

    def step(self, event):
        """event int64 [18] to time logits [130]."""
        at = self.position
        x = F.embedding(event + self.model.offsets, self.table).sum(0)
        rotation = self.cos[at : at + 1], self.sin[at : at + 1]
        for block, keys, values in zip(self.model.blocks, self.keys, self.values):
            y = norm(x)
            q = rotate(block.q(y).view(self.heads, 1, -1), rotation)
            keys[:, at : at + 1] = rotate(block.k(y).view(self.heads, 1, -1), rotation)
            values[:, at : at + 1] = block.v(y).view(self.heads, 1, -1)
            scores = q @ keys[:, : at + 1].transpose(1, 2) * q.shape[-1] ** -0.5
            x = x + block.o((torch.softmax(scores, -1) @ values[:, : at + 1]).reshape(-1))
            x = x + block.down(F.relu(block.up(norm(x))).square())
        self.position += 1
        return self.model.time(norm(x))


@torch.no_grad()
def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--remembered", type=int, default=160)
    parser.add_argument("--rounds", type=int, default=30)
    args = parser.parse_args()
    torch.set_num_threads(1)
    model = load(args.checkpoint)
    steps = 32
    runner = CachedSteps(model, args.remembered + steps)
    generator = torch.Generator().manual_seed(1)
    events = torch.stack([torch.randint(0, n, (args.remembered + steps,), generator=generator) for n in INPUTS], -1)
    for event in events[: args.remembered]:
        logits = runner.step(event)
    expected = model.time(model.backbone(events[None, : args.remembered]))[0, -1]
    torch.testing.assert_close(logits, expected, rtol=1e-3, atol=1e-3)
    times = []
    for _ in range(args.rounds):
        runner.position = args.remembered
        for event in events[args.remembered :]:
            began = time.thread_time()
            runner.step(event)
            times.append(time.thread_time() - began)
    times.sort()
    print(f"{1e6 * times[len(times) // 2]:.0f} us of processor time a step (median of {len(times)}; a tenth took at most {1e6 * times[len(times) // 10]:.0f}), {args.remembered} events remembered, torch {torch.__version__}")


if __name__ == "__main__":
    main()
