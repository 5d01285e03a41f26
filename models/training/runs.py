"""What all training runs do alike: a budget, checkpoints that resume, an average of the weights, curves."""

import json
import math
import os
import time

import torch


def add_options(parser, minutes, save_minutes):
    parser.add_argument("--out", required=True)
    parser.add_argument("--minutes", type=float, default=minutes, help="time to train; the learning rate falls over it")
    parser.add_argument("--steps", type=int, default=10**9, help="updates, where fewer than the minutes allow")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save-minutes", type=float, default=save_minutes)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")


def add_precision(parser):
    parser.add_argument("--bf16", action="store_true", help="matrix products in bf16: fast on CUDA, and on processors that have AVX512-BF16 or AMX")


class Run:
    """A run in a folder. Everything needed to go on after an interruption is in OUT/checkpoint.pt; OUT/history.json and
    OUT/curves.png show the progress.

    rng: numpy's generator of the draws; parts: networks and optimisers, under the names that they have in the checkpoint.
    """

    def __init__(self, args, config, rng, parts):
        os.makedirs(args.out, exist_ok=True)
        self.args, self.config, self.rng, self.parts = args, config, rng, parts
        self.step, self.seen, self.seconds = 0, 0, 0.0  # updates, notes or patterns, time to train so far
        self.history = dict(train=[], valid=[])
        if os.path.exists(self.path):
            self.resume()

    @property
    def path(self):
        return os.path.join(self.args.out, "checkpoint.pt")

    @property
    def progress(self):
        """0 at the beginning, 1 where the budget is used up."""
        return max(self.step / self.args.steps, self.seconds / (60 * self.args.minutes))

    def resume(self):
        old = torch.load(self.path, map_location=self.args.device)
        for name, part in self.parts.items():
            part.load_state_dict(old[name])
        self.rng.bit_generator.state = old["rng"]
        self.step, self.seen, self.seconds, self.history = old["step"], old["seen"], old["seconds"], old["history"]
        print(f"resumed at update {self.step}, {self.seconds / 60:.1f} min", flush=True)

    def updates(self, checkpoint):
        """The number of each update, until the budget is used up. Calls checkpoint() every few minutes and at the end; its
        time does not count."""
        saved_at = self.seconds
        while self.progress < 1:
            began = time.monotonic()
            yield self.step
            self.step += 1
            self.seconds += time.monotonic() - began
            if self.progress >= 1 or self.seconds - saved_at > 60 * self.args.save_minutes:
                saved_at = self.seconds
                checkpoint()

    def save(self):
        state = dict(config=self.config, rng=self.rng.bit_generator.state, step=self.step, seen=self.seen, seconds=self.seconds, history=self.history)
        torch.save(dict(state, **{name: part.state_dict() for name, part in self.parts.items()}), self.path + ".new")
        os.replace(self.path + ".new", self.path)  # a crash leaves the old one or the new one, never half of one
        with open(os.path.join(self.args.out, "history.json"), "w") as file:
            json.dump(self.history, file)

    def curves(self, width, panels, draw):
        """OUT/curves.png by draw(axes), where matplotlib is installed."""
        try:
            import matplotlib
        except ImportError:
            return
        matplotlib.use("Agg")
        from matplotlib import pyplot as plt

        figure, axes = plt.subplots(1, panels, figsize=(width, 4), constrained_layout=True)
        draw(axes)
        figure.savefig(os.path.join(self.args.out, "curves.png"), dpi=90)
        plt.close(figure)


class Meter:
    """Means and speed since they were last shown."""

    def __init__(self, run):
        self.run, self.entries, self.began_at = run, [], run.seconds

    def add(self, weight, *values):
        self.entries.append((weight, values))

    def take(self):
        """Weighted means of the values, and weight a second of training."""
        total = sum(w for w, _ in self.entries)
        means = [sum(w * values[i] for w, values in self.entries) / max(1, total) for i in range(len(self.entries[0][1]))]
        speed = total / max(1e-9, self.run.seconds - self.began_at)
        self.entries, self.began_at = [], self.run.seconds
        return means, speed


def cosine(step, progress, peak, warmup):
    """Warm-up by updates, then a cosine down to 2 % over the budget."""
    warm = min(1.0, (step + 1) / warmup)
    return peak * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, progress))))


def set_rate(optimiser, rate):
    for group in optimiser.param_groups:
        group["lr"] = rate


@torch.no_grad()
def move_average(average, network, decay, step):
    """Polyak averaging: single updates are noisy."""
    decay = min(decay, (step + 1) / (step + 10))  # the first weights are random: forget them soon
    for a, w in zip(average.parameters(), network.parameters()):
        a.lerp_(w, 1 - decay)
